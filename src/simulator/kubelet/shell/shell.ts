// Runs scripts: what a command is given, in which order commands run, and where their output goes. Sleeping is left to
// whoever drives the process: it yields the time that it wants to pass.

import { commandOf } from './commands/index.ts';
import { expandWord, joinWord } from './expand.ts';
import type { Micros } from '../../clock.ts';
import { absolute } from './state.ts';
import type { Process, ShellWorld } from './process.ts';
import type { Interpreter, Shell, Streams } from './state.ts';
import type { Command, Pipeline, Redirect, Script } from './syntax.ts';

/** Starts a shell in a container; one that another shell starts in its place shares that one's traps. */
export function createShell(world: ShellWorld, traps = new Map<string, string>()): Shell {
  return {
    world,
    interpreter,
    variables: new Map(world.environment),
    traps,
    directory: '/',
    status: 0,
    stopsOnFailure: false,
    exited: undefined,
  };
}

/** Runs a script to its end; the result is its exit code. */
export function* runScript(shell: Shell, script: Script, streams: Streams): Process {
  for (const { when, pipeline } of script) {
    if ((when === 'success' && shell.status !== 0) || (when === 'failure' && shell.status === 0)) continue;
    shell.status = yield* runPipeline(shell, pipeline, streams);
    if (shell.exited !== undefined) return shell.exited;
    // A command in front of `||` or `&&` may fail.
    const tested = script[script.findIndex((each) => each.pipeline === pipeline) + 1]?.when ?? 'always';
    if (shell.stopsOnFailure && shell.status !== 0 && tested === 'always' && !pipeline.negated) {
      shell.exited = shell.status;
      return shell.status;
    }
  }
  return shell.status;
}

function* runPipeline(shell: Shell, { commands, negated }: Pipeline, streams: Streams): Process {
  let { input } = streams;
  let status = 0;
  for (const [place, command] of commands.entries()) {
    let output = '';
    const last = place === commands.length - 1;
    const out = last ? streams.out.bind(streams) : (text: string) => void (output += text);
    status = yield* runCommand(shell, command, { input, out, error: streams.error.bind(streams) });
    if (shell.exited !== undefined) return shell.exited;
    input = output;
  }
  return negated ? Number(status === 0) : status;
}

function* runCommand(shell: Shell, command: Command, streams: Streams): Process {
  if (command.kind === 'if') {
    for (const { condition, script } of command.branches) {
      const stops = shell.stopsOnFailure;
      shell.stopsOnFailure = false;
      const status = yield* runScript(shell, condition, streams);
      shell.stopsOnFailure = stops;
      if (shell.exited !== undefined) return shell.exited;
      shell.status = 0;
      if (status === 0) return yield* runScript(shell, script, streams);
    }
    return yield* runScript(shell, command.otherwise, streams);
  }
  const words: string[] = [];
  for (const word of command.words) {
    if (command.whole === true) words.push(yield* joinWord(shell, word));
    else words.push(...(yield* expandWord(shell, word)));
  }
  for (const { name, value } of command.assignments) shell.variables.set(name, yield* joinWord(shell, value));
  const redirected = yield* redirect(shell, command.redirects, streams);
  if (redirected === undefined) return 1;
  const [name, ...args] = words;
  return name === undefined ? shell.status : yield* runNamed(shell, [name, ...args], redirected);
}

/** Runs one command by its name: 127 when there is none such, unless the container stands for it. */
export function* runNamed(shell: Shell, [name, ...args]: readonly [string, ...string[]], streams: Streams): Process {
  const command = commandOf(name);
  if (command !== undefined) {
    const ran = command({ shell, name, args, streams });
    return typeof ran === 'number' ? ran : yield* ran;
  }
  const stand = shell.world.unknown(name);
  if (stand === undefined) {
    streams.error(`sh: 1: ${name}: not found\n`);
    return 127;
  }
  return yield* stand;
}

/** The streams behind redirections; undefined when a file cannot be opened, which has been said. */
function* redirect(
  shell: Shell,
  redirects: readonly Redirect[],
  streams: Streams,
): Generator<Micros, Streams | undefined, void> {
  const sinks = { 1: streams.out.bind(streams), 2: streams.error.bind(streams) };
  let { input } = streams;
  const { files } = shell.world;
  for (const each of redirects) {
    if (each.kind === 'same') {
      sinks[each.stream] = sinks[each.as];
      continue;
    }
    const name = yield* joinWord(shell, each.kind === 'from' ? each.source : each.target);
    const path = absolute(shell, name);
    if (each.kind === 'from') {
      const text = files.read(path);
      if (text === undefined) return cannot(streams, 'open', name);
      input = text;
    } else if (path === '/dev/null') sinks[each.stream] = () => undefined;
    else if (path === '/dev/stdout' || path === '/proc/1/fd/1') continue;
    else {
      const begin = each.append ? (files.read(path) ?? '') : '';
      if (files.write(path, begin) !== undefined) return cannot(streams, 'create', name);
      sinks[each.stream] = (text) => void files.write(path, (files.read(path) ?? '') + text);
    }
  }
  return { input, out: sinks[1], error: sinks[2] };
}

function cannot(streams: Streams, what: 'open' | 'create', name: string): undefined {
  const why = what === 'open' ? 'No such file' : 'Directory nonexistent';
  streams.error(`sh: 1: cannot ${what} ${name}: ${why}\n`);
  return undefined;
}

const interpreter: Interpreter = { createShell, runScript, runNamed };
