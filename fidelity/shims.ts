// Commands that stand in for those of the recording machine: `docker` strikes nodes of the simulator, `sleep` lets its
// time pass. A recipe calls them by their usual names.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes the commands into a new folder, for the front of PATH. */
export function writeShims(folder: string): void {
  mkdirSync(folder);
  writeFileSync(join(folder, 'shim.mjs'), script);
  for (const name of ['docker', 'sleep']) {
    const text = `#!/bin/sh\nexec '${process.execPath}' '${join(folder, 'shim.mjs')}' ${name} "$@"\n`;
    writeFileSync(join(folder, name), text, { mode: 0o755 });
  }
}

/** A paused node's processes stand still and go on later: to the cluster it is a node that cannot be reached. */
const script = `
const [command, ...args] = process.argv.slice(2);
const faults = { pause: 'partitioned', unpause: 'recover', stop: 'stop', kill: 'stop', start: 'recover' };
const units = { s: 1, m: 60, h: 3600, d: 86400 };

async function control(wish, body) {
  const answer = await fetch(process.env.SETPIECE_CONTROL + wish, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error((await answer.json()).message);
}

async function docker([verb, ...names]) {
  const how = faults[verb];
  if (how === undefined || names.length === 0) throw new Error('docker ' + verb + ' has no counterpart on the simulator');
  for (const name of names) {
    await control('faults', { how, targets: ['node/' + name] });
    console.log(name);
  }
}

async function sleep(times) {
  for (const time of times) {
    const [, number, unit = 's'] = /^([0-9.]+)([smhd]?)$/.exec(time) ?? [];
    if (number === undefined) throw new Error('sleep: no such time: ' + time);
    await control('time/advance', { ms: Number(number) * (units[unit || 's']) * 1000 });
  }
}

try {
  await (command === 'docker' ? docker : sleep)(args);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
`;
