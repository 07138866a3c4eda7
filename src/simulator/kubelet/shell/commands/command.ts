// What a command is given and what it answers.

import type { Process } from '../process.ts';
import type { Shell, Streams } from '../state.ts';

/** One call of a command. */
export interface Call {
  readonly shell: Shell;
  readonly name: string;
  readonly args: readonly string[];
  readonly streams: Streams;
}

/** A command: its exit code, or a process that sleeps. */
export type ShellCommand = (call: Call) => number | Process;

/** Says what is wrong, as coreutils do. */
export function complain({ name, streams }: Call, message: string): 1 {
  streams.error(`${name}: ${message}\n`);
  return 1;
}

/** Splits `-rf`, `-p` and the like from the operands; `--` ends the options. */
export function optionsOf(args: readonly string[]): {
  readonly options: ReadonlySet<string>;
  readonly operands: readonly string[];
} {
  const options = new Set<string>();
  const operands: string[] = [];
  let ended = false;
  for (const arg of args) {
    if (!ended && arg === '--') ended = true;
    else if (!ended && arg.startsWith('--')) options.add(arg.slice(2));
    else if (!ended && arg.length > 1 && arg.startsWith('-')) for (const letter of arg.slice(1)) options.add(letter);
    else operands.push(arg);
  }
  return { options, operands };
}
