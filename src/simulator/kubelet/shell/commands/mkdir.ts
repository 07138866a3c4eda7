// `mkdir`: makes directories.

import { absolute } from '../state.ts';
import { complain, optionsOf } from './command.ts';
import type { ShellCommand } from './command.ts';

/** `mkdir [-p] DIRECTORY…` */
export const mkdir: ShellCommand = (call) => {
  const { files } = call.shell.world;
  const { options, operands } = optionsOf(call.args);
  let status = 0;
  for (const operand of operands) {
    const path = absolute(call.shell, operand);
    if (!options.has('p')) {
      const error = files.makeDirectory(path);
      if (error !== undefined) status = complain(call, `cannot create directory '${operand}': ${error}`);
      continue;
    }
    let made = '';
    for (const part of path.split('/').slice(1)) {
      made += `/${part}`;
      const error = files.isDirectory(made) ? undefined : files.makeDirectory(made);
      if (error === undefined) continue;
      status = complain(call, `cannot create directory '${operand}': ${error}`);
      break;
    }
  }
  return status;
};
