// What a pod costs on the whole simulator, with its claim and its Events, from 0 to N replicas and back, and whether an
// observation costs more when there are many other objects.
// Run: npx tsc -p bench; node out/bench/simulator.js [--all] [replicas…]
import { loadavg } from 'node:os';
import { composeKindKey } from '../src/kubernetes/kind.ts';
import { createSimulator, type Simulator } from '../src/simulator/simulator.ts';
import type { Manifest } from '../src/kubernetes/object.ts';

const setKind = composeKindKey('apps', 'StatefulSet');
const hours = 3_600_000_000;
/** Pods that are made before anything is measured, for the engine to have compiled what is hot. */
const warmUpPods = 15_000;

interface Setting {
  readonly policy: 'OrderedReady' | 'Parallel';
  readonly withService: boolean;
}

/** Microseconds on the clock, and of all threads of the process: the engine's collector and compiler have their own. */
interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

interface Run {
  readonly up: Cost;
  readonly down: Cost;
  readonly observations: number;
}

function manifests({ policy, withService }: Setting): readonly Manifest[] {
  const labels = { app: 'web' };
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'bench' },
    spec: { clusterIP: 'None', selector: labels, ports: [{ port: 80 }] },
  };
  const set = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'web', namespace: 'bench' },
    spec: {
      serviceName: 'web',
      replicas: 0,
      podManagementPolicy: policy,
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
  };
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'bench' } };
  return withService ? [namespace, service, set] : [namespace, set];
}

function create(simulator: Simulator, object: Manifest): void {
  const created = simulator.api.create(object);
  if (!created.ok) throw new Error(created.status.message);
}

/** A cluster that has room for the replicas, with the set at 0 and nothing under way. */
function prepare(replicas: number, setting: Setting, unrelated = 0): Simulator {
  const capacity = { pods: '12000', cpu: '100000', memory: '100000Gi' };
  const simulator = createSimulator({ seed: 1, nodes: Math.max(3, Math.ceil(replicas / 1000)), capacity });
  for (const object of manifests(setting)) {
    create(simulator, object);
    simulator.until(() => false, simulator.clock.now + 1_000_000);
  }
  for (let count = 0; count < unrelated; count++) {
    const metadata = { name: `other-${count}`, namespace: 'default', labels: { app: 'other' } };
    create(simulator, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { key: 'value' } });
  }
  simulator.until(() => false, simulator.clock.now + 10_000_000);
  return simulator;
}

function scale(simulator: Simulator, replicas: number): void {
  const scaled = simulator.api.update(setKind, 'bench/web', (current) => ({
    ...current,
    spec: { ...(current['spec'] as object), replicas },
  }));
  if (!scaled.ok) throw new Error(scaled.status.message);
  const end = simulator.until(() => false, simulator.clock.now + 100 * hours);
  const { readyReplicas = 0 } = simulator.store.get(setKind, 'bench/web')!['status'] as {
    readonly readyReplicas?: number;
  };
  if (end !== 'idle' || readyReplicas !== replicas)
    throw new Error(`${end} with ${readyReplicas} of ${replicas} ready`);
}

function timed(action: () => void): Cost {
  const cpu = process.cpuUsage();
  const wall = performance.now();
  action();
  const took = (performance.now() - wall) * 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { wall: took, cpu: user + system };
}

/** From 0 to N and back. */
function run(simulator: Simulator, replicas: number): Run {
  const before = simulator.store.revision;
  const up = timed(() => scale(simulator, replicas));
  const down = timed(() => scale(simulator, 0));
  return { up, down, observations: simulator.store.revision - before };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function warmUp(setting: Setting): void {
  for (let pods = 0; pods < warmUpPods; pods += 100) run(prepare(100, setting), 100);
}

interface PerPod {
  readonly up: number;
  readonly down: number;
  readonly cpu: number;
  readonly observations: number;
}

/** As many pods in all for each size, so that no size is measured colder than another. */
function measureSize(replicas: number, pods: number, setting: Setting): PerPod {
  const runs = Array.from({ length: Math.max(1, Math.round(pods / replicas)) }, () =>
    run(prepare(replicas, setting), replicas),
  );
  const made = runs.length * replicas;
  return {
    up: sum(runs.map(({ up }) => up.wall)) / made,
    down: sum(runs.map(({ down }) => down.wall)) / made,
    cpu: sum(runs.map(({ up, down }) => up.cpu + down.cpu)) / made,
    observations: sum(runs.map(({ observations }) => observations)) / made,
  };
}

/** Sizes in turn, round by round, so that whatever slows the machine slows all of them alike. */
function compareSizes(sizes: readonly number[], setting: Setting, rounds: number): void {
  warmUp(setting);
  const pods = Math.max(...sizes);
  const samples = sizes.map((): PerPod[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [place, replicas] of sizes.entries()) samples[place]!.push(measureSize(replicas, pods, setting));
  }
  const { policy, withService } = setting;
  console.log(`\n${policy}, ${withService ? 'with a Service (EndpointSlices)' : 'no Service'}: microseconds a pod`);
  console.log('  replicas     up   down   both   CPU*   observations a pod   a second   ratio');
  const both = samples.map((rounds) => median(rounds.map(({ up, down }) => up + down)));
  for (const [place, replicas] of sizes.entries()) {
    const of = (member: keyof PerPod): number => median(samples[place]!.map((sample) => sample[member]));
    const total = both[place]!;
    const cells = [
      String(replicas).padStart(10),
      of('up').toFixed(0).padStart(7),
      of('down').toFixed(0).padStart(7),
      total.toFixed(0).padStart(7),
      of('cpu').toFixed(0).padStart(7),
      of('observations').toFixed(1).padStart(21),
      Math.round((of('observations') * 1e6) / total)
        .toLocaleString('en')
        .padStart(11),
      (total / both[0]!).toFixed(2).padStart(8),
    ];
    console.log(cells.join(''));
  }
}

/** Does an observation cost more when the store is full of objects that it has nothing to do with? */
function compareUnrelated(counts: readonly number[], setting: Setting, rounds: number): void {
  const samples = counts.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [place, count] of counts.entries()) {
      const { up, down, observations } = run(prepare(500, setting, count), 500);
      samples[place]!.push((up.wall + down.wall) / observations);
    }
  }
  const medians = samples.map(median);
  console.log('\nUnrelated ConfigMaps in the store: microseconds an observation (500 replicas)');
  for (const [place, count] of counts.entries()) {
    const ratio = medians[place]! / medians[0]!;
    console.log(
      `${String(count).padStart(10)}${medians[place]!.toFixed(2).padStart(8)}${ratio.toFixed(2).padStart(8)}x`,
    );
  }
}

const asked = process.argv.slice(2).filter((argument) => argument !== '--all');
const sizes = asked.length > 0 ? asked.map(Number) : [100, 1_000, 10_000];
const gate: Setting = { policy: 'OrderedReady', withService: false };
const load = (): string =>
  loadavg()
    .map((average) => average.toFixed(1))
    .join(' ');

console.log(`Node ${process.version}, load ${load()} at the beginning`);
compareSizes(sizes, gate, 5);
compareUnrelated([10, 1_000, 10_000], gate, 15);
if (process.argv.includes('--all')) {
  compareSizes(sizes, { policy: 'Parallel', withService: false }, 3);
  compareSizes(sizes, { policy: 'OrderedReady', withService: true }, 3);
  compareSizes(sizes, { policy: 'Parallel', withService: true }, 3);
}
console.log(`\n* of all threads: the engine's collector and compiler have their own. Load ${load()} at the end`);
