// `exit`, `set` and `trap`: how a shell ends.

import { complain } from './command.ts';
import type { ShellCommand } from './command.ts';

/** `exit [CODE]` */
export const exit: ShellCommand = (call) => {
  const { shell, args } = call;
  const code = args[0] ?? String(shell.status);
  if (!/^\d+$/.test(code)) return complain(call, `Illegal number: ${code}`);
  shell.exited = Number(code) & 255;
  return shell.exited;
};

/** `set -e` ends the script with the first failing command; other options change nothing here. */
export const setOptions: ShellCommand = ({ shell, args }) => {
  for (const arg of args) {
    if (/^-\w*e/.test(arg)) shell.stopsOnFailure = true;
    else if (/^\+\w*e/.test(arg)) shell.stopsOnFailure = false;
  }
  return 0;
};

/** `trap ACTION SIGNAL…`: what the main process does when it is asked to stop. */
export const trap: ShellCommand = ({ shell, args }) => {
  const [action = '', ...signals] = args;
  for (const signal of signals) shell.traps.set(signal.replace(/^SIG/, ''), action);
  return 0;
};
