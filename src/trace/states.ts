// The words of states: which there are for a kind, and how their values are read (table S of the language).

import { edgeWords, commonWords } from './words/common-words.ts';
import * as kinds from './words/kinds.ts';
import { podWords } from './words/pod-words.ts';
import { claimWords, eventWords, nodeWords, revisionWords, serviceWords, volumeWords } from './words/other-words.ts';
import { setWords } from './words/set-words.ts';
import type { Json } from '../kubernetes/object.ts';
import type { KindKey } from '../kubernetes/kind.ts';
import type { Word } from './words/word.ts';

export type { Word } from './words/word.ts';
export { canonicalReference, edgeWords } from './words/common-words.ts';

/** A one-word form and what it stands for. */
export interface WordForm {
  readonly word: string;
  readonly value: Json;
}

const wordsByKind: ReadonlyMap<KindKey, ReadonlyMap<string, Word>> = new Map([
  [kinds.podKind, podWords],
  [kinds.statefulSetKind, setWords],
  [kinds.deploymentKind, setWords],
  [kinds.replicaSetKind, setWords],
  [kinds.daemonSetKind, setWords],
  [kinds.claimKind, claimWords],
  [kinds.volumeKind, volumeWords],
  [kinds.serviceKind, serviceWords],
  [kinds.nodeKind, nodeWords],
  [kinds.controllerRevisionKind, revisionWords],
  [kinds.eventKind, eventWords],
]);

const phasesByKind: ReadonlyMap<KindKey, readonly string[]> = new Map([
  [kinds.podKind, ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown']],
  [kinds.claimKind, ['Pending', 'Bound', 'Lost']],
  [kinds.volumeKind, ['Pending', 'Available', 'Bound', 'Released', 'Failed']],
]);

/** The word for a kind; undefined when the kind has none of that name. Edge-only words have no reader. */
export function wordOf(kind: KindKey, word: string): Word | undefined {
  return wordsByKind.get(kind)?.get(word) ?? commonWords.get(word);
}

/** Every word that a state of a kind may use, edge-only ones last. */
export function wordsOf(kind: KindKey): readonly string[] {
  const own = [...(wordsByKind.get(kind)?.keys() ?? [])];
  return [...own, ...commonWords.keys(), ...edgeWords.filter((word) => word !== 'scheduled' || kind === kinds.podKind)];
}

/** The one-word forms of a kind: `Ready` is `ready: true`, `Bound` is `phase: Bound`. */
export function oneWordForms(kind: KindKey): ReadonlyMap<string, WordForm> {
  const forms = new Map<string, WordForm>([
    ['Terminating', { word: 'terminating', value: true }],
    ['Created', { word: 'created', value: true }],
    ['Deleted', { word: 'deleted', value: true }],
  ]);
  if (kind === kinds.podKind) forms.set('Scheduled', { word: 'scheduled', value: true });
  if (wordsByKind.get(kind)?.has('ready') === true) {
    forms.set('Ready', { word: 'ready', value: true });
    forms.set('NotReady', { word: 'ready', value: false });
  }
  if (wordsByKind.get(kind)?.has('updated') === true) forms.set('Updated', { word: 'updated', value: true });
  for (const phase of phasesByKind.get(kind) ?? []) forms.set(phase, { word: 'phase', value: phase });
  if (kind === kinds.deploymentKind) forms.set('Available', { word: 'conditions', value: { Available: true } });
  return forms;
}
