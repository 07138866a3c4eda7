import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject, KubernetesObject, Manifest } from '../../../../src/kubernetes/object.ts';
import { setIn } from '../../../../src/kubernetes/path-copy.ts';
import { sameButForTimes } from '../../../../src/simulator/api/apply/no-op.ts';
import { serverSideApply } from '../../../../src/simulator/api/apply/server-side-apply.ts';
import type { AppliedManifest } from '../../../../src/simulator/api/apply/server-side-apply.ts';
import { trackUpdate } from '../../../../src/simulator/api/apply/track-update.ts';

const now = '2026-11-20T15:00:00Z';
const later = '2026-11-20T16:00:00Z';

// Answers of a real API server, v1.36.2.
const answers = JSON.parse(
  readFileSync(new URL('../../../fixtures/api-answers/managed-fields.json', import.meta.url), 'utf8'),
) as { readonly applies: readonly { readonly request: Manifest; readonly response: KubernetesObject }[] };
const [creation, conflict, forced, unnamed] = answers.applies.map(({ request, response }) => ({
  applied: request,
  response,
}));

function apply(options: Partial<AppliedManifest> & Pick<AppliedManifest, 'applied'>): KubernetesObject {
  const result = serverSideApply({ manager: 'setpiece', force: false, now, ...options });
  if (!result.ok) throw new Error(result.status.message);
  return result.object;
}

function refusal(options: Partial<AppliedManifest> & Pick<AppliedManifest, 'applied'>): unknown {
  const result = serverSideApply({ manager: 'setpiece', force: false, now, ...options });
  return result.ok ? 'accepted' : result.status;
}

const map = (data: JsonObject, more: JsonObject = {}): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'cm', namespace: 'shop' },
  data,
  ...more,
});
const set = (spec: JsonObject): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 's', namespace: 'shop' },
  spec,
});
const withContainers = (...containers: JsonObject[]): Manifest => set({ template: { spec: { containers } } });
const containersOf = (object: KubernetesObject): unknown =>
  (object as unknown as { spec: { template: { spec: { containers: unknown } } } }).spec.template.spec.containers;

test('a creation is owned as on a real server', () => {
  const object = apply({ applied: creation!.applied, now: '2026-11-20T14:02:50Z' });

  expect(object.metadata.managedFields).toEqual(creation!.response.metadata.managedFields);
});

test('a conflict is refused in the words of a real server', () => {
  const status = refusal({ current: creation!.response, applied: conflict!.applied, manager: 'other' });

  expect(status).toEqual(conflict!.response);
});

test('force takes the field as on a real server', () => {
  const object = apply({
    current: creation!.response,
    applied: forced!.applied,
    manager: 'other',
    force: true,
    now: '2026-11-20T14:02:50Z',
  });

  expect(object.metadata.managedFields).toEqual(forced!.response.metadata.managedFields);
  expect(object['spec']).toEqual(forced!.response['spec']);
});

test('an apply without a manager is refused as on a real server', () => {
  expect(refusal({ current: creation!.response, applied: unnamed!.applied, manager: undefined })).toEqual(
    unnamed!.response,
  );
});

test('an apply that changes nothing gives the live object itself', () => {
  const first = apply({ applied: withContainers({ name: 'a', image: 'a:1' }) });
  const defaulted = setIn(first, ['spec', 'template', 'spec', 'containers', 0, 'imagePullPolicy'], 'IfNotPresent');

  expect(apply({ current: defaulted, applied: withContainers({ name: 'a', image: 'a:1' }), now: later })).toBe(
    defaulted,
  );
});

test('claim templates, one value, lose their defaults until they are defaulted again', () => {
  const again = apply({ current: creation!.response, applied: creation!.applied, now: later });
  const templates = (creation!.response['spec'] as JsonObject)['volumeClaimTemplates'];

  expect(sameButForTimes(creation!.response, again)).toBe(false);
  expect(sameButForTimes(creation!.response, setIn(again, ['spec', 'volumeClaimTemplates'], templates))).toBe(true);
});

test('the same value is owned by both', () => {
  const first = apply({ applied: map({ a: '1' }) });

  const both = apply({ current: first, applied: map({ a: '1' }), manager: 'other' });
  const left = apply({ current: both, applied: map({}), manager: 'other' });

  expect(both.metadata.managedFields).toHaveLength(2);
  expect(left['data']).toEqual({ a: '1' });
  expect(left.metadata.managedFields?.map(({ manager }) => manager)).toEqual(['other', 'setpiece']);
});

test('a field that is applied no more is removed, and what others own stays', () => {
  const first = apply({ applied: map({ a: '1', b: '2' }) });
  const second = apply({ current: first, applied: map({ b: '2', c: '3' }), manager: 'other' });

  const third = apply({ current: second, applied: map({ a: '1' }) });

  expect(third['data']).toEqual({ a: '1', b: '2', c: '3' });
  expect(apply({ current: third, applied: map({ a: '1' }), manager: 'other' })['data']).toEqual({ a: '1' });
});

test('fields that nobody applied stay: defaults, and values of updaters', () => {
  const first = apply({
    applied: set({ replicas: 1, serviceName: 'x', template: { spec: { containers: [{ name: 'a' }] } } }),
  });
  const defaulted = setIn(
    setIn(first, ['spec', 'podManagementPolicy'], 'OrderedReady'),
    ['spec', 'revisionHistoryLimit'],
    10,
  );

  const second = apply({ current: defaulted, applied: set({ replicas: 1 }) });

  expect(second['spec']).toEqual({ replicas: 1, podManagementPolicy: 'OrderedReady', revisionHistoryLimit: 10 });
});

test('elements are owned by key, and keep their order', () => {
  const first = apply({ applied: withContainers({ name: 'a', image: 'a:1' }, { name: 'b', image: 'b:1' }) });
  const injected = setIn(first, ['spec', 'template', 'spec', 'containers', 2], { name: 'sidecar', image: 's:1' });
  const live = trackUpdate({ before: first, after: injected, manager: 'injector', now });

  const second = apply({
    current: live,
    applied: withContainers({ name: 'b', image: 'b:2' }, { name: 'c', image: 'c:1' }),
  });

  expect(containersOf(second)).toEqual([
    { name: 'b', image: 'b:2' },
    { name: 'sidecar', image: 's:1' },
    { name: 'c', image: 'c:1' },
  ]);
});

test('several conflicts are listed by manager, with element keys in the paths', () => {
  const container = { name: 'a', image: 'a:1', ports: [{ containerPort: 80 }] };
  const first = apply({ applied: set({ replicas: 1, template: { spec: { containers: [container] } } }), manager: 'b' });
  const live = trackUpdate({
    before: first,
    after: setIn(first, ['spec', 'minReadySeconds'], 5),
    manager: 'kubectl-edit',
    now,
  });

  const status = refusal({
    current: live,
    applied: set({
      replicas: 2,
      minReadySeconds: 6,
      template: { spec: { containers: [{ ...container, image: 'a:2' }] } },
    }),
  }) as { message: string; details: { causes: { field: string }[] } };

  expect(status.message).toBe(
    [
      'Apply failed with 3 conflicts: conflicts with "b":',
      '- .spec.replicas',
      '- .spec.template.spec.containers[name="a"].image',
      'conflicts with "kubectl-edit" using apps/v1:',
      '- .spec.minReadySeconds',
    ].join('\n'),
  );
  expect(status.details.causes).toHaveLength(3);
});

test('an update through a subresource is told with it', () => {
  const first = apply({ applied: set({ replicas: 1 }) });
  const live = trackUpdate({
    before: first,
    after: setIn(first, ['spec', 'replicas'], 4),
    manager: 'kubectl',
    now,
    subresource: 'scale',
  });

  expect(refusal({ current: live, applied: set({ replicas: 1 }) })).toMatchObject({
    code: 409,
    message:
      'Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas',
  });
});

test('an object that nobody tracked belongs to whoever wrote it before the first apply', () => {
  const { managedFields: _, ...metadata } = apply({ applied: map({ a: '1' }) }).metadata;
  const untracked = { ...apply({ applied: map({ a: '1' }) }), metadata };

  expect(refusal({ current: untracked, applied: map({ a: '2' }) })).toMatchObject({
    message: 'Apply failed with 1 conflict: conflict with "before-first-apply" using v1: .data.a',
  });
  expect(apply({ current: untracked, applied: map({ a: '1' }) }).metadata.managedFields).toHaveLength(2);
});

test('finalizers are a set, tolerations and selectors one value', () => {
  const pod = (metadata: JsonObject, spec: JsonObject): Manifest => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', ...metadata },
    spec,
  });
  const first = apply({ applied: pod({ finalizers: ['a/a'] }, { nodeSelector: { disk: 'ssd' } }) });

  const second = apply({ current: first, applied: pod({ finalizers: ['b/b'] }, {}), manager: 'other' });

  expect(second.metadata.finalizers).toEqual(['a/a', 'b/b']);
  expect(
    refusal({ current: second, applied: pod({}, { nodeSelector: { zone: 'x' } }), manager: 'other' }),
  ).toMatchObject({
    message: 'Apply failed with 1 conflict: conflict with "setpiece": .spec.nodeSelector',
  });
});

test.each<[string, Manifest, number, string]>([
  [
    'an unknown field',
    set({ replica: 1 }),
    500,
    'failed to create typed patch object (shop/s; apps/v1, Kind=StatefulSet): .spec.replica: field not declared in schema',
  ],
  [
    'several mistakes',
    set({ replicas: 'x', nope: 1 }),
    500,
    [
      'failed to create typed patch object (shop/s; apps/v1, Kind=StatefulSet): errors:',
      '  .spec.replicas: expected numeric (int or float), got string',
      '  .spec.nope: field not declared in schema',
    ].join('\n'),
  ],
  [
    'an element without its key',
    withContainers({ image: 'x' }),
    500,
    'failed to create typed patch object (shop/s; apps/v1, Kind=StatefulSet): .spec.template.spec.containers: element 0: associative list with keys has an element that omits key field "name" (and doesn\'t have default value)',
  ],
  [
    'two elements with one key',
    withContainers({ name: 'a' }, { name: 'a' }),
    500,
    'failed to create typed patch object (shop/s; apps/v1, Kind=StatefulSet): .spec.template.spec.containers: duplicate entries for key [name="a"]',
  ],
  [
    'managed fields',
    map({}, { metadata: { name: 'cm', managedFields: [] } }),
    400,
    'metadata.managedFields must be nil',
  ],
])('%s is refused', (_, applied, code, message) => {
  expect(refusal({ applied })).toMatchObject({ code, message });
});

test('appliers that agree get what they say, in any order, and each can leave again', () => {
  const data = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('1', '2'), { noNullPrototype: true });

  // One field that both always want: the server drops an empty map, and adding it again is a change to its owner.
  const shared = { z: '0' };

  fc.assert(
    fc.property(data, data, data, (mine, theirs, mineLater) => {
      const first = apply({ applied: map({ ...mine, ...shared }) });
      const second = apply({ current: first, applied: map({ ...theirs, ...shared }), manager: 'other', force: true });
      const third = apply({ current: second, applied: map({ ...mineLater, ...shared }), force: true, now: later });
      const last = apply({ current: third, applied: map(shared), manager: 'other', now: later });

      expect(second['data']).toEqual({ ...mine, ...theirs, ...shared });
      expect(third['data']).toEqual({ ...theirs, ...mineLater, ...shared });
      expect(last['data']).toEqual({ ...mineLater, ...shared });
      expect(apply({ current: last, applied: map({ ...mineLater, ...shared }) })).toBe(last);
    }),
  );
});
