import { expect, test } from 'vitest';
import { createGarbageCollector } from '../../../src/simulator/controllers/garbage-collector.ts';
import { configMap, createControlPlane, kindKeyOf, must, type ControlPlane } from './control-plane.ts';

const map = kindKeyOf('configmap');

function createCollector(seed = 1): ControlPlane {
  return createControlPlane((plant, informer) => [createGarbageCollector(plant, informer)], seed);
}

test('background: dependents go after their owner, level by level (API-GC-03)', () => {
  const plane = createCollector();
  const owner = plane.create(configMap('owner'));
  const child = plane.create(configMap('child', { object: owner }));
  plane.create(configMap('grandchild', { object: child }));
  plane.create(configMap('stranger'));
  plane.run();

  must(plane.plant.api.delete(map, 'ns/owner'));
  plane.run();

  expect(plane.seen('configmap').slice(4)).toEqual([
    'DELETED configmap/owner',
    'DELETED configmap/child',
    'DELETED configmap/grandchild',
  ]);
  expect(plane.get('configmap', 'stranger')).toBeDefined();
});

test('a dependent lives as long as one of its owners, and loses the references to the others (API-GC-07)', () => {
  const plane = createCollector();
  const one = plane.create(configMap('one'));
  const two = plane.create(configMap('two'));
  plane.create(configMap('child', { object: one }, { object: two }));
  plane.run();

  must(plane.plant.api.delete(map, 'ns/one'));
  plane.run();
  expect(plane.get('configmap', 'child')?.metadata.ownerReferences?.map(({ name }) => name)).toEqual(['two']);

  must(plane.plant.api.delete(map, 'ns/two'));
  plane.run();
  expect(plane.get('configmap', 'child')).toBeUndefined();
});

test('an owner of another uid is no owner, even if it bears the name (API-GC-08, API-GC-11)', () => {
  const plane = createCollector();
  const owner = plane.create(configMap('owner'));

  plane.create(configMap('child', { object: owner, uid: 'gone-long-ago' }));
  plane.run();

  expect(plane.seen('configmap')).toEqual([
    'ADDED configmap/owner',
    'ADDED configmap/child',
    'DELETED configmap/child',
  ]);
});

test('a reference that is added later is judged too', () => {
  const plane = createCollector();
  const owner = plane.create(configMap('owner'));
  plane.create(configMap('child'));
  plane.run();
  const gone = configMap('child', { object: owner, uid: 'gone' }).metadata!.ownerReferences!;

  must(
    plane.plant.api.update(map, 'ns/child', (current) => ({
      ...current,
      metadata: { ...current.metadata, ownerReferences: gone },
    })),
  );
  plane.run();

  expect(plane.get('configmap', 'child')).toBeUndefined();
});

test('foreground: the owner waits for dependents that block it, and only for them (API-GC-04, API-GC-05)', () => {
  const plane = createCollector();
  const owner = plane.create(configMap('owner'));
  const middle = plane.create(configMap('middle', { object: owner, block: true }));
  plane.create(configMap('leaf', { object: middle, block: true }));
  plane.run();

  must(plane.plant.api.delete(map, 'ns/owner', { propagationPolicy: 'Foreground' }));
  expect(plane.get('configmap', 'owner')?.metadata.finalizers).toEqual(['foregroundDeletion']);
  plane.run();

  expect(plane.seen('configmap').slice(3)).toEqual([
    'MODIFIED configmap/owner',
    'MODIFIED configmap/middle',
    'DELETED configmap/leaf',
    'DELETED configmap/middle',
    'DELETED configmap/owner',
  ]);
});

test('foreground: a dependent that does not block is deleted, but not waited for', () => {
  const plane = createCollector();
  const owner = plane.create(configMap('owner'));
  plane.create({
    ...configMap('child', { object: owner }),
    metadata: { ...configMap('child', { object: owner }).metadata, finalizers: ['example.com/hold'] },
  });
  plane.run();

  must(plane.plant.api.delete(map, 'ns/owner', { propagationPolicy: 'Foreground' }));
  plane.run();

  expect(plane.get('configmap', 'owner')).toBeUndefined();
  expect(plane.get('configmap', 'child')?.metadata.deletionTimestamp).toBeDefined();
});

test('foreground: owners that block each other in a circle are all deleted', () => {
  const plane = createCollector();
  const one = plane.create(configMap('one'));
  const two = plane.create(configMap('two', { object: one, block: true }));
  const back = configMap('one', { object: two, block: true }).metadata!.ownerReferences!;
  must(
    plane.plant.api.update(map, 'ns/one', (current) => ({
      ...current,
      metadata: { ...current.metadata, ownerReferences: back },
    })),
  );
  plane.run();

  must(plane.plant.api.delete(map, 'ns/one', { propagationPolicy: 'Foreground' }));
  plane.run();

  expect([...plane.plant.api.store.list(map).keys()]).toEqual([]);
});

test('orphan: dependents forget their owner, then it goes (API-GC-06)', () => {
  const plane = createCollector();
  const owner = plane.create(configMap('owner'));
  plane.create(configMap('a', { object: owner }));
  plane.create(configMap('b', { object: owner }));
  plane.run();

  must(plane.plant.api.delete(map, 'ns/owner', { propagationPolicy: 'Orphan' }));
  plane.run();

  expect(plane.seen('configmap')[3]).toBe('MODIFIED configmap/owner');
  expect(plane.seen('configmap').slice(4, 6).toSorted()).toEqual(['MODIFIED configmap/a', 'MODIFIED configmap/b']);
  expect(plane.seen('configmap').slice(6)).toEqual(['DELETED configmap/owner']);
  expect(plane.get('configmap', 'a')?.metadata.ownerReferences).toBeUndefined();
});

test('an owner in another namespace counts as absent, and an Event says so (API-GC-10)', () => {
  const plane = createCollector();
  plane.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'far' } });
  const owner = plane.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'owner', namespace: 'far' } });
  plane.run();

  plane.create(configMap('child', { object: owner }));
  plane.run();

  expect(plane.get('configmap', 'child')).toBeUndefined();
  const event = plane.changes.find(({ kind }) => kind === 'event')?.object;
  expect(event).toMatchObject({
    type: 'Warning',
    reason: 'OwnerRefInvalidNamespace',
    involvedObject: { kind: 'ConfigMap', name: 'child', namespace: 'ns' },
    message: `ownerRef [v1/ConfigMap, namespace: ns, name: owner, uid: ${owner.metadata.uid}] does not exist in namespace "ns"`,
  });
});

test('an owner of a kind that is not served leaves the dependent alone', () => {
  const plane = createCollector();
  const owner = { apiVersion: 'db.example.com/v1', kind: 'Db', metadata: { ...plane.create(configMap('x')).metadata } };

  plane.create(configMap('child', { object: owner, uid: 'unknown' }));
  plane.run(60_000_000);

  expect(plane.get('configmap', 'child')).toBeDefined();
  expect(plane.plant.clock.moving(1)[0]!.label).toContain('unable to get REST mapping for db.example.com/v1/Db.');
});

test('a dependent that changes between look and deletion is deleted all the same', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const plane = createCollector(seed);
    const owner = plane.create(configMap('owner'));
    plane.create(configMap('child', { object: owner }));
    plane.run();

    must(plane.plant.api.delete(map, 'ns/owner'));
    for (let turn = 0; turn < 60; turn++) {
      plane.run(1_500);
      plane.plant.api.update(map, 'ns/child', (current) => ({ ...current, data: { turn: `${turn}` } }));
    }
    plane.run();

    expect(plane.get('configmap', 'child')).toBeUndefined();
  }
});

test('the end of an owner costs as much as it has dependents, whatever else there is', () => {
  const timersFor = (strangers: number) => {
    const plane = createCollector();
    const other = plane.create(configMap('other'));
    for (let count = 0; count < strangers; count++) plane.create(configMap(`stranger-${count}`, { object: other }));
    const owner = plane.create(configMap('owner'));
    for (let count = 0; count < 5; count++) plane.create(configMap(`child-${count}`, { object: owner }));
    plane.run();
    must(plane.plant.api.delete(map, 'ns/owner'));
    let timers = 0;
    while (plane.plant.clock.step(Infinity)) timers++;
    return timers;
  };

  // Timers of one moment may coalesce, so that the count varies by a few with the latencies.
  expect(Math.abs(timersFor(500) - timersFor(0))).toBeLessThan(5);
});
