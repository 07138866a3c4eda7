// Random doings of users and faults: whatever happens, some things never do, and in the end everything is in order.

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../../src/simulator/random.ts';
import { podManifest, second, startCluster } from './cluster.ts';
import type { KindKey } from '../../src/kubernetes/kind.ts';
import type { SimulatedFault } from '../../src/simulator/faults/faults.ts';
import type { Change } from '../../src/simulator/store/store.ts';
import type { Loose, TestCluster } from './cluster.ts';

const seed = 20_260_101;
const steps = 40;
const finished = ['Succeeded', 'Failed'];
const phaseSteps = new Set([
  'Pending Available',
  'Available Bound',
  'Pending Bound',
  'Bound Released',
  'Available Released',
  'Pending Released',
  'Released Available',
]);

type Draw = <T>(from: readonly T[]) => T;

/** What is wrong with a change, if anything (storage.md, 12; POD-PHASE-04). */
function wrongWith({ kind, type, object, old }: Change, cluster: TestCluster): string | undefined {
  if (type !== 'MODIFIED') return undefined;
  const [now, before] = [object as Loose, old as Loose];
  if (kind === 'persistentvolume') {
    const step = `${before.status.phase} ${now.status.phase}`;
    return before.status.phase === now.status.phase || phaseSteps.has(step) ? undefined : `volume: ${step}`;
  }
  if (kind !== 'pod') return undefined;
  if (finished.includes(before.status.phase) && now.status.phase !== before.status.phase)
    return 'a finished pod moved on';
  const ready = now.status.conditions?.find((condition: Loose) => condition.type === 'Ready')?.status === 'True';
  if (ready && now.status.phase !== 'Running') return `ready, but ${now.status.phase}`;
  if (before.spec.nodeName !== undefined || now.spec.nodeName === undefined) return undefined;
  const claims = now.spec.volumes.flatMap((volume: Loose) => volume.persistentVolumeClaim?.claimName ?? []);
  // A claim may be deleted between the decision and the binding, but never be there and unbound.
  const open = claims.find((name: string) => {
    const claim = cluster.get('persistentvolumeclaim', name);
    return claim !== undefined && claim.spec.volumeName === undefined;
  });
  return open === undefined ? undefined : `bound to a node before ${open} was bound`;
}

function createSomePod(cluster: TestCluster, name: string, draw: Draw): void {
  const readinessProbe = { httpGet: { port: 80 }, periodSeconds: 1, initialDelaySeconds: draw([0, 12]) };
  const claim = { name: 'data', persistentVolumeClaim: { claimName: draw(['c0', 'c1']) } };
  const sidecar = { name: 's', image: 'sidecar:1', restartPolicy: 'Always' };
  cluster.create(
    podManifest(name, {
      metadata: { labels: { app: 'x' } },
      container: { image: draw(['nginx:1', 'nginx:2', 'example.invalid/x:1']), ...draw([{}, { readinessProbe }]) },
      spec: {
        terminationGracePeriodSeconds: draw([1, 5]),
        restartPolicy: draw(['Always', 'Always', 'Never', 'OnFailure']),
        ...draw([{}, { volumes: [claim] }]),
        ...draw([{}, { initContainers: [{ name: 'i', image: 'init:1' }, sidecar] }]),
      },
    }),
  );
}

/** One random action. Refusals by the API, such as a name that is taken, are part of the game. */
function act(cluster: TestCluster, draw: Draw): void {
  const { simulator } = cluster;
  const pod = draw(['p0', 'p1', 'p2', 'p3']);
  const claim = draw(['c0', 'c1']);
  const node = draw([...simulator.store.list('node' as KindKey).keys()]);
  const spec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
  const inject = (fault: SimulatedFault) => simulator.inject(fault, 'default');
  const onPod = [{ kind: 'pod' as KindKey, name: pod }];
  const onNode = [{ kind: 'node' as KindKey, name: node }];
  const create = (kind: string, name: string, content: object) =>
    cluster.create({ apiVersion: 'v1', kind, metadata: { name }, ...content });
  const actions: readonly (() => unknown)[] = [
    () => createSomePod(cluster, pod, draw),
    () => createSomePod(cluster, pod, draw),
    () => cluster.remove('pod', pod),
    () => cluster.remove('pod', pod, { gracePeriodSeconds: 0 }),
    () => create('PersistentVolumeClaim', claim, { spec: { ...spec, ...draw([{}, { storageClassName: '' }]) } }),
    () => cluster.remove('persistentvolumeclaim', claim),
    () =>
      create('PersistentVolume', draw(['v0', 'v1']), {
        spec: { accessModes: spec.accessModes, capacity: { storage: '1Gi' }, hostPath: { path: '/data' } },
      }),
    () => inject({ how: 'crash', targets: onPod, times: draw([1, 2, 3]) }),
    () => inject({ how: draw(['notReady', 'recover'] as const), targets: onPod }),
    () => inject({ how: draw(['stop', 'partitioned', 'recover'] as const), targets: onNode }),
    () =>
      cluster.change('node', node, (object) => ({
        ...object,
        spec: { ...object.spec, unschedulable: draw([true, false]) },
      })),
  ];
  try {
    draw(actions)();
  } catch (error) {
    if (!/not found|already exists|Conflict|conflict|being deleted|exists/i.test((error as Error).message)) throw error;
  }
}

function podsOf(cluster: TestCluster): readonly Loose[] {
  return [...cluster.simulator.store.list('pod' as KindKey).values()];
}

function play(runSeed: number): TestCluster {
  const random = createRandom(runSeed);
  const draw: Draw = (from) => from[random.integer(0, from.length - 1)]!;
  const cluster = startCluster({ seed: runSeed, nodes: draw([1, 2, 3]) });
  const wrongs: (string | undefined)[] = [];
  cluster.simulator.subscribe((change) => wrongs.push(wrongWith(change, cluster)));
  cluster.create({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'x' },
    spec: { clusterIP: 'None', selector: { app: 'x' }, ports: [{ port: 80 }] },
  });
  for (let step = 0; step < steps; step++) {
    act(cluster, draw);
    cluster.run(draw([0.01, 0.1, 1, 10, 70]));
    const live = podsOf(cluster).filter(({ status }) => status.podIP !== undefined && !finished.includes(status.phase));
    expect(new Set(live.map(({ status }) => status.podIP)).size).toBe(live.length);
  }
  expect(wrongs.filter((wrong) => wrong !== undefined)).toEqual([]);
  return cluster;
}

function tidyUp(cluster: TestCluster): void {
  const { store } = cluster.simulator;
  for (const name of store.list('node' as KindKey).keys()) {
    cluster.simulator.inject({ how: 'recover', targets: [{ kind: 'node' as KindKey, name }] }, 'default');
    cluster.change('node', name, (node) => ({ ...node, spec: { ...node.spec, unschedulable: false } }));
  }
  for (const { metadata } of podsOf(cluster)) {
    cluster.simulator.inject({ how: 'recover', targets: [{ kind: 'pod' as KindKey, name: metadata.name }] }, 'default');
  }
  cluster.run(2000);
}

test('whatever users and faults do, volumes and pods keep their rules, and a recovered cluster comes to rest', () => {
  const property = fc.property(fc.integer({ min: 0, max: 1_000_000 }), (runSeed) => {
    const cluster = play(runSeed);

    tidyUp(cluster);
    const pods = podsOf(cluster);
    expect(pods.filter(({ metadata }) => metadata.deletionTimestamp !== undefined)).toEqual([]);
    const slices = [
      ...cluster.simulator.store
        .by('endpointslice.discovery.k8s.io' as KindKey, 'label', 'default/kubernetes.io/service-name=x')
        .values(),
    ] as Loose[];
    const members = pods.filter(({ status }) => status.podIP !== undefined && !finished.includes(status.phase));
    expect(
      new Set(slices.flatMap(({ endpoints }) => (endpoints ?? []).map((endpoint: Loose) => endpoint.addresses[0]))),
    ).toEqual(new Set(members.map(({ status }) => status.podIP)));

    for (const { metadata } of pods) cluster.remove('pod', metadata.name);
    for (const kind of ['persistentvolumeclaim', 'persistentvolume'] as const) {
      cluster.run(1000);
      for (const { metadata } of cluster.simulator.store.list(kind as KindKey).values())
        cluster.remove(kind, metadata.name);
    }
    cluster.run(1000);
    expect(cluster.simulator.moving()).toEqual([]);
    for (const kind of ['pod', 'persistentvolumeclaim', 'persistentvolume'] as const) {
      expect(cluster.simulator.store.list(kind as KindKey).size).toBe(0);
    }
  });

  fc.assert(property, { seed, numRuns: 25 });
});

test('the same seed gives the same changes at the same times', () => {
  const told = () => play(seed).changes.map(({ at, order, type, key }) => `${at / second} ${order} ${type} ${key}`);

  expect(told()).toEqual(told());
});
