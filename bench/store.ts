// What the simulator's frame costs, and whether the cost of an event depends on objects that it does not touch.
// Run: npx tsc -p bench; node out/bench/store.js

import { composeKindKey } from '../src/kubernetes/kind.ts';
import { createClock } from '../src/simulator/clock.ts';
import { createInformer } from '../src/simulator/controllers/informer.ts';
import { startController } from '../src/simulator/controllers/runner.ts';
import { defaultProfile } from '../src/simulator/profile.ts';
import { createRandom } from '../src/simulator/random.ts';
import { createStore, type Store } from '../src/simulator/store/store.ts';
import { createUids } from '../src/simulator/uid.ts';
import { interleave, type BenchCase } from './interleave.ts';
import type { KubernetesObject } from '../src/kubernetes/object.ts';
import type { Plant } from '../src/simulator/controllers/controller.ts';

const podKind = composeKindKey('', 'Pod');
const turns = 20_000;
const sizes = [10, 1_000, 10_000, 100_000];

/** A pod about as large as a StatefulSet's. */
function pod(ordinal: number, uid: string): KubernetesObject {
  const name = `web-${ordinal}`;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'bench',
      uid,
      resourceVersion: '',
      creationTimestamp: '2026-01-01T00:00:00Z',
      labels: {
        app: 'web',
        'apps.kubernetes.io/pod-index': `${ordinal}`,
        'statefulset.kubernetes.io/pod-name': name,
        'controller-revision-hash': 'web-5969c6696',
      },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'StatefulSet',
          name: 'web',
          uid: 'set',
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: {
      nodeName: 'kind-worker',
      containers: [
        { name: 'nginx', image: 'nginx:1.24', resources: {}, ports: [{ containerPort: 80, protocol: 'TCP' }] },
      ],
      volumes: [{ name: 'www', persistentVolumeClaim: { claimName: `www-${name}` } }],
    },
    status: { phase: 'Pending', conditions: [], round: 0 },
  };
}

function filled(count: number): { readonly clock: ReturnType<typeof createClock>; readonly store: Store } {
  const clock = createClock();
  const store = createStore({ clock });
  const uids = createUids(createRandom(1));
  for (let ordinal = 0; ordinal < count; ordinal++) store.create(pod(ordinal, uids()));
  return { clock, store };
}

/** The ten pods that change; all others are there only. */
const touched = Array.from({ length: 10 }, (_, ordinal) => `bench/web-${ordinal}`);

const few: ReadonlySet<string> = new Set(touched);

function write(store: Store, turn: number): void {
  const old = store.get(podKind, touched[turn % touched.length]!)!;
  store.update(Object.assign({}, old, { status: { ...(old['status'] as object), round: turn } }));
}

const clockCases = sizes.map((pending): BenchCase => ({
  name: `${pending} pending`,
  prepare() {
    const clock = createClock();
    const random = createRandom(1);
    const again = () => clock.after(random.integer(1_000, 1_000_000), 'work', 'bench', again);
    for (let count = 0; count < pending; count++) again();
    return () => {
      for (let turn = 0; turn < turns; turn++) clock.step(Infinity);
      return turns;
    };
  },
}));

const updateCases = sizes.map((count): BenchCase => ({
  name: `${count} pods`,
  prepare() {
    const { store } = filled(count);
    let turn = 1;
    return () => {
      for (const end = turn + turns; turn < end; turn++) write(store, turn);
      return turns;
    };
  },
}));

const deliveryCases = sizes.map((count): BenchCase => ({
  name: `${count} pods`,
  prepare() {
    const { clock, store } = filled(count);
    let heard = 0;
    for (const process of ['controllers', 'scheduler', 'kubelet']) {
      const lag = defaultProfile.latencies.informerLag;
      const options = { clock, store, lag, random: createRandom(1), process };
      const informer = createInformer(process === 'kubelet' ? { ...options, node: 'kind-worker' } : options);
      informer.on(podKind, () => heard++);
      informer.by(podKind, 'label', 'bench/app=web');
    }
    let turn = 1;
    return () => {
      for (const end = turn + turns; turn < end; turn++) {
        write(store, turn);
        clock.advanceTo(clock.now + 3_000);
      }
      if (heard === 0) throw new Error('no change was delivered');
      return turns;
    };
  },
}));

const passCases = sizes.map((count): BenchCase => ({
  name: `${count} pods`,
  prepare() {
    const { clock, store } = filled(count);
    const plant = { clock, random: createRandom(1), profile: defaultProfile } as unknown as Plant;
    const lag = defaultProfile.latencies.informerLag;
    const informer = createInformer({ clock, store, lag, random: createRandom(2), process: 'controllers' });
    let turn = 1;
    const controller = {
      name: 'bench',
      workers: 5,
      start(own: typeof informer, queue: { enqueue(key: string): void }) {
        own.on(podKind, ({ key }) => {
          if (few.has(key)) queue.enqueue(key);
        });
      },
      *reconcile(key: string) {
        yield () => {
          const old = store.get(podKind, key)!;
          return { ok: true, value: store.update({ ...old, status: { round: turn++ } }) };
        };
        return { kind: 'done' } as const;
      },
    };
    startController(controller as unknown as Parameters<typeof startController>[0], informer, plant);
    return () => {
      const before = store.revision;
      while (store.revision < before + turns) clock.step(Infinity);
      return turns;
    };
  },
}));

interleave('clock: one timer taken out and put in', clockCases);
interleave('store: one update, indexes kept', updateCases);
interleave('store and three informers: one update until it is heard', deliveryCases);
interleave('store, informer, queue and pass: one write that wakes the next', passCases);
