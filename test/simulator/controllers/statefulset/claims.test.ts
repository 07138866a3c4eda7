import { expect, test } from 'vitest';
import { claimKind, podKind, setKind, setWorld, webSet } from './sets.ts';
import { must, second } from '../control-plane.ts';
import type { KubernetesObject } from '../../../../src/kubernetes/object.ts';
import type { SetWorld } from './sets.ts';

const owners = (world: SetWorld, ordinal: number): string[] =>
  (world.get('persistentvolumeclaim', `www-web-${ordinal}`)?.metadata.ownerReferences ?? []).map(
    ({ kind, name, uid, controller }) =>
      `${kind}/${name} ${uid === world.set().metadata.uid || uid === world.pod(ordinal)?.metadata.uid} ${controller}`,
  );

test.each([
  ['Retain', 'Retain', [], []],
  ['Retain', 'Delete', ['StatefulSet/web true true'], ['StatefulSet/web true true']],
  ['Delete', 'Retain', [], ['Pod/web-1 true true']],
  ['Delete', 'Delete', ['StatefulSet/web true true'], ['Pod/web-1 true true']],
])('whenScaled %s, whenDeleted %s: claims have these owners', (whenScaled, whenDeleted, kept, condemned) => {
  const policy = { whenScaled, whenDeleted };
  const world = setWorld(webSet({ replicas: 2, persistentVolumeClaimRetentionPolicy: policy }));
  const before = owners(world, 1);
  // A finalizer keeps the pod, so that its claim can be looked at.
  must(
    world.plant.api.update(podKind, 'ns/web-1', (pod) => ({
      ...pod,
      metadata: { ...pod.metadata, finalizers: ['example.com/hold'] },
    })),
  );
  world.run();

  world.change(() => ({ replicas: 1 }));

  expect(before).toEqual(kept);
  expect(owners(world, 0)).toEqual(kept);
  expect(owners(world, 1)).toEqual(condemned);
});

test('a change of the policy reaches the claims of the pods that are there, with an Event each', () => {
  const world = setWorld(webSet({ replicas: 2 }));
  const revision = world.set().status?.updateRevision;

  world.change(() => ({ persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Retain' } }));

  expect([0, 1].map((ordinal) => owners(world, ordinal))).toEqual([
    ['StatefulSet/web true true'],
    ['StatefulSet/web true true'],
  ]);
  expect(world.eventMessages().slice(-2)).toEqual([
    'Update Pod web-0 in StatefulSet web successful',
    'Update Pod web-1 in StatefulSet web successful',
  ]);
  expect(world.set().status?.updateRevision).toBe(revision);
});

test('a claim on its way out holds its pod up, with an Event', () => {
  const world = setWorld(webSet({ replicas: 1 }));
  const key = 'ns/www-web-1';
  must(
    world.plant.api.create({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'www-web-1', namespace: 'ns', finalizers: ['example.com/hold'] },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    }),
  );
  must(world.plant.api.delete(claimKind, key));

  must(
    world.plant.api.update(setKind, world.key, (set) => ({
      ...set,
      spec: { ...(set['spec'] as object), replicas: 2 },
    })),
  );
  world.run(second / 10);
  const held = world.pod(1);
  must(world.plant.api.update(claimKind, key, withoutFinalizers));
  world.run();

  expect(held).toBeUndefined();
  expect(world.eventMessages()).toContain(
    'Create Pod web-1 in StatefulSet web failed error: pvc www-web-1 is being deleted',
  );
  expect(world.pod(1)).toBeDefined();
});

test('a pending pod gets a claim again that was deleted', () => {
  const world = setWorld(webSet({ replicas: 1 }));
  world.driver.setPhase('ns/web-0', 'Pending', false);
  world.run();
  must(world.plant.api.update(claimKind, 'ns/www-web-0', withoutFinalizers));
  must(world.plant.api.delete(claimKind, 'ns/www-web-0'));
  world.run();
  const gone = world.get('persistentvolumeclaim', 'www-web-0');

  // Claims wake nobody; the next change of the pod does (STS-PVC-09).
  world.driver.setPhase('ns/web-0', 'Pending', true);
  world.run();

  expect(gone).toBeUndefined();
  expect(world.get('persistentvolumeclaim', 'www-web-0')).toBeDefined();
});

test('a claim that another controller manages is left alone, with a warning', () => {
  const world = setWorld(webSet({ replicas: 1 }));
  must(
    world.plant.api.update(claimKind, 'ns/www-web-0', (claim) => ({
      ...claim,
      metadata: {
        ...claim.metadata,
        ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: 'x', controller: true }],
      },
    })),
  );
  world.change(() => ({ persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Delete' } }));

  world.driver.setPhase('ns/web-0', 'Pending', false);
  world.run();

  expect(world.eventMessages().at(-1)).toBe(
    'PersistentVolumeClaim www-web-0 has a conflicting OwnerReference that acts as a manging controller, the retention policy is ignored for this claim',
  );
  expect(owners(world, 0)).toEqual(['ConfigMap/x false true']);
});

test('no pod is created while its claim still belongs to the pod before it', () => {
  const policy = { whenScaled: 'Delete', whenDeleted: 'Retain' };
  const world = setWorld(webSet({ replicas: 2, persistentVolumeClaimRetentionPolicy: policy }));
  world.scale(1);

  // Nobody collects garbage here, so that the claim of the deleted pod stays.
  world.scale(2);
  const held = world.pod(1);
  must(world.plant.api.update(claimKind, 'ns/www-web-1', withoutOwners));
  world.run();
  const unnoticed = world.pod(1);
  world.driver.setPhase('ns/web-0', 'Running', true);
  world.change(() => ({ minReadySeconds: 0, revisionHistoryLimit: 5 }));

  expect(held).toBeUndefined();
  expect(unnoticed).toBeUndefined();
  expect(world.pod(1)).toBeDefined();
});

function withoutFinalizers(claim: KubernetesObject): KubernetesObject {
  const { finalizers: _, ...metadata } = claim.metadata;
  return { ...claim, metadata };
}

function withoutOwners(claim: KubernetesObject): KubernetesObject {
  const { ownerReferences: _, ...metadata } = claim.metadata;
  return { ...claim, metadata };
}
