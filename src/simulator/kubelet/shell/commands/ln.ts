// `ln -s`: a name that leads to another file.

import { absolute } from '../state.ts';
import { complain, optionsOf } from './command.ts';
import type { ShellCommand } from './command.ts';

/** `ln -s [-f] TARGET LINK`; hard links are not known. */
export const ln: ShellCommand = (call) => {
  const { shell, args } = call;
  const { files } = shell.world;
  const { options, operands } = optionsOf(args);
  const [target, name] = operands;
  if (target === undefined || name === undefined || operands.length > 2) return complain(call, 'missing file operand');
  if (!options.has('s')) return complain(call, 'hard links are not known here: use -s');
  const into = files.isDirectory(absolute(shell, name));
  const path = absolute(shell, into ? `${name}/${target.slice(target.lastIndexOf('/') + 1)}` : name);
  if (options.has('f')) files.remove(path);
  const error = files.link(path, target);
  return error === undefined ? 0 : complain(call, `failed to create symbolic link '${name}': ${error}`);
};
