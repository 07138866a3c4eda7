// `cat`: prints files one after another, or its input.

import { absolute } from '../state.ts';
import { complain, optionsOf } from './command.ts';
import type { ShellCommand } from './command.ts';

/** `cat [FILE…]` */
export const cat: ShellCommand = (call) => {
  const { shell, args, streams } = call;
  const { operands } = optionsOf(args);
  if (operands.length === 0) streams.out(streams.input);
  let status = 0;
  for (const operand of operands) {
    const path = absolute(shell, operand);
    const text = shell.world.files.read(path);
    if (text !== undefined) streams.out(text);
    else {
      const directory = shell.world.files.isDirectory(path);
      status = complain(call, `${operand}: ${directory ? 'Is a directory' : 'No such file or directory'}`);
    }
  }
  return status;
};
