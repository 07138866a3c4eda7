import { expect, test } from 'vitest';
import { composeKindKey } from '../../../src/kubernetes/kind.ts';
import { createClock } from '../../../src/simulator/clock.ts';
import { View } from '../../../src/simulator/mutants/view.ts';
import { createStore } from '../../../src/simulator/store/store.ts';
import type { KubernetesObject } from '../../../src/kubernetes/object.ts';
import type { Change } from '../../../src/simulator/store/store.ts';

const configMap = composeKindKey('', 'ConfigMap');
const secret = composeKindKey('', 'Secret');
const painted = (object: KubernetesObject): KubernetesObject => ({ ...object, data: { colour: 'red' } });

function made(kind: string, name: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind,
    metadata: { name, namespace: 'n', uid: name, resourceVersion: '', creationTimestamp: '' },
    data: { colour: 'blue' },
  };
}

test('a view shows objects of its kind otherwise, and leaves the store and other kinds as they are', () => {
  const store = createStore({ clock: createClock() });
  const view = new View(configMap, painted).store(store);

  store.create(made('ConfigMap', 'a'));
  view.create(made('Secret', 'b'));

  expect(view.get(configMap, 'n/a')).toMatchObject({ data: { colour: 'red' } });
  expect([...view.list(configMap).values()]).toMatchObject([{ data: { colour: 'red' } }]);
  expect(view.by(configMap, 'namespace', 'n').size).toBe(1);
  expect(view.get(secret, 'n/b')).toMatchObject({ data: { colour: 'blue' } });
  expect(store.get(configMap, 'n/a')).toMatchObject({ data: { colour: 'blue' } });
  expect(view.revision).toBe(store.revision);
});

test('a view shows one object as the same picture each time', () => {
  const store = createStore({ clock: createClock() });
  const view = new View(configMap, painted).store(store);

  store.create(made('ConfigMap', 'a'));

  expect(view.get(configMap, 'n/a')).toBe(view.get(configMap, 'n/a'));
});

test('a view tells changes as it shows objects', () => {
  const store = createStore({ clock: createClock() });
  const changes: Change[] = [];
  new View(configMap, painted).store(store).subscribe(undefined, (change) => void changes.push(change));

  const stored = store.create(made('ConfigMap', 'a'));
  store.update({ ...stored, data: { colour: 'green' } });
  store.create(made('Secret', 'b'));

  expect(changes.map(({ object }) => object['data'])).toEqual([
    { colour: 'red' },
    { colour: 'red' },
    { colour: 'blue' },
  ]);
  expect(changes[1]?.old).toMatchObject({ data: { colour: 'red' } });
});
