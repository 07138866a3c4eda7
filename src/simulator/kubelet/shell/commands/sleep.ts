// `sleep` and what waits for ever.

import { complain } from './command.ts';
import type { Process } from '../process.ts';
import type { ShellCommand } from './command.ts';

const seconds: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

/** `sleep NUMBER[smhd]…`, or `sleep infinity` */
export const sleep: ShellCommand = (call) => {
  let micros = 0;
  for (const arg of call.args) {
    const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(arg) ?? [];
    if (arg === 'infinity' || arg === 'inf') micros = Number.POSITIVE_INFINITY;
    else if (number === undefined) return complain(call, `invalid time interval '${arg}'`);
    else micros += Math.round(Number(number) * (seconds[unit] ?? 1) * 1_000_000);
  }
  return pause(micros);
};

/** `tail -f …`, `pause`: until the process is ended. Without `-f`, `tail` prints the last ten lines. */
export const tail: ShellCommand = (call) => {
  const { args, shell, streams } = call;
  if (args.some((arg) => /^-[fF]/.test(arg))) return pause(Number.POSITIVE_INFINITY);
  const path = args.at(-1);
  const text = path === undefined || path.startsWith('-') ? streams.input : shell.world.files.read(path);
  if (text === undefined) return complain(call, `cannot open '${path}' for reading: No such file or directory`);
  const lines = text.split('\n');
  streams.out(lines.slice(text.endsWith('\n') ? -11 : -10).join('\n'));
  return 0;
};

function* pause(micros: number): Process {
  yield micros;
  return 0;
}
