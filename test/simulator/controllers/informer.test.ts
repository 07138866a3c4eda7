import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { composeKindKey } from '../../../src/kubernetes/kind.ts';
import { createClock, type Clock } from '../../../src/simulator/clock.ts';
import { createInformer } from '../../../src/simulator/controllers/informer.ts';
import { createRandom } from '../../../src/simulator/random.ts';
import { createStore, type Change, type Store } from '../../../src/simulator/store/store.ts';
import type { KubernetesObject } from '../../../src/kubernetes/object.ts';

const seed = 20_260_101;
const podKind = composeKindKey('', 'Pod');
const nodeKind = composeKindKey('', 'Node');
const lag = { low: 1_000, high: 6_000 };

function object(kind: string, name: string, nodeName?: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind,
    metadata: {
      name,
      ...(kind === 'Pod' ? { namespace: 'ns' } : {}),
      uid: `uid-${name}`,
      resourceVersion: '',
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
    spec: nodeName === undefined ? {} : { nodeName },
  };
}

function fresh(): { readonly clock: Clock; readonly store: Store } {
  const clock = createClock();
  return { clock, store: createStore({ clock, freeze: true }) };
}

function informerOf(clock: Clock, store: Store, node?: string) {
  const options = { clock, store, lag, random: createRandom(1), process: 'test' };
  return createInformer(node === undefined ? options : { ...options, node });
}

test('changes arrive in order, each after its lag and never before an earlier one', () => {
  const operations = fc.array(fc.record({ name: fc.constantFrom('a', 'b', 'c'), wait: fc.nat(4_000) }), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(operations, (plan) => {
      const { clock, store } = fresh();
      const informer = informerOf(clock, store);
      const told: { readonly change: Change; readonly at: number }[] = [];
      informer.on(podKind, (change) => {
        expect(informer.seen(podKind)).toBe(change.order);
        expect(informer.get(podKind, change.key)).toBe(change.type === 'DELETED' ? undefined : change.object);
        told.push({ change, at: clock.now });
      });
      for (const { name, wait } of plan) {
        if (store.get(podKind, `ns/${name}`) === undefined) store.create(object('Pod', name));
        else store.remove(podKind, `ns/${name}`);
        expect(clock.pending('work')).toBe(1);
        clock.advanceTo(clock.now + wait);
      }
      while (clock.step(Infinity));

      expect(told.map(({ change }) => change.order)).toEqual(plan.map((_, position) => position + 1));
      for (const { change, at } of told) {
        expect(at - change.at).toBeGreaterThanOrEqual(lag.low);
        expect(at - change.at).toBeLessThanOrEqual(2 * lag.high);
      }
      expect(told.every(({ at }, position) => position === 0 || at >= told[position - 1]!.at)).toBe(true);
      expect([...informer.list(podKind)]).toEqual([...store.list(podKind)]);
    }),
    { seed },
  );
});

test('what exists when a kind is first asked for is in the cache at once', () => {
  const { clock, store } = fresh();
  store.create(object('Pod', 'a'));
  const informer = informerOf(clock, store);
  const told: string[] = [];

  informer.on(podKind, ({ type, key }) => told.push(`${type} ${key}`));

  expect(told).toEqual(['ADDED ns/a']);
  expect(informer.seen(podKind)).toBe(1);
  expect(clock.pending('work')).toBe(0);
});

test('a kubelet sees the pods of its node and its own Node, and nobody pays for the others', () => {
  const { clock, store } = fresh();
  const informer = informerOf(clock, store, 'n1');
  const told: string[] = [];
  for (const kind of [podKind, nodeKind]) informer.on(kind, ({ type, key }) => told.push(`${type} ${key}`));

  for (const node of ['n1', 'n2']) {
    store.create(object('Node', node));
    store.create(object('Pod', `on-${node}`, node));
  }
  expect(clock.pending('work')).toBe(2);
  while (clock.step(Infinity));

  expect(told.toSorted()).toEqual(['ADDED n1', 'ADDED ns/on-n1']);
  expect([...informer.list(podKind).keys()]).toEqual(['ns/on-n1']);
});

test('who follows every kind hears of each change once, kinds that come later included', () => {
  const { clock, store } = fresh();
  store.create(object('Pod', 'before'));
  const informer = informerOf(clock, store);
  const told: string[] = [];

  informer.onEvery(({ type, key }) => told.push(`${type} ${key}`), new Set([composeKindKey('', 'Event')]));
  store.create(object('Node', 'n1'));
  store.create(object('Pod', 'after'));
  store.create(object('Event', 'e'));
  store.remove(nodeKind, 'n1');
  while (clock.step(Infinity));

  expect(told.toSorted()).toEqual(['ADDED n1', 'ADDED ns/after', 'ADDED ns/before', 'DELETED n1']);
});
