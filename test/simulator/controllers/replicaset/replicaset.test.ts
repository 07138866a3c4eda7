import { expect, test } from 'vitest';
import { composeKindKey } from '../../../../src/kubernetes/kind.ts';
import { createReplicaSetController } from '../../../../src/simulator/controllers/replicaset/replicaset-controller.ts';
import { createControlPlane, must, second } from '../control-plane.ts';
import { drivePods } from '../pod-driver.ts';
import type { KubernetesObject, Manifest } from '../../../../src/kubernetes/object.ts';
import type { ReplicaSet } from '../../../../src/simulator/controllers/replicaset/types.ts';
import type { ControlPlane } from '../control-plane.ts';

const podKind = composeKindKey('', 'Pod');
const setKind = composeKindKey('apps', 'ReplicaSet');

function replicaSet(replicas: number, spec: object = {}): Manifest {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'rs', namespace: 'ns' },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'x' } },
      template: { metadata: { labels: { app: 'x' } }, spec: { containers: [{ name: 'c', image: 'i:1' }] } },
      ...spec,
    },
  };
}

function start(manifest: Manifest, seed = 1): ControlPlane {
  const plane = createControlPlane((plant) => [createReplicaSetController(plant)], seed);
  drivePods(plane.plant);
  plane.create(manifest);
  plane.run();
  return plane;
}

const pods = ({ plant }: ControlPlane): KubernetesObject[] => [...plant.api.store.list(podKind).values()];
const status = ({ plant }: ControlPlane): ReplicaSet['status'] =>
  (plant.api.store.get(setKind, 'ns/rs') as ReplicaSet).status;

function scale(plane: ControlPlane, replicas: number): void {
  must(plane.plant.api.update(setKind, 'ns/rs', (set) => ({ ...set, spec: { ...(set['spec'] as object), replicas } })));
  plane.run();
}

test('a set creates exactly its number of pods, whatever the caches say', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const plane = start(replicaSet(10), seed);

    expect(plane.changes.filter(({ kind, type }) => kind === podKind && type === 'ADDED')).toHaveLength(10);
    expect(status(plane)).toEqual({
      availableReplicas: 10,
      fullyLabeledReplicas: 10,
      observedGeneration: 1,
      readyReplicas: 10,
      replicas: 10,
      terminatingReplicas: 0,
    });
    for (const { metadata } of pods(plane)) expect(metadata.name).toMatch(/^rs-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  }
});

test('a set deletes exactly what is too much, and tells so', () => {
  const plane = start(replicaSet(5));
  scale(plane, 2);

  const deleted = plane.changes.filter(({ kind, type }) => kind === podKind && type === 'DELETED');
  expect(deleted).toHaveLength(3);
  expect(
    plane.changes
      .filter(({ kind, object }) => kind === 'event' && object['reason'] === 'SuccessfulDelete')
      .map(({ object }) => String(object['message']))
      .sort(),
  ).toEqual(deleted.map(({ object }) => `Deleted pod: ${object.metadata.name}`).sort());
});

test('a pod that loses the label is released and replaced; one that gains it is adopted and one goes', () => {
  const plane = start(replicaSet(2));
  const [pod] = pods(plane);
  const relabel = (app: string): void => {
    must(
      plane.plant.api.update(podKind, `ns/${pod?.metadata.name}`, (current) => ({
        ...current,
        metadata: { ...current.metadata, labels: { app } },
      })),
    );
    plane.run();
  };

  relabel('y');
  const released = plane.get('pod', pod?.metadata.name ?? '')?.metadata.ownerReferences;
  const after = pods(plane).length;
  relabel('x');

  expect(released).toBeUndefined();
  expect(after).toBe(3);
  expect(pods(plane)).toHaveLength(2);
});

test('availability comes minReadySeconds after readiness', () => {
  const plane = createControlPlane((plant) => [createReplicaSetController(plant)]);
  drivePods(plane.plant);
  plane.create(replicaSet(1, { minReadySeconds: 30 }));
  plane.run(10 * second);
  const early = status(plane);
  plane.run();

  expect(early).toMatchObject({ readyReplicas: 1 });
  expect(early?.availableReplicas).toBeUndefined();
  expect(status(plane)).toMatchObject({ availableReplicas: 1 });
  const at = plane.changes.findLast(({ kind }) => kind === setKind)?.at ?? 0;
  expect(at).toBeGreaterThanOrEqual(30 * second);
  expect(at).toBeLessThan(31 * second);
});

test('a failing creation is told as a condition and an Event, once a pass', () => {
  const plane = createControlPlane((plant) => [createReplicaSetController(plant)]);
  plane.create(
    replicaSet(10, {
      template: {
        metadata: { labels: { app: 'x' } },
        spec: { serviceAccountName: 'absent', containers: [{ name: 'c', image: 'i:1' }] },
      },
    }),
  );
  plane.run(second / 100);
  plane.run(second / 50);

  const failed = plane.changes.filter(({ kind, object }) => kind === 'event' && object['reason'] === 'FailedCreate');
  expect(pods(plane)).toHaveLength(0);
  expect(failed.length).toBeGreaterThan(0);
  expect(failed.length).toBeLessThan(4);
  expect(status(plane)?.conditions).toEqual([
    expect.objectContaining({ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate' }),
  ]);
});
