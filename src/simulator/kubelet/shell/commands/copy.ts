// `cp` and `mv`: files, and of directories only the name's last part counts as the target.

import { absolute } from '../state.ts';
import { complain, optionsOf } from './command.ts';
import type { Call, ShellCommand } from './command.ts';

/** `cp SOURCE… TARGET` */
export const cp: ShellCommand = (call) => transfer(call, false);

/** `mv SOURCE… TARGET` */
export const mv: ShellCommand = (call) => transfer(call, true);

function transfer(call: Call, moves: boolean): number {
  const { shell, args, streams } = call;
  const { files } = shell.world;
  const { options, operands } = optionsOf(args);
  const target = operands.at(-1);
  if (target === undefined || operands.length < 2) return complain(call, 'missing file operand');
  let status = 0;
  for (const source of operands.slice(0, -1)) {
    const text = files.read(absolute(shell, source));
    if (text === undefined) {
      status = complain(call, `cannot stat '${source}': No such file or directory`);
      continue;
    }
    const into = target.endsWith('/') || files.isDirectory(absolute(shell, target));
    const path = absolute(shell, into ? `${target}/${source.slice(source.lastIndexOf('/') + 1)}` : target);
    const error = files.write(path, text) ?? (moves ? files.remove(absolute(shell, source)) : undefined);
    if (error !== undefined) status = complain(call, `cannot ${moves ? 'move' : 'copy'} '${source}': ${error}`);
    else if (options.has('v')) streams.out(`${moves ? 'renamed ' : ''}'${source}' -> '${into ? path : target}'\n`);
  }
  return status;
}
