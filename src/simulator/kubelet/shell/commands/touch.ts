// `touch`: makes files that are not there yet. Times of files are not kept.

import { absolute } from '../state.ts';
import { complain, optionsOf } from './command.ts';
import type { ShellCommand } from './command.ts';

/** `touch FILE…` */
export const touch: ShellCommand = (call) => {
  const { files } = call.shell.world;
  let status = 0;
  for (const operand of optionsOf(call.args).operands) {
    const path = absolute(call.shell, operand);
    if (files.isDirectory(path)) continue;
    const error = files.write(path, files.read(path) ?? '');
    if (error !== undefined) status = complain(call, `cannot touch '${operand}': ${error}`);
  }
  return status;
};
