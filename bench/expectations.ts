// Records a second through the judge: with 0 and with 20 monitors, with and without the trace hash, in turn, as ratios.
// Run: npx tsc -p bench; cp -R src/scenario/generated out/src/scenario/; node out/bench/expectations.js [pods]

import { createJudge } from '../src/expectations/index.ts';
import { createTraceHash } from '../src/trace/hash.ts';
import type { BoundStep } from '../src/scenario/model.ts';
import type { KubernetesObject } from '../src/kubernetes/object.ts';
import type { Observation } from '../src/trace/record.ts';
import { interleave } from './interleave.ts';
import { judgeSize, stepOf } from './twenty-monitors.ts';
import type { BenchCase } from './interleave.ts';

const pods = Number(process.argv[2] ?? 1000);

/** A scale-out in order, as the simulator shows it: objects share what did not change. */
function recordsOf(replicas: number): readonly Observation[] {
  const records: Observation[] = [];
  let version = 100;
  let at = 0;
  const emit = (type: Observation['type'], object: KubernetesObject): KubernetesObject => {
    version += 1;
    at += 7.125;
    const metadata = { ...object.metadata, resourceVersion: String(version) };
    const seen = { ...object, metadata };
    records.push({ kind: 'observation', at, step: 0, type, object: seen });
    return seen;
  };
  const made = (apiVersion: string, kind: string, name: string, rest: object = {}): KubernetesObject => ({
    apiVersion,
    kind,
    metadata: {
      name,
      namespace: 'bench',
      uid: `${kind}-${name}-4f2a-9c11-8a77de21b0aa`,
      resourceVersion: '',
      creationTimestamp: '2026-01-01T00:00:00Z',
      labels: { app: 'web', 'controller-revision-hash': 'web-5969c6696' },
    },
    ...rest,
  });
  const revisions = { currentRevision: 'web-5969c6696', updateRevision: 'web-5969c6696', observedGeneration: 1 };
  const template = { app: 'web', containers: [{ name: 'nginx', image: 'nginx:1.24', ports: [{ containerPort: 80 }] }] };
  let set = made('apps/v1', 'StatefulSet', 'web', { spec: { replicas, template }, status: revisions });
  set = emit('ADDED', { ...set, metadata: { ...set.metadata, generation: 1 } });
  const owner = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: set.metadata.uid, controller: true };
  const status = (phase: string, ready: string, started: boolean) => ({
    phase,
    podIP: '10.244.0.17',
    conditions: ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map(
      (type) => ({
        type,
        status: type === 'Ready' ? ready : 'True',
        lastTransitionTime: '2026-01-01T00:00:00Z',
      }),
    ),
    containerStatuses: [
      {
        name: 'nginx',
        ready: ready === 'True',
        restartCount: 0,
        state: started
          ? { running: { startedAt: '2026-01-01T00:00:00Z' } }
          : { waiting: { reason: 'ContainerCreating' } },
      },
    ],
  });
  for (let ordinal = 0; ordinal < replicas; ordinal += 1) {
    const claim = made('v1', 'PersistentVolumeClaim', `www-web-${ordinal}`, { spec: {}, status: { phase: 'Pending' } });
    emit('MODIFIED', { ...emit('ADDED', claim), spec: { volumeName: `pvc-${ordinal}` }, status: { phase: 'Bound' } });
    const name = `web-${ordinal}`;
    let pod = made('v1', 'Pod', name, { spec: { containers: template.containers }, status: { phase: 'Pending' } });
    pod = emit('ADDED', { ...pod, metadata: { ...pod.metadata, ownerReferences: [owner] } });
    pod = emit('MODIFIED', { ...pod, spec: { containers: template.containers, nodeName: 'node-1' } });
    pod = emit('MODIFIED', { ...pod, status: status('Pending', 'False', false) });
    pod = emit('MODIFIED', { ...pod, status: status('Running', 'True', true) });
    set = emit('MODIFIED', { ...set, status: { ...revisions, replicas: ordinal + 1, readyReplicas: ordinal } });
    set = emit('MODIFIED', { ...set, status: { ...revisions, replicas: ordinal + 1, readyReplicas: ordinal + 1 } });
    const about = { apiVersion: 'v1', kind: 'Pod', name };
    emit(
      'ADDED',
      made('v1', 'Event', `${name}.1`, { involvedObject: about, reason: 'Scheduled', message: 'assigned' }),
    );
    emit('ADDED', made('v1', 'Event', `${name}.2`, { involvedObject: about, reason: 'Started', message: 'started' }));
  }
  return records;
}

function judging(options: { readonly step: BoundStep | undefined; readonly hashed: boolean }): () => number {
  return () => {
    // A new judge and a new hash each time: they must not find a former round in their memory.
    const judge = createJudge({ quietMs: 5000, slackMs: 0, patience: 1 });
    const hash = createTraceHash();
    judge.beginStep(options.step ?? { position: 0, name: '', guarantees: [], span: none, remember: [] }, 0);
    judge.openWindow(0, []);
    for (const record of records) {
      if (options.hashed) hash.add(record);
      judge.observe(record);
    }
    judge.advance(records.at(-1)?.at ?? 0);
    const failed = judge.endStep().filter(({ outcome }) => outcome === 'fail');
    if (failed.length > 0) throw new Error(JSON.stringify(failed[0]));
    return records.length;
  };
}

const none = { file: '', line: 1, column: 1, start: 0, end: 0 };
const records = recordsOf(pods);
const step = stepOf(pods);
const monitors = judgeSize(step);
const cases: readonly BenchCase[] = [
  { name: 'no monitors', prepare: () => judging({ step: undefined, hashed: false }) },
  { name: 'no monitors, hash', prepare: () => judging({ step: undefined, hashed: true }) },
  { name: `${monitors} monitors`, prepare: () => judging({ step, hashed: false }) },
  { name: `${monitors} monitors, hash`, prepare: () => judging({ step, hashed: true }) },
];

console.log(`${pods} pods, ${records.length} records; nanoseconds a record`);
interleave('judge', cases, 9);
