// `find`: what lies below directories.

import { absolute } from '../state.ts';
import { complain, optionsOf } from './command.ts';
import type { Files } from '../files.ts';
import type { ShellCommand } from './command.ts';

/** `find [PATH…]`: every path, one a line; tests and actions are not known. */
export const find: ShellCommand = (call) => {
  const { shell, args, streams } = call;
  const { options, operands } = optionsOf(args);
  if (options.size > 0) return complain(call, `unknown predicate '${args.find((arg) => arg.startsWith('-'))}'`);
  let status = 0;
  for (const operand of operands.length === 0 ? ['.'] : operands) {
    const path = absolute(shell, operand);
    const { files } = shell.world;
    if (!files.isDirectory(path) && files.read(path) === undefined) {
      status = complain(call, `'${operand}': No such file or directory`);
      continue;
    }
    for (const below of walk(files, path)) streams.out(`${operand}${below.slice(path === '/' ? 0 : path.length)}\n`);
  }
  return status;
};

function* walk(files: Files, path: string): Generator<string> {
  yield path;
  for (const name of files.list(path) ?? []) yield* walk(files, path === '/' ? `/${name}` : `${path}/${name}`);
}
