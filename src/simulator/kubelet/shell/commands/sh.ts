// `sh`: a shell of its own, with a copy of the variables.

import { readScript } from '../read-script.ts';
import type { Process } from '../process.ts';
import type { Call, ShellCommand } from './command.ts';
import type { Script } from '../syntax.ts';

/** `sh -c SCRIPT [NAME ARGUMENT…]`; other options may stand beside the c. */
export const sh: ShellCommand = (call) => {
  const { args, streams } = call;
  const place = args.findIndex((arg) => /^-\w*c$/.test(arg));
  const text = args[place + 1];
  if (place < 0 || text === undefined) {
    streams.error(`${call.name}: 0: only -c is known here\n`);
    return 2;
  }
  const script = readScript(text);
  if ('kind' in script) {
    streams.error(`${call.name}: 1: ${script.message}\n`);
    return 2;
  }
  return run(call, place, script);
};

function* run({ shell, args, streams }: Call, place: number, script: Script): Process {
  const inner = shell.interpreter.createShell(shell.world, shell.traps);
  for (const [name, value] of shell.variables) inner.variables.set(name, value);
  for (const [at, value] of args.slice(place + 2).entries()) inner.variables.set(String(at), value);
  inner.directory = shell.directory;
  inner.stopsOnFailure = args.slice(0, place + 1).some((arg) => /^-\w*e/.test(arg));
  return yield* shell.interpreter.runScript(inner, script, streams);
}
