// `sh`: a shell of its own, with a copy of the variables.

import { readScript } from '../read-script.ts';
import type { Process } from '../process.ts';
import type { Call, ShellCommand } from './command.ts';
import type { Script } from '../syntax.ts';

/** `sh -c SCRIPT [NAME ARGUMENT…]`; other options may stand beside the c. Without any argument the script is the input. */
export const sh: ShellCommand = (call) => {
  const { args, streams } = call;
  const place = args.findIndex((arg) => /^-\w*c$/.test(arg));
  const bare = args.every((arg) => arg.startsWith('-')) && place < 0;
  const text = bare ? streams.input : place < 0 ? undefined : args[place + 1];
  if (text === undefined) {
    streams.error(`${call.name}: 0: files of scripts are not known here: use -c\n`);
    return 2;
  }
  const script = readScript(text);
  if ('kind' in script) {
    streams.error(`${call.name}: 1: ${script.message}\n`);
    return 2;
  }
  return run(call, bare ? args.length : place, script);
};

function* run({ shell, args, streams }: Call, place: number, script: Script): Process {
  const inner = shell.interpreter.createShell(shell.world, shell.traps);
  for (const [name, value] of shell.variables) inner.variables.set(name, value);
  for (const [at, value] of args.slice(place + 2).entries()) inner.variables.set(String(at), value);
  inner.directory = shell.directory;
  inner.stopsOnFailure = args.slice(0, place + 1).some((arg) => /^-\w*e/.test(arg));
  return yield* shell.interpreter.runScript(inner, script, streams);
}
