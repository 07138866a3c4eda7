// What judging adds to the simulator: one scale-out in order, with claims and a Service, watched by nobody; with its trace
// hashed; and hashed and judged by twenty monitors, in turn, as ratios.
// Run: npx tsc -p bench; cp -R src/scenario/generated out/src/scenario/; node out/bench/judged-simulator.js [pods] [rounds]

import { createJudge } from '../src/expectations/index.ts';
import { composeKindKey } from '../src/kubernetes/kind.ts';
import { createSimulator } from '../src/simulator/simulator.ts';
import { createTraceHash } from '../src/trace/hash.ts';
import type { Manifest } from '../src/kubernetes/object.ts';
import type { BoundStep } from '../src/scenario/model.ts';
import type { Simulator } from '../src/simulator/simulator.ts';
import type { Observation } from '../src/trace/record.ts';
import { interleave } from './interleave.ts';
import { judgeSize, stepOf } from './twenty-monitors.ts';

const pods = Number(process.argv[2] ?? 1000);
const rounds = Number(process.argv[3] ?? 9);
const none = { file: '', line: 1, column: 1, start: 0, end: 0 };
const setKind = composeKindKey('apps', 'StatefulSet');
const hours = 3_600_000_000;
const labels = { app: 'web' };
const objects: readonly Manifest[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'bench' } },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'bench' },
    spec: { clusterIP: 'None', selector: labels, ports: [{ port: 80 }] },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'web', namespace: 'bench' },
    spec: {
      serviceName: 'web',
      replicas: 0,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [{ name: 'nginx', image: 'nginx:1.24', volumeMounts: [{ name: 'www', mountPath: '/www' }] }],
        },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'www' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
    },
  },
];

/** Scales a set out and gives the number of observations; `watch` makes who is told of each. */
function scaleOut(watch: ((simulator: Simulator) => Watcher) | undefined): number {
  const capacity = { pods: '12000', cpu: '100000', memory: '100000Gi' };
  const simulator = createSimulator({ seed: 1, nodes: Math.max(3, Math.ceil(pods / 1000)), capacity });
  for (const object of objects) {
    const created = simulator.api.create(object);
    if (!created.ok) throw new Error(created.status.message);
    simulator.until(() => false, simulator.clock.now + 1_000_000);
  }
  simulator.api.update(setKind, 'bench/web', (current) => ({
    ...current,
    spec: { ...(current['spec'] as object), replicas: pods },
  }));
  const before = simulator.store.revision;
  const watcher = watch?.(simulator);
  if (watcher !== undefined) {
    simulator.subscribe(({ at, type, object }) => {
      watcher.take({ kind: 'observation', at: at / 1000, step: 0, type, object });
    });
  }
  const end = simulator.until(() => false, simulator.clock.now + 100 * hours);
  if (end !== 'idle') throw new Error(`the scale-out ended with ${end}`);
  watcher?.end(simulator.clock.now / 1000);
  return simulator.store.revision - before;
}

interface Watcher {
  take(record: Observation): void;
  end(nowMs: number): void;
}

function hashing(): Watcher {
  const hash = createTraceHash();
  return { take: (record) => hash.add(record), end: () => void hash.digest() };
}

function judging(step: BoundStep, simulator: Simulator): Watcher {
  const judge = createJudge({ quietMs: 5000, slackMs: 0, patience: 1 });
  const hash = createTraceHash();
  const nowMs = simulator.clock.now / 1000;
  const set = simulator.store.get(setKind, 'bench/web')!;
  judge.observe({ kind: 'observation', at: nowMs, step: -1, type: 'ADDED', object: set });
  judge.beginStep(step, nowMs);
  judge.openWindow(nowMs, []);
  return {
    take(record) {
      hash.add(record);
      judge.observe(record);
    },
    end(endMs) {
      judge.advance(endMs + 60_000);
      const failed = judge.endStep().find(({ outcome }) => outcome !== 'pass');
      if (failed !== undefined) throw new Error(JSON.stringify(failed));
    },
  };
}

const step = stepOf(pods);
console.log(`${pods} pods; nanoseconds of processor time an observation`);
interleave(
  'simulator',
  [
    { name: 'nobody watches', prepare: () => () => scaleOut(undefined) },
    { name: 'hash', prepare: () => () => scaleOut(hashing) },
    {
      name: `hash, no monitors`,
      prepare: () => () =>
        scaleOut((simulator) =>
          judging({ position: 0, name: '', guarantees: [], span: none, remember: [] }, simulator),
        ),
    },
    {
      name: `hash, ${judgeSize(step)} monitors`,
      prepare: () => () => scaleOut((simulator) => judging(step, simulator)),
    },
  ],
  rounds,
);
