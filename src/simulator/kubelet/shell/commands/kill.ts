// `kill`: signals the container's main process, the only one that lasts.

import { complain } from './command.ts';
import type { ShellCommand } from './command.ts';

/** `kill [-SIGNAL] 1` */
export const kill: ShellCommand = (call) => {
  const { shell, args } = call;
  const process = args.at(-1);
  const named = args.length > 1 ? (args[0] ?? '') : '-TERM';
  const signal = (named === '-s' ? (args[1] ?? '') : named).replace(/^-?(SIG)?/, '');
  if (process === undefined || !/^\d+$/.test(process)) return complain(call, `Illegal number: ${process ?? ''}`);
  if (process !== '1') return complain(call, `No such process`);
  shell.world.signal(numbers[signal] ?? signal);
  return 0;
};

const numbers: Readonly<Record<string, string>> = { 1: 'HUP', 2: 'INT', 3: 'QUIT', 9: 'KILL', 15: 'TERM' };
