// Outlives setpiece: removes the containers of a kind cluster when setpiece is gone without having said so. Started detached,
// with a pipe as its standard input; the pipe closes however setpiece ends, also by `kill -9`.
//
// Arguments: the daemon's socket, then labels (`key=value`). Lines on standard input: `group PID` (a process group that makes
// containers), `folder PATH` (to be removed), `done` (there is nothing left to do). Plain JavaScript, since it is a process
// of its own wherever the package's code was put.

import { rmSync } from 'node:fs';
import { request } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const [socketPath, ...labels] = process.argv.slice(2);
/** Nothing new may turn up for so long, milliseconds: a container that was being made is there then. */
const quietMs = 3000;
/** A daemon that does not come back ends the watch, milliseconds. */
const giveUpMs = 300_000;

// Ctrl-C in a terminal is for setpiece, which then says `done`.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

let group;
let folder;
for await (const line of createInterface({ input: process.stdin })) {
  const [word, value] = [line.split(' ', 1)[0], line.slice(line.indexOf(' ') + 1)];
  if (word === 'done') process.exit(0);
  if (word === 'group') group = Number(value);
  if (word === 'folder') folder = value;
}
if (group > 1) kill(group);
if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
await sweep();

function kill(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

async function sweep() {
  const beganMs = performance.now();
  let seenMs = beganMs;
  while (performance.now() - seenMs < quietMs && performance.now() - beganMs < giveUpMs) {
    try {
      for (const label of labels) {
        const filters = encodeURIComponent(JSON.stringify({ label: [label] }));
        const found = JSON.parse(await ask('GET', `/containers/json?all=1&filters=${filters}`));
        if (found.length > 0) seenMs = performance.now();
        await Promise.all(found.map(({ Id }) => ask('DELETE', `/containers/${Id}?force=1&v=1`)));
      }
    } catch {
      // The daemon restarts, perhaps.
      seenMs = performance.now();
    }
    await sleep(250);
  }
}

function ask(method, path) {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, method, path }, (message) => {
      let text = '';
      message.setEncoding('utf8');
      message.on('data', (chunk) => (text += chunk));
      message.on('end', () => resolve(text));
      message.on('error', reject);
    });
    sent.on('error', reject).end();
  });
}
