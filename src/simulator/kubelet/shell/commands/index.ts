// The commands that a container's shell knows.

import { cat } from './cat.ts';
import { cd } from './cd.ts';
import { cp, mv } from './copy.ts';
import { dd } from './dd.ts';
import { echo, printf } from './echo.ts';
import { env, exportVariable, printenv, unset } from './environment.ts';
import { exit, setOptions, trap } from './exit.ts';
import { expr } from './expr.ts';
import { find } from './find.ts';
import { grep } from './grep.ts';
import { hostname } from './hostname.ts';
import { kill } from './kill.ts';
import { ln } from './ln.ts';
import { ls } from './ls.ts';
import { mkdir } from './mkdir.ts';
import { dig } from './dig.ts';
import { nslookup } from './nslookup.ts';
import { rm, rmdir } from './rm.ts';
import { sh } from './sh.ts';
import { sleep, tail } from './sleep.ts';
import { test } from './test.ts';
import { touch } from './touch.ts';
import type { ShellCommand } from './command.ts';

/** Commands that only a shell has: a container cannot be started with one of them. */
const builtins: ReadonlyMap<string, ShellCommand> = new Map<string, ShellCommand>([
  [':', () => 0],
  ['[[', test],
  ['cd', cd],
  ['exit', exit],
  ['export', exportVariable],
  ['set', setOptions],
  ['trap', trap],
  ['unset', unset],
]);

const programs: ReadonlyMap<string, ShellCommand> = new Map<string, ShellCommand>([
  ['[', test],
  ['ash', sh],
  ['bash', sh],
  ['cat', cat],
  ['cp', cp],
  ['dd', dd],
  ['echo', echo],
  ['env', env],
  ['expr', expr],
  ['false', () => 1],
  ['find', find],
  ['grep', grep],
  ['hostname', hostname],
  ['kill', kill],
  ['ln', ln],
  ['ls', ls],
  ['mkdir', mkdir],
  ['mv', mv],
  ['dig', dig],
  ['nslookup', nslookup],
  ['printenv', printenv],
  ['printf', printf],
  ['pwd', ({ shell, streams }) => (streams.out(`${shell.directory}\n`), 0)],
  ['rm', rm],
  ['rmdir', rmdir],
  ['sh', sh],
  ['sleep', sleep],
  ['sync', () => 0],
  ['tail', tail],
  ['test', test],
  ['touch', touch],
  ['true', () => 0],
]);

/** The command of a name, as a shell finds it; programs also by their path. */
export function commandOf(name: string): ShellCommand | undefined {
  return builtins.get(name) ?? programOf(name);
}

/** The program of a name or path, as a runtime finds it. */
export function programOf(name: string): ShellCommand | undefined {
  return programs.get(name.replace(/^(\/usr)?(\/local)?\/s?bin\//, ''));
}
