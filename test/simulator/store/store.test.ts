import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { composeKindKey } from '../../../src/kubernetes/kind.ts';
import { controllerOf, type KubernetesObject } from '../../../src/kubernetes/object.ts';
import { createClock } from '../../../src/simulator/clock.ts';
import { InvariantError } from '../../../src/simulator/invariant.ts';
import { nodeOf } from '../../../src/simulator/store/shelf.ts';
import {
  createStore,
  type Change,
  type IndexName,
  type ObjectKey,
  type Store,
} from '../../../src/simulator/store/store.ts';

const seed = 20_260_101;
const podKind = composeKindKey('', 'Pod');
const nodeKind = composeKindKey('', 'Node');

interface PodChoice {
  readonly name: string;
  readonly namespace?: string;
  readonly owner?: string | undefined;
  readonly node?: string | undefined;
  readonly app?: string | undefined;
}

function pod({ name, namespace = 'ns', owner, node, app }: PodChoice): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      uid: `uid-${namespace}-${name}`,
      resourceVersion: '',
      creationTimestamp: '2026-01-01T00:00:00Z',
      ...(app === undefined ? {} : { labels: { app, name } }),
      ...(owner === undefined
        ? {}
        : { ownerReferences: [{ apiVersion: 'v1', kind: 'X', name: 'x', uid: owner, controller: true }] }),
    },
    spec: node === undefined ? {} : { nodeName: node },
  };
}

function freshStore(history?: number): Store {
  return createStore({ clock: createClock(), freeze: true, ...(history === undefined ? {} : { history }) });
}

test('each change takes the next version of one counter, across kinds', () => {
  const store = freshStore();

  const created = store.create(pod({ name: 'a' }));
  const node = store.create({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'n', uid: 'u', resourceVersion: '', creationTimestamp: '2026-01-01T00:00:00Z' },
  });
  const updated = store.update(pod({ name: 'a', node: 'n' }));
  const removed = store.remove(podKind, 'ns/a');

  expect([created, node, updated, removed].map((each) => each?.metadata.resourceVersion)).toEqual(['1', '2', '3', '4']);
  expect(removed?.['spec']).toEqual({ nodeName: 'n' });
  expect(store.revision).toBe(4);
  expect(store.kinds()).toEqual([nodeKind]);
});

test('an update that says nothing new is no change, whatever version it carries', () => {
  const store = freshStore();
  const stored = store.create(pod({ name: 'a', app: 'web' }));
  const changes: Change[] = [];
  store.subscribe(undefined, (change) => changes.push(change));

  expect(store.update(pod({ name: 'a', app: 'web' }))).toBe(stored);
  expect(store.update({ ...stored, metadata: { ...stored.metadata, resourceVersion: '999' } })).toBe(stored);
  expect(store.update({ ...stored, status: undefined })).toBe(stored);

  expect(store.revision).toBe(1);
  expect(changes).toEqual([]);
  expect(store.update({ ...stored, status: {} })).not.toBe(stored);
});

test('objects that a change does not touch are shared, not copied', () => {
  const store = freshStore();
  const spec = { containers: [{ name: 'c' }] };
  const stored = store.create({ ...pod({ name: 'a' }), spec });
  const updated = store.update({ ...stored, status: { phase: 'Running' } });

  expect(stored['spec']).toBe(spec);
  expect(updated['spec']).toBe(spec);
  expect(store.get(podKind, 'ns/a')).toBe(updated);
});

test('frozen stores refuse writes to what they hold', () => {
  const stored = freshStore().create({ ...pod({ name: 'a' }), spec: { list: [{ deep: 1 }] } });

  expect(() => {
    (stored['spec'] as { list: { deep: number }[] }).list[0]!.deep = 2;
  }).toThrow(TypeError);
});

test('creating twice and updating nothing are bugs of the caller', () => {
  const store = freshStore();
  store.create(pod({ name: 'a' }));

  expect(() => store.create(pod({ name: 'a' }))).toThrow(InvariantError);
  expect(() => store.update(pod({ name: 'b' }))).toThrow('the store holds no pod ns/b to update');
  expect(store.remove(podKind, 'ns/b')).toBeUndefined();
});

const names = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const maybe = (...values: string[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const operations = fc.array(
  fc.record({
    remove: fc.boolean(),
    pod: fc.record({
      name: names,
      namespace: fc.constantFrom('ns', 'other'),
      owner: maybe('o1', 'o2'),
      node: maybe('n1', 'n2'),
      app: maybe('web', 'db'),
    }),
  }),
  { maxLength: 60 },
);

/** What an index must hold, found the slow way. */
function scan(store: Store, index: IndexName, value: string): ReadonlySet<ObjectKey> {
  const found = new Set<ObjectKey>();
  for (const [key, object] of store.list(podKind)) {
    const { namespace, labels } = object.metadata;
    const has =
      index === 'owner'
        ? controllerOf(object)?.uid === value
        : index === 'namespace'
          ? namespace === value
          : index === 'node'
            ? nodeOf(object) === value
            : Object.entries(labels ?? {}).some(([label, text]) => `${namespace}/${label}=${text}` === value);
    if (has) found.add(key);
  }
  return found;
}

const questions: readonly (readonly [IndexName, string])[] = [
  ['owner', 'o1'],
  ['owner', 'o2'],
  ['namespace', 'ns'],
  ['namespace', 'other'],
  ['node', 'n1'],
  ['node', 'n2'],
  ['label', 'ns/app=web'],
  ['label', 'ns/app=db'],
  ['label', 'other/app=web'],
  ['label', 'ns/name=a'],
];

test('every index agrees with a scan after every change, whenever it was first asked for', () => {
  fc.assert(
    fc.property(operations, fc.nat(60), (plan, firstAsked) => {
      const store = freshStore();
      for (const [turn, operation] of plan.entries()) {
        apply(store, operation);
        if (turn < firstAsked) continue;
        for (const [index, value] of questions) {
          const found = store.by(podKind, index, value);
          expect(new Set(found.keys())).toEqual(scan(store, index, value));
          for (const [key, object] of found) expect(store.get(podKind, key)).toBe(object);
        }
      }
    }),
    { seed },
  );
});

test('lists iterate in the order of creation', () => {
  fc.assert(
    fc.property(operations, (plan) => {
      const store = freshStore();
      const created = new Map<ObjectKey, number>();
      store.subscribe(podKind, ({ type, key, order }) => {
        if (type === 'ADDED') created.set(key, order);
        if (type === 'DELETED') created.delete(key);
      });
      for (const operation of plan) apply(store, operation);

      const keys = [...store.list(podKind).keys()];
      expect(keys).toEqual([...created].toSorted(([, a], [, b]) => a - b).map(([key]) => key));
    }),
    { seed },
  );
});

test('a watch from any version replays the history after it and then goes on live', () => {
  fc.assert(
    fc.property(operations, fc.nat(60), fc.nat(60), fc.integer({ min: 0, max: 80 }), (plan, startsAt, back, ring) => {
      const store = freshStore(ring);
      const all: Change[] = [];
      store.subscribe(undefined, (change) => all.push(change));
      for (const operation of plan.slice(0, startsAt)) apply(store, operation);
      const revision = store.revision;
      const after = Math.max(0, revision - back);
      const told: Change[] = [];

      const start = store.watch({ kind: podKind, after }, (change) => told.push(change));
      for (const operation of plan.slice(startsAt)) apply(store, operation);

      const tooOld = revision - after > ring;
      expect(start).toMatchObject(tooOld ? { kind: 'tooOld', oldest: revision - ring } : { kind: 'watching' });
      expect(told).toEqual(tooOld ? [] : all.filter(({ order }) => order > after));
    }),
    { seed },
  );
});

test('a watch from the future waits for it, and a stopped watch is told nothing', () => {
  const store = freshStore();
  const told: number[] = [];
  const start = store.watch({ after: 2 }, ({ order }) => told.push(order));

  for (const name of ['a', 'b', 'c']) store.create(pod({ name }));
  if (start.kind === 'watching') start.stop();
  store.create(pod({ name: 'd' }));

  expect(told).toEqual([3]);
});

test('a change made by a listener is told after the one that it heard', () => {
  const store = freshStore();
  const first: string[] = [];
  const second: string[] = [];
  store.subscribe(podKind, ({ type, object }) => {
    first.push(`${type} ${object.metadata.name}`);
    if (type === 'ADDED' && object.metadata.name === 'a') store.create(pod({ name: 'b' }));
  });
  store.subscribe(podKind, ({ type, object }) => second.push(`${type} ${object.metadata.name}`));

  store.create(pod({ name: 'a' }));

  expect(first).toEqual(['ADDED a', 'ADDED b']);
  expect(second).toEqual(['ADDED a', 'ADDED b']);
});

test('a watch that begins while changes are told hears each of them once', () => {
  const store = freshStore();
  const told: string[] = [];
  store.subscribe(podKind, ({ object: { metadata } }) => {
    if (metadata.name !== 'a') return;
    store.create(pod({ name: 'b' }));
    store.watch({ kind: podKind, after: 0 }, ({ object }) => told.push(object.metadata.name));
  });

  store.create(pod({ name: 'a' }));
  store.create(pod({ name: 'c' }));

  expect(told).toEqual(['a', 'b', 'c']);
});

test('who subscribes to a node hears of its objects only', () => {
  const store = freshStore();
  const told: string[] = [];
  const stop = store.subscribe(podKind, ({ type, object }) => told.push(`${type} ${object.metadata.name}`), 'n1');

  for (const node of ['n1', 'n2']) store.create(pod({ name: `on-${node}`, node }));
  store.create(pod({ name: 'late' }));
  store.update(pod({ name: 'late', node: 'n1' }));
  store.remove(podKind, 'ns/on-n1');
  stop();
  store.remove(podKind, 'ns/late');

  expect(told).toEqual(['ADDED on-n1', 'MODIFIED late', 'DELETED on-n1']);
});

function apply(store: Store, { remove, pod: choice }: { readonly remove: boolean; readonly pod: PodChoice }): void {
  const object = pod(choice);
  const key = `${object.metadata.namespace}/${object.metadata.name}`;
  const exists = store.get(podKind, key) !== undefined;
  if (remove) store.remove(podKind, key);
  else if (exists) store.update(object);
  else store.create(object);
}
