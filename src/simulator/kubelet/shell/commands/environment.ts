// `env`, `printenv`, `export` and `unset`: the variables of a process.

import { complain } from './command.ts';
import type { ShellCommand } from './command.ts';

/** `env`: prints the variables; `env NAME=value… COMMAND…` runs a command with more of them. */
export const env: ShellCommand = ({ shell, args, streams }) => {
  const rest = [...args];
  while (/^[A-Za-z_]\w*=/.test(rest[0] ?? '')) set(shell.variables, rest.shift() ?? '');
  const [name, ...more] = rest;
  if (name !== undefined) return shell.interpreter.runNamed(shell, [name, ...more], streams);
  for (const [each, value] of shell.variables) streams.out(`${each}=${value}\n`);
  return 0;
};

/** `printenv [NAME…]` */
export const printenv: ShellCommand = (call) => {
  const { shell, args, streams } = call;
  if (args.length === 0) return env(call);
  let status = 0;
  for (const name of args) {
    const value = shell.variables.get(name);
    if (value === undefined) status = 1;
    else streams.out(`${value}\n`);
  }
  return status;
};

/** `export NAME[=value]…`: every variable of this shell is exported. */
export const exportVariable: ShellCommand = (call) => {
  for (const arg of call.args) {
    if (!/^[A-Za-z_]\w*(=|$)/.test(arg)) return complain(call, `${arg}: bad variable name`);
    if (arg.includes('=')) set(call.shell.variables, arg);
  }
  return 0;
};

/** `unset NAME…` */
export const unset: ShellCommand = ({ shell, args }) => {
  for (const name of args) shell.variables.delete(name);
  return 0;
};

function set(variables: Map<string, string>, text: string): void {
  const equals = text.indexOf('=');
  variables.set(text.slice(0, equals), text.slice(equals + 1));
}
