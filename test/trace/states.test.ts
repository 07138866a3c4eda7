import { expect, test } from 'vitest';
import { composeKindKey } from '../../src/kubernetes/kind.ts';
import { familiesOf, stateForms, stateWords } from '../../src/scenario/definition/state-words.ts';
import { canonicalReference, oneWordForms, wordsOf } from '../../src/trace/states.ts';
import type { KindKey } from '../../src/kubernetes/kind.ts';

const kinds: readonly KindKey[] = [
  composeKindKey('', 'Pod'),
  composeKindKey('apps', 'StatefulSet'),
  composeKindKey('apps', 'Deployment'),
  composeKindKey('apps', 'ReplicaSet'),
  composeKindKey('apps', 'DaemonSet'),
  composeKindKey('', 'PersistentVolumeClaim'),
  composeKindKey('', 'PersistentVolume'),
  composeKindKey('', 'Service'),
  composeKindKey('', 'Node'),
  composeKindKey('apps', 'ControllerRevision'),
  composeKindKey('', 'Event'),
  composeKindKey('db.example.com', 'MongoCluster'),
];

test.each(kinds)('%s has the words that authors may write of it', (kind) => {
  const families = familiesOf(kind);
  const written = stateWords
    .filter((row) => row.families.some((family) => families.includes(family)))
    .map(({ name }) => name);
  const lasting = wordsOf(kind).filter((word) => !['created', 'deleted', 'scheduled'].includes(word));

  expect(lasting.toSorted()).toEqual([...new Set(written)].toSorted());
});

test.each(kinds)('%s has the one-word forms that authors may write of it', (kind) => {
  const families = familiesOf(kind);
  const written = stateForms
    .filter((form) => form.families.some((family) => families.includes(family)))
    .map(({ form, word, value, condition }) => [form, word, condition === undefined ? value : { [condition]: value }]);
  const read = [...oneWordForms(kind)].map(([form, { word, value }]) => [form, word, value]);

  const byName = (a: unknown, b: unknown): number => (String(a) < String(b) ? -1 : 1);
  expect(read.toSorted(byName)).toEqual(written.toSorted(byName));
});

test('references are told in one spelling', () => {
  expect(
    ['sts/web', 'statefulset/web', 'statefulsets.apps/web', 'rs0.db.example.com/x', 'none'].map(canonicalReference),
  ).toEqual(['statefulset.apps/web', 'statefulset.apps/web', 'statefulset.apps/web', 'rs0.db.example.com/x', 'none']);
});
