import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { JsonObject, KubernetesObject } from '../../../../src/kubernetes/object.ts';
import { removeIn, setIn } from '../../../../src/kubernetes/path-copy.ts';
import { needsTracking, trackUpdate } from '../../../../src/simulator/api/apply/track-update.ts';

// Answers of a real API server, v1.36.2.
const answers = JSON.parse(
  readFileSync(new URL('../../../fixtures/api-answers/managed-fields.json', import.meta.url), 'utf8'),
) as {
  readonly creations: readonly {
    readonly name: string;
    readonly request: JsonObject | string;
    readonly object: KubernetesObject;
  }[];
  readonly updates: readonly {
    readonly name: string;
    readonly before: KubernetesObject;
    readonly after: KubernetesObject;
  }[];
};

const withoutManagers = (object: KubernetesObject): KubernetesObject => removeIn(object, ['metadata', 'managedFields']);
const now = '2026-11-20T15:00:00Z';
const map: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name: 'cm',
    namespace: 'shop',
    uid: 'u',
    resourceVersion: '1',
    creationTimestamp: now,
    labels: { a: '1' },
  },
  data: { x: '1' },
};

test.each(answers.creations)('$name: a creation is owned as on a real server', ({ request, object }) => {
  const time = object.metadata.managedFields?.[0]?.['time'] as string;
  // Addresses, and the finalizer of namespaces, are added after the owners are written down.
  const allocated = ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy', 'finalizers'];
  const sent = typeof request === 'string' ? {} : ((request['spec'] ?? {}) as JsonObject);
  let after = withoutManagers(object);
  for (const name of allocated.filter((name) => !(name in sent))) after = removeIn(after, ['spec', name]);

  const tracked = trackUpdate({ after, manager: 'node', now: time });

  expect(tracked.metadata.managedFields).toEqual(object.metadata.managedFields);
});

test.each(answers.updates)('$name: an update changes owners as on a real server', ({ before, after }) => {
  const time = after.metadata.managedFields?.find(({ manager }) => manager === 'node')?.['time'];

  const tracked = trackUpdate({ before, after: withoutManagers(after), manager: 'node', now: time as string });

  expect(tracked.metadata.managedFields).toEqual(after.metadata.managedFields);
});

test('another manager takes what it changes, and only that', () => {
  const created = trackUpdate({ after: map, manager: 'kubectl-create', now });

  const changed = trackUpdate({
    before: created,
    after: setIn(setIn(created, ['data', 'x'], '2'), ['data', 'y'], '1'),
    manager: 'kubectl-edit',
    now: '2026-11-20T16:00:00Z',
  });

  expect(changed.metadata.managedFields).toEqual([
    {
      manager: 'kubectl-create',
      operation: 'Update',
      apiVersion: 'v1',
      time: now,
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:data': {}, 'f:metadata': { 'f:labels': { '.': {}, 'f:a': {} } } },
    },
    {
      manager: 'kubectl-edit',
      operation: 'Update',
      apiVersion: 'v1',
      time: '2026-11-20T16:00:00Z',
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:data': { 'f:x': {}, 'f:y': {} } },
    },
  ]);
});

test('a write that changes nothing leaves owners and times alone', () => {
  const created = trackUpdate({ after: map, manager: 'a', now });

  expect(trackUpdate({ before: created, after: created, manager: 'b', now: '2026-11-20T16:00:00Z' })).toBe(created);
});

test('a client that knows nothing of managed fields does not lose them; an empty entry forgets them', () => {
  const created = trackUpdate({ after: map, manager: 'a', now });
  const update = (after: KubernetesObject) => trackUpdate({ before: created, after, manager: 'b', now });

  expect(update(withoutManagers(created)).metadata.managedFields).toEqual(created.metadata.managedFields);
  expect(update(setIn(created, ['metadata', 'managedFields'], [{}])).metadata.managedFields).toBeUndefined();
});

test('an object that nobody tracks stays untracked', () => {
  const after = setIn(map, ['data', 'x'], '2');

  expect(trackUpdate({ before: map, after, manager: 'a', now })).toBe(after);
});

test('a status write owns the status, a main write never', () => {
  const set: KubernetesObject = {
    ...map,
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    data: undefined,
    spec: { replicas: 1 },
    status: { replicas: 0 },
  };
  const created = trackUpdate({ after: set, manager: 'a', now });

  const after = setIn(created, ['status', 'replicas'], 1);
  const status = trackUpdate({ before: created, after, manager: 'controller', now, subresource: 'status' });
  const main = trackUpdate({ before: created, after, manager: 'controller', now });

  expect(status.metadata.managedFields?.[1]).toMatchObject({
    manager: 'controller',
    subresource: 'status',
    fieldsV1: { 'f:status': { 'f:replicas': {} } },
  });
  expect(main.metadata.managedFields).toEqual(created.metadata.managedFields);
});

test('only so many updaters are remembered: the oldest become one', () => {
  let object = trackUpdate({ after: map, manager: 'm00', now });
  for (let at = 1; at <= 14; at += 1) {
    const after = setIn(object, ['data', `k${at}`], 'x');
    const time = `2026-11-20T15:00:${String(at).padStart(2, '0')}Z`;
    object = trackUpdate({ before: object, after, manager: `m${String(at).padStart(2, '0')}`, now: time });
  }

  const names = object.metadata.managedFields?.map(({ manager }) => manager);

  expect(names).toEqual(['ancient-changes', 'm06', 'm07', 'm08', 'm09', 'm10', 'm11', 'm12', 'm13', 'm14']);
});

test('writes of our own controllers are told apart by reference', () => {
  const tracked = trackUpdate({ after: { ...map, spec: {}, status: {} }, manager: 'a', now });

  expect(needsTracking(map, setIn(map, ['data', 'x'], '2'))).toBe(false);
  expect(needsTracking(tracked, setIn(tracked, ['status', 'phase'], 'Bound'))).toBe(false);
  expect(needsTracking(tracked, setIn(tracked, ['metadata', 'resourceVersion'], '2'))).toBe(false);
  expect(needsTracking(tracked, setIn(tracked, ['spec', 'nodeName'], 'n'))).toBe(true);
  expect(needsTracking(tracked, setIn(tracked, ['metadata', 'labels', 'a'], '2'))).toBe(true);
});

test('owners are written as one would read them anew, whatever was written before', () => {
  let object = trackUpdate({ after: map, manager: 'a', now });
  const writes: readonly (readonly [string, JsonObject])[] = [
    ['b', { x: '2', y: '1' }],
    ['a', { x: '3', y: '1', z: '1' }],
    ['a', { y: '1' }],
    ['c', { y: '2', x: '1' }],
  ];
  for (const [manager, data] of writes) {
    const after = { ...object, data };
    const copied = structuredClone({ before: object, after });

    object = trackUpdate({ before: object, after, manager, now });

    expect(object).toEqual(trackUpdate({ ...copied, manager, now }));
  }
});

test('the entry of an owner whom a write does not touch stays the same object', () => {
  const first = trackUpdate({ after: map, manager: 'a', now });
  const second = trackUpdate({
    before: first,
    after: { ...first, data: { x: '1', y: '1' } },
    manager: 'b',
    now,
  });

  expect(second.metadata.managedFields).toHaveLength(2);
  expect(second.metadata.managedFields?.[0]).toBe(first.metadata.managedFields?.[0]);
});
