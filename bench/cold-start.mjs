// The cold start: what `setpiece run` of one scenario costs against `node -e 0` (DESIGN, section 8: at most 3 times), and what
// 100 scenarios in one run cost against the command's own cold start (at most 7 times). All are run in turn, so that a busy
// machine slows all; medians and least times are printed, and the medians' ratios. On a busy machine trust the least times.
//
// usage: node bench/cold-start.mjs [SCENARIO] [ROUNDS]

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'bin/setpiece.js');
const [, , scenarioArgument, roundsArgument = '15'] = process.argv;
const rounds = Number(roundsArgument);
const folder = mkdtempSync(join(tmpdir(), 'setpiece-bench-'));
const scenario = scenarioArgument ?? firstScenario(folder);
const copies = 100;
const suite = scaleSuite(join(folder, 'suite'), copies);
const one = scaleSuite(join(folder, 'one'), 1);

if (!existsSync(join(root, 'dist'))) throw new Error('dist is missing: run `npm run build` first');
const cases = [
  { name: 'node -e 0', words: ['-e', '0'] },
  { name: 'setpiece --version', words: [bin, '--version'], against: 'node -e 0' },
  { name: 'setpiece run', words: [bin, 'run', scenario, '--reporter', 'line'], against: 'node -e 0' },
  { name: 'one small scenario', words: [bin, 'run', one, '--reporter', 'line'], against: 'node -e 0' },
  {
    name: `${copies} small scenarios`,
    words: [bin, 'run', suite, '--reporter', 'line'],
    against: 'one small scenario',
    everyRound: 3,
  },
];
const times = new Map(cases.map(({ name }) => [name, []]));
for (let round = -2; round < rounds; round += 1) {
  for (const { name, words, everyRound = 1 } of cases) {
    if (round % everyRound !== 0) continue;
    const ms = timeOf(words);
    // The first rounds warm the file system's cache.
    if (round >= 0) times.get(name).push(ms);
  }
}
rmSync(folder, { recursive: true });

for (const { name, against = name } of cases) {
  const list = times.get(name);
  const base = times.get(against);
  console.log(
    `${name.padEnd(20)} ${median(list).toFixed(1).padStart(8)} ms   ${(median(list) / median(base)).toFixed(2)} x` +
      `   least ${Math.min(...list)
        .toFixed(1)
        .padStart(8)} ms   ` +
      `${(Math.min(...list) / Math.min(...base)).toFixed(2)} x of ${against}`,
  );
}

/** A scenario of its own, as `setpiece init` writes it. */
function firstScenario(into) {
  const made = spawnSync(process.execPath, [bin, 'init', into], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
  return join(into, 'first.scenario.yaml');
}

/** A folder of scenarios, each of which starts a set of three and scales it out and in. */
function scaleSuite(into, number) {
  mkdirSync(into);
  writeFileSync(
    join(into, 'web.yaml'),
    `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { clusterIP: None, selector: { app: web }, ports: [ { port: 80 } ] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: web }
spec:
  serviceName: web
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [ { name: nginx, image: "nginx:1.24" } ]
`,
  );
  for (let copy = 0; copy < number; copy += 1) {
    writeFileSync(
      join(into, `scale-${copy}.scenario.yaml`),
      `scenario: scale-${copy}
title: A set of three scales out and in
steps:
  - name: start three
    apply: web.yaml
    expect:
      order: [ pod/web-0..2: [Created, Ready] ]
      settled: { statefulset/web: Ready }
  - name: scale out
    scale: { target: sts/web, to: 5 }
    expect:
      order: [ pod/web-3..4: [Created, Ready] ]
      never: [ pod/web-*: Terminating ]
  - name: scale in
    scale: { target: sts/web, to: 3 }
    expect:
      order: [ pod/web-4: Deleted, pod/web-3: Deleted ]
      settled: { statefulset/web: { ready: true, replicas: 3 } }
`,
    );
  }
  return into;
}

function timeOf(words) {
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  const ms = performance.now() - began;
  if (status !== 0) throw new Error(`exit code ${status}: ${stdout.slice(-2000)}${stderr}`);
  return ms;
}

function median(list) {
  const sorted = list.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
