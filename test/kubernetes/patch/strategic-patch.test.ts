import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decode } from '../../../src/kubernetes/decode.ts';
import type { Json, JsonObject } from '../../../src/kubernetes/object.ts';
import { strategicPatch } from '../../../src/kubernetes/patch/strategic-patch.ts';

type Target = Parameters<typeof strategicPatch>[0];

const pod = (spec: JsonObject): Target => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec });

function patched(target: Target, patch: Json): JsonObject {
  const result = strategicPatch(target, patch);
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

function patchedSpec(spec: JsonObject, patch: Json): unknown {
  return patched(pod(spec), { spec: patch })['spec'];
}

const named = (...names: string[]): Json[] => names.map((name) => ({ name }));
const namesIn = (spec: unknown): string[] =>
  (spec as { containers: { name: string }[] }).containers.map(({ name }) => name);

test.each<[string, Json, string[]]>([
  ['new elements come first', { containers: named('d') }, ['d', 'a', 'b', 'c']],
  ['a known one keeps its place', { containers: named('c') }, ['a', 'b', 'c']],
  ['two known ones keep the order of the patch', { containers: named('c', 'a') }, ['b', 'c', 'a']],
  ['a new one follows its neighbour', { containers: named('b', 'd') }, ['a', 'b', 'd', 'c']],
  [
    '$setElementOrder decides',
    { containers: named('d'), '$setElementOrder/containers': named('c', 'd', 'a') },
    ['b', 'c', 'd', 'a'],
  ],
  ['$setElementOrder alone orders', { '$setElementOrder/containers': named('c', 'b', 'a') }, ['c', 'b', 'a']],
])('order (API-SMP-03): %s', (_, patch, names) => {
  expect(namesIn(patchedSpec({ containers: named('a', 'b', 'c') }, patch))).toEqual(names);
});

test('elements merge by key at every depth, and the rest is shared', () => {
  const target = pod({
    containers: [
      { name: 'a', image: 'a:1', env: [{ name: 'X', value: '1' }], ports: [{ containerPort: 80, name: 'web' }] },
      { name: 'b', image: 'b:1' },
    ],
    volumes: [{ name: 'v', emptyDir: {} }],
  });

  const result = patched(target, {
    spec: {
      containers: [{ name: 'a', env: [{ name: 'Y', value: '2' }], ports: [{ containerPort: 80, name: 'http' }] }],
    },
  }) as unknown as { spec: { containers: unknown[]; volumes: unknown } };

  expect(result.spec.containers).toEqual([
    {
      name: 'a',
      image: 'a:1',
      env: [
        { name: 'Y', value: '2' },
        { name: 'X', value: '1' },
      ],
      ports: [{ containerPort: 80, name: 'http' }],
    },
    { name: 'b', image: 'b:1' },
  ]);
  const spec = target['spec'] as { containers: unknown[]; volumes: unknown };
  expect(result.spec.containers[1]).toBe(spec.containers[1]);
  expect(result.spec.volumes).toBe(spec.volumes);
  expect(patched(target, { spec: { containers: [{ name: 'b', image: 'b:1' }] } })).toBe(target);
});

test('directives delete and replace', () => {
  const spec = { containers: named('a', 'b'), nodeSelector: { disk: 'ssd', zone: 'a' }, tolerations: [{ key: 'x' }] };

  expect(namesIn(patchedSpec(spec, { containers: [{ $patch: 'delete', name: 'a' }] }))).toEqual(['b']);
  expect(namesIn(patchedSpec(spec, { containers: [{ name: 'c' }, { $patch: 'replace' }] }))).toEqual(['c']);
  expect(patchedSpec(spec, { nodeSelector: { $patch: 'replace', disk: 'hdd' } })).toMatchObject({
    nodeSelector: { disk: 'hdd' },
  });
  expect(
    (patchedSpec(spec, { nodeSelector: { $patch: 'replace', disk: 'hdd' } }) as { nodeSelector: object }).nodeSelector,
  ).toEqual({
    disk: 'hdd',
  });
  expect(patchedSpec(spec, { nodeSelector: { $patch: 'delete' } })).toMatchObject({ nodeSelector: {} });
  expect(patchedSpec(spec, { nodeSelector: null })).not.toHaveProperty('nodeSelector');
  expect(patchedSpec(spec, { tolerations: [{ key: 'y' }] })).toMatchObject({ tolerations: [{ key: 'y' }] });
});

test('lists of scalars that merge are sets, and lose what is named for deletion', () => {
  const target = { apiVersion: 'v1', kind: 'Pod', metadata: { finalizers: ['a', 'b', 'c'] } };

  const result = patched(target, {
    metadata: { finalizers: ['d', 'a'], '$deleteFromPrimitiveList/finalizers': ['b'] },
  });

  expect(result['metadata']).toEqual({ finalizers: ['d', 'a', 'c'] });
});

test('$retainKeys clears what it does not name (API-SMP-07)', () => {
  const spec = { containers: named('a'), volumes: [{ name: 'v', emptyDir: {} }, { name: 'w' }] };
  const patch = { volumes: [{ name: 'v', $retainKeys: ['name', 'configMap'], configMap: { name: 'cm' } }] };

  expect(patchedSpec(spec, patch)).toMatchObject({
    volumes: [{ name: 'v', configMap: { name: 'cm' } }, { name: 'w' }],
  });
  expect((patchedSpec(spec, patch) as { volumes: object[] }).volumes[0]).not.toHaveProperty('emptyDir');
});

test('the selector of a disruption budget is replaced', () => {
  const budget = {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    spec: { selector: { matchLabels: { a: '1' } } },
  };

  expect(patched(budget, { spec: { selector: { matchLabels: { b: '2' } } } })['spec']).toEqual({
    selector: { matchLabels: { b: '2' } },
  });
});

test.each<[string, Json, string]>([
  [
    'a missing merge key',
    { containers: [{ image: 'q' }] },
    'map: map[image:q] does not contain declared merge key: name',
  ],
  [
    'an unknown directive',
    { nodeSelector: { $patch: 'foo', a: 'b' } },
    'unknown patch type: foo in map: map[$patch:foo a:b]',
  ],
  ['an unknown directive in a list', { containers: [{ $patch: 'x' }] }, 'unknown patch type: x in map: map[$patch:x]'],
  [
    'an order that is not kept',
    { containers: named('b', 'a'), '$setElementOrder/containers': named('a', 'b') },
    "The order in patch list:\n[map[name:b] map[name:a]]\n doesn't match $setElementOrder list:\n[map[name:a] map[name:b]]\n",
  ],
])('%s is a 500 without a reason (API-SMP-04)', (_, patch, message) => {
  const target = pod({ containers: named('a'), nodeSelector: {} });

  expect(strategicPatch(target, { spec: patch })).toEqual({ ok: false, code: 500, reason: '', message });
});

test('a custom kind is refused (API-SMP-08)', () => {
  expect(strategicPatch({ apiVersion: 'db.example.com/v1', kind: 'MongoCluster' }, {})).toMatchObject({
    ok: false,
    code: 415,
  });
});

// Answers of a real API server, v1.36.2.
const answers = JSON.parse(
  readFileSync(new URL('../../fixtures/api-answers/strategic-patches.json', import.meta.url), 'utf8'),
) as { before: Target; patch: Json; after: { spec: unknown } }[];

test.each(answers)('a real patch gives the real object (%#)', ({ before, patch, after }) => {
  const result = patched(before, patch) as Target;

  // Decoding leaves out the empty list from which the last element was deleted, as the server's encoding does.
  expect(decode(result).value['spec']).toEqual(after.spec);
});

test('merging is what a naive merge by key does, whatever the order', () => {
  const container = fc.record(
    { name: fc.constantFrom('a', 'b', 'c', 'd'), image: fc.constantFrom('1', '2'), tty: fc.boolean() },
    { requiredKeys: ['name'] },
  );
  const element = fc.oneof(
    container,
    fc.record({ $patch: fc.constant('delete'), name: fc.constantFrom('a', 'b', 'c') }),
  );
  const list = <T extends { name: string }>(of: fc.Arbitrary<T>) =>
    fc.uniqueArray(of, { selector: ({ name }) => name });

  fc.assert(
    fc.property(list(container), list(element), (stored, patch) => {
      const expected = new Map<string, object>(stored.map((old) => [old.name, old]));
      for (const change of patch) {
        if ('$patch' in change) expected.delete(change.name);
        else expected.set(change.name, { ...expected.get(change.name), ...change });
      }

      const result = patchedSpec({ containers: stored }, { containers: patch }) as { containers: { name: string }[] };

      expect(new Map(result.containers.map((merged) => [merged.name, merged]))).toEqual(expected);
      expect(patchedSpec(result as unknown as JsonObject, { containers: patch })).toEqual(result);
    }),
  );
});

test('the order of a merged list keeps both orders (API-SMP-03)', () => {
  const names = fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd', 'e', 'f'));

  fc.assert(
    fc.property(names, names, (stored, wanted) => {
      const merged = namesIn(patchedSpec({ containers: named(...stored) }, { containers: named(...wanted) }));

      expect(merged.filter((name) => wanted.includes(name))).toEqual(wanted);
      expect(merged.filter((name) => !wanted.includes(name))).toEqual(stored.filter((name) => !wanted.includes(name)));
    }),
  );
});

test('the collector orphans a dependent by uid (API-GC-06)', () => {
  const references = [
    { uid: 'u1', kind: 'ReplicaSet' },
    { uid: 'u2', kind: 'Job' },
  ];
  const target = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', ownerReferences: references } };

  const result = patched(target, { metadata: { ownerReferences: [{ $patch: 'delete', uid: 'u1' }] } });

  expect(result['metadata']).toEqual({ name: 'p', ownerReferences: [{ uid: 'u2', kind: 'Job' }] });
});
