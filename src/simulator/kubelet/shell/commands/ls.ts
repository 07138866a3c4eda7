// `ls`: names in directories.

import { absolute } from '../state.ts';
import { complain, optionsOf } from './command.ts';
import type { ShellCommand } from './command.ts';

/** `ls [-a1ld] [PATH…]`: one name a line; `-d` names directories themselves. */
export const ls: ShellCommand = (call) => {
  const { shell, args, streams } = call;
  const { options, operands } = optionsOf(args);
  let status = 0;
  for (const operand of operands.length === 0 ? [shell.directory] : operands) {
    const path = absolute(shell, operand);
    const names = shell.world.files.list(path);
    if (names !== undefined && options.has('d')) streams.out(`${operand}\n`);
    else if (names !== undefined) {
      for (const name of names) if (options.has('a') || !name.startsWith('.')) streams.out(`${name}\n`);
    } else if (shell.world.files.read(path) !== undefined) streams.out(`${operand}\n`);
    else {
      complain(call, `cannot access '${operand}': No such file or directory`);
      status = 2;
    }
  }
  return status;
};
