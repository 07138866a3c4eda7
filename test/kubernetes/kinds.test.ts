import { expect, test } from 'vitest';
import { kindKey } from '../../src/kubernetes/kind.ts';
import {
  apiVersionOf,
  kindOfKey,
  kindOfObject,
  kindOfWord,
  kinds,
  kindWords,
  qualifiedKind,
  qualifiedResource,
} from '../../src/kubernetes/kinds.ts';

test.each([
  ['sts', 'StatefulSet'],
  ['statefulset', 'StatefulSet'],
  ['statefulsets', 'StatefulSet'],
  ['sts.apps', 'StatefulSet'],
  ['statefulsets.apps', 'StatefulSet'],
  ['pvc', 'PersistentVolumeClaim'],
  ['pod', 'Pod'],
  ['endpoints', 'Endpoints'],
  ['ev', 'Event'],
  ['pdb.policy', 'PodDisruptionBudget'],
  ['sc.storage.k8s.io', 'StorageClass'],
])('the word %s names %s', (word, kind) => {
  expect(kindOfWord(word)?.kind).toBe(kind);
});

test.each(['StatefulSet', 'sts.batch', 'mongocluster', '', 'pods.'])('%s names no built-in kind', (word) => {
  expect(kindOfWord(word)).toBeUndefined();
});

test('every kind is found by each of its words, by its key and by its objects', () => {
  for (const kind of kinds) {
    const words = [kind.kind.toLowerCase(), kind.plural, ...kind.shortNames];

    expect(words.map(kindOfWord)).toEqual(words.map(() => kind));
    expect(kindOfKey(kind.key)).toBe(kind);
    expect(kindOfObject({ apiVersion: apiVersionOf(kind), kind: kind.kind })).toBe(kind);
    expect(kindKey({ apiVersion: apiVersionOf(kind), kind: kind.kind })).toBe(kind.key);
  }
  expect(new Set(kindWords).size).toBe(kindWords.length);
});

test('an object of a version that is not served has no kind', () => {
  expect(kindOfObject({ apiVersion: 'apps/v1beta1', kind: 'StatefulSet' })).toBeUndefined();
  expect(kindOfObject({ apiVersion: 'v1', kind: 'StatefulSet' })).toBeUndefined();
});

test('the events of both groups are one kind', () => {
  const modern = kindOfObject({ apiVersion: 'events.k8s.io/v1', kind: 'Event' });

  expect(modern?.group).toBe('events.k8s.io');
  expect(modern?.key).toBe(kindOfWord('event')?.key);
});

test('messages name kinds and resources with their group', () => {
  const statefulSet = kinds.find(({ kind }) => kind === 'StatefulSet')!;
  const pod = kinds.find(({ kind }) => kind === 'Pod')!;

  expect([qualifiedKind(statefulSet), qualifiedResource(statefulSet)]).toEqual([
    'StatefulSet.apps',
    'statefulsets.apps',
  ]);
  expect([qualifiedKind(pod), qualifiedResource(pod)]).toEqual(['Pod', 'pods']);
});
