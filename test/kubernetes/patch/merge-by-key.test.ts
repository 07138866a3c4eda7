import { expect, test } from 'vitest';
import { composeKindKey } from '../../../src/kubernetes/kind.ts';
import { mergeByKey } from '../../../src/kubernetes/patch/merge-by-key.ts';
import { mergeKeysOf } from '../../../src/kubernetes/patch/merge-keys.ts';

const statefulSet = composeKindKey('apps', 'StatefulSet');
const custom = composeKindKey('db.example.com', 'MongoCluster');
const set = {
  spec: {
    replicas: 3,
    template: {
      spec: {
        containers: [
          { name: 'a', image: 'a:1', ports: [{ containerPort: 80 }] },
          { name: 'b', image: 'b:1' },
        ],
      },
    },
  },
};

test.each([statefulSet, custom, undefined])('elements are changed in place, kept and added (%s)', (kind) => {
  const change = {
    spec: {
      template: {
        spec: {
          containers: [
            { name: 'c', image: 'c:1' },
            { name: 'a', image: 'a:2' },
          ],
        },
      },
    },
  };

  const changed = mergeByKey(set, change, kind) as typeof set;

  expect(changed.spec.template.spec.containers).toEqual([
    { name: 'a', image: 'a:2', ports: [{ containerPort: 80 }] },
    { name: 'b', image: 'b:1' },
    { name: 'c', image: 'c:1' },
  ]);
  expect(changed.spec.template.spec.containers[1]).toBe(set.spec.template.spec.containers[1]);
});

test('null removes a member; a list without a key and an empty list replace', () => {
  expect(mergeByKey({ a: 1, args: ['x', 'y'], env: [{ name: 'e' }] }, { a: null, args: ['z'], env: [] })).toEqual({
    args: ['z'],
    env: [],
  });
  expect(mergeByKey({ env: [{ name: 'e' }] }, { env: [{ value: 'nameless' }] })).toEqual({
    env: [{ value: 'nameless' }],
  });
});

test('claim templates are one value, as strategic patches have it (API-SMP-06)', () => {
  const target = { spec: { volumeClaimTemplates: [{ metadata: { name: 'a' } }] } };

  expect(mergeByKey(target, { spec: { volumeClaimTemplates: [] } }, statefulSet)).toEqual({
    spec: { volumeClaimTemplates: [] },
  });
  expect(mergeKeysOf(statefulSet, ['spec', 'volumeClaimTemplates'])).toEqual([]);
});

test('the key of a known kind depends on the path, that of an unknown one on the name alone', () => {
  expect(mergeKeysOf(composeKindKey('', 'Service'), ['spec', 'ports'])).toEqual(['port']);
  expect(mergeKeysOf(composeKindKey('', 'Pod'), ['spec', 'containers', 'ports'])).toEqual(['containerPort']);
  expect(mergeKeysOf(custom, ['spec', 'ports'])).toEqual(['containerPort', 'port']);
  expect(mergeKeysOf(custom, ['spec', 'members'])).toEqual([]);
});
