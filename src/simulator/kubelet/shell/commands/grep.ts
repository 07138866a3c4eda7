// `grep`: prints the lines that fit a pattern; 1 when there are none.

import { absolute } from '../state.ts';
import { complain, optionsOf } from './command.ts';
import type { ShellCommand } from './command.ts';

/** `grep [-qivc] PATTERN [FILE…]` */
export const grep: ShellCommand = (call) => {
  const { shell, args, streams } = call;
  const { options, operands } = optionsOf(args);
  const [pattern, ...paths] = operands;
  if (pattern === undefined) return complain(call, 'no pattern') + 1;
  let text = streams.input;
  for (const path of paths) {
    const read = shell.world.files.read(absolute(shell, path));
    if (read === undefined) return complain(call, `${path}: No such file or directory`) + 1;
    text = path === paths[0] ? read : text + read;
  }
  const expression = compile(pattern, options.has('i') ? 'i' : '');
  if (expression === undefined) return complain(call, 'bad regex') + 1;
  const lines = text.split('\n').slice(0, text.endsWith('\n') ? -1 : undefined);
  const found = lines.filter((line) => expression.test(line) !== options.has('v'));
  if (options.has('c')) streams.out(`${found.length}\n`);
  else if (!options.has('q')) for (const line of found) streams.out(`${line}\n`);
  return found.length > 0 ? 0 : 1;
};

function compile(pattern: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return undefined;
  }
}
