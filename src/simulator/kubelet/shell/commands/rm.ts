// `rm` and `rmdir`: remove files and directories.

import { absolute } from '../state.ts';
import { complain, optionsOf } from './command.ts';
import type { ShellCommand } from './command.ts';

/** `rm [-rf] PATH…` */
export const rm: ShellCommand = (call) => {
  const { files } = call.shell.world;
  const { options, operands } = optionsOf(call.args);
  const recursive = options.has('r') || options.has('R');
  let status = 0;
  for (const operand of operands) {
    const path = absolute(call.shell, operand);
    const error = files.isDirectory(path) && !recursive ? 'Is a directory' : files.remove(path);
    if (error === undefined || (error === 'No such file or directory' && options.has('f'))) continue;
    status = complain(call, `cannot remove '${operand}': ${error}`);
  }
  return status;
};

/** `rmdir DIRECTORY…` */
export const rmdir: ShellCommand = (call) => {
  const { files } = call.shell.world;
  let status = 0;
  for (const operand of call.args) {
    const path = absolute(call.shell, operand);
    const names = files.list(path);
    const error =
      names === undefined ? 'Not a directory' : names.length > 0 ? 'Directory not empty' : files.remove(path);
    if (error !== undefined) status = complain(call, `failed to remove '${operand}': ${error}`);
  }
  return status;
};
