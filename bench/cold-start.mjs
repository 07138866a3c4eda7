// The cold start: what `setpiece run` of one scenario costs against `node -e 0` (DESIGN, section 8: at most 3 times). The two
// are run in turn, so that a busy machine slows both; medians and their ratio are printed.
//
// usage: node bench/cold-start.mjs [SCENARIO] [ROUNDS]

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'bin/setpiece.js');
const [, , scenarioArgument, roundsArgument = '15'] = process.argv;
const rounds = Number(roundsArgument);
const folder = mkdtempSync(join(tmpdir(), 'setpiece-bench-'));
const scenario = scenarioArgument ?? firstScenario(folder);

if (!existsSync(join(root, 'dist'))) throw new Error('dist is missing: run `npm run build` first');
const commands = {
  'node -e 0': ['-e', '0'],
  'setpiece --version': [bin, '--version'],
  'setpiece run': [bin, 'run', scenario, '--reporter', 'line'],
};
const times = new Map(Object.keys(commands).map((name) => [name, []]));
for (let round = -2; round < rounds; round += 1) {
  for (const [name, words] of Object.entries(commands)) {
    const ms = timeOf(words);
    // The first rounds warm the file system's cache.
    if (round >= 0) times.get(name).push(ms);
  }
}
rmSync(folder, { recursive: true });

const base = median(times.get('node -e 0'));
for (const [name, list] of times) {
  const middle = median(list);
  console.log(`${name.padEnd(20)} ${middle.toFixed(1).padStart(7)} ms   ${(middle / base).toFixed(2)} x`);
}

/** A scenario of its own, as `setpiece init` writes it. */
function firstScenario(into) {
  const made = spawnSync(process.execPath, [bin, 'init', into], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
  return join(into, 'first.scenario.yaml');
}

function timeOf(words) {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, words, {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  const ms = performance.now() - began;
  if (status === null || status >= 2) throw new Error(`exit code ${status}: ${stderr}`);
  return ms;
}

function median(list) {
  const sorted = list.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
