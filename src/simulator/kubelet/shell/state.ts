// The state of a shell while it runs, and what its commands may do with it.

import type { Process, ShellWorld } from './process.ts';
import type { Script } from './syntax.ts';

/** A run of a script with its variables. */
export interface Shell {
  readonly world: ShellWorld;
  readonly interpreter: Interpreter;
  readonly variables: Map<string, string>;
  /** Actions by signal. */
  readonly traps: Map<string, string>;
  /** The directory that relative paths begin at. */
  directory: string;
  /** How the last command ended. */
  status: number;
  /** `set -e`: a failing command ends the script. */
  stopsOnFailure: boolean;
  /** Set once `exit` was called. */
  exited: number | undefined;
}

/** Where a command reads and writes. */
export interface Streams {
  readonly input: string;
  out(text: string): void;
  error(text: string): void;
}

/** What runs scripts; commands that run others are given it, so that they do not depend on it. */
export interface Interpreter {
  createShell(world: ShellWorld, traps?: Map<string, string>): Shell;
  runScript(shell: Shell, script: Script, streams: Streams): Process;
  runNamed(shell: Shell, words: readonly [string, ...string[]], streams: Streams): Process;
}

/** A path from the root, whatever directory the shell is in. */
export function absolute({ directory }: Pick<Shell, 'directory'>, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${directory}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
