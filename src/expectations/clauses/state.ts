// Whether an object is in a state, and if not, why.

import { setCounters } from '../../trace/words/set-words.ts';
import { setKinds } from '../../trace/words/kinds.ts';
import { canonicalReference, wordOf } from '../../trace/states.ts';
import { generationObserved } from '../../trace/words/word.ts';
import { matches, memberOf } from '../matchers/matches.ts';
import { mismatches } from '../matchers/mismatches.ts';
import type { KindKey } from '../../kubernetes/kind.ts';
import type { Json, KubernetesObject } from '../../kubernetes/object.ts';
import type { Matcher, State, StateWord } from '../../scenario/model.ts';
import type { Word } from '../../trace/states.ts';
import type { Match } from '../matchers/matches.ts';
import type { Mismatch } from '../matchers/mismatches.ts';
import type { Place } from '../matchers/place.ts';

/** Whether all words of a state hold. Of a name that nothing bears only `exists: false` can hold. */
export function stateHolds(state: State, place: Place): boolean {
  return state.words.every((word) => wordHolds(word, place));
}

/** The same for one kind, with the words looked up once: for states that are read at every record. */
export function compileState(state: State, kind: KindKey): (place: Place) => boolean {
  const absent = holdsForAbsent(state);
  const tests = state.words.map(({ word: name, matcher }): ((object: KubernetesObject, place: Place) => boolean) => {
    const word = wordOf(kind, name);
    if (word === undefined) return () => false;
    if (word.meets !== 'value') {
      return (object, place) => valueMatches({ matcher, value: word.read(object, place), word, name }, place) === true;
    }
    const flag = flagOf(matcher);
    if (flag !== undefined) return (object, place) => word.read(object, place) === flag;
    const wanted = referenceWords.has(name) ? withCanonicalReferences(matcher) : matcher;
    return (object, place) => matches(wanted, word.read(object, place), place) === true;
  });
  return (place) => {
    const { object } = place;
    if (object === undefined) return absent;
    for (const test of tests) if (!test(object, place)) return false;
    return true;
  };
}

/** What `ready: true` wants: most states of most scenarios are of this kind. */
function flagOf(matcher: Matcher): boolean | undefined {
  const value = matcher.kind === 'equals' && matcher.operand.kind === 'value' ? matcher.operand.value : undefined;
  return typeof value === 'boolean' ? value : undefined;
}

/** Whether a state can hold of a name that nothing bears: it says `exists: false`. */
export function holdsForAbsent(state: State): boolean {
  return state.words.length > 0 && state.words.every((word) => word.word === 'exists' && saysAbsent(word));
}

/** Why a state does not hold, by field; empty when it does. */
export function stateMismatches(state: State, place: Place): readonly Mismatch[] {
  const { object } = place;
  if (object === undefined) {
    const failing = state.words.find((word) => !wordHolds(word, place));
    return failing === undefined ? [] : [{ field: '', expected: state.text, received: 'no such object' }];
  }
  return state.words.filter((word) => !wordHolds(word, place)).flatMap((word) => wordMismatches(word, object, place));
}

function wordHolds(stateWord: StateWord, place: Place): boolean {
  const { object } = place;
  if (object === undefined) return stateWord.word === 'exists' && saysAbsent(stateWord);
  const word = wordOf(place.kind, stateWord.word);
  if (word === undefined) return false;
  return (
    valueMatches({ matcher: stateWord.matcher, value: word.read(object, place), word, name: stateWord.word }, place) ===
    true
  );
}

function saysAbsent({ matcher }: StateWord): boolean {
  return matcher.kind === 'equals' && matcher.operand.kind === 'value' && matcher.operand.value === false;
}

interface WordValue {
  readonly matcher: Matcher;
  readonly value: Json | undefined;
  readonly word: Word;
  readonly name: string;
}

function valueMatches({ matcher, value, word, name }: WordValue, place: Place): Match {
  if (word.meets === 'any' && Array.isArray(value)) {
    return (value as readonly Json[]).some((one) => matches(matcher, one, place) === true);
  }
  if (word.meets === 'every' && matcher.kind !== 'members') {
    const values =
      typeof value === 'object' && value !== null ? Object.values(value as Readonly<Record<string, Json>>) : [];
    return values.length > 0 && values.every((one) => matches(matcher, one, place) === true);
  }
  return matches(referenceWords.has(name) ? withCanonicalReferences(matcher) : matcher, value, place);
}

/** Words whose value is a reference: authors write any spelling of the kind. */
const referenceWords: ReadonlySet<string> = new Set(['ownedBy', 'about']);

function withCanonicalReferences(matcher: Matcher): Matcher {
  if (matcher.kind === 'not') return { ...matcher, matcher: withCanonicalReferences(matcher.matcher) };
  if (matcher.kind === 'anyOf' || matcher.kind === 'allOf') {
    return { ...matcher, matchers: matcher.matchers.map(withCanonicalReferences) };
  }
  if (matcher.kind !== 'equals' || matcher.operand.kind !== 'value') return matcher;
  const { value } = matcher.operand;
  return typeof value === 'string'
    ? { kind: 'equals', operand: { kind: 'value', value: canonicalReference(value) } }
    : matcher;
}

function wordMismatches(stateWord: StateWord, object: KubernetesObject, place: Place): readonly Mismatch[] {
  const { word: name, matcher } = stateWord;
  const word = wordOf(place.kind, name);
  if (word === undefined) return [{ field: name, expected: stateWord.text, received: 'a kind without that word' }];
  if ((name === 'ready' || name === 'updated') && setKinds.has(place.kind)) return counterMismatches(stateWord, object);
  const value = word.read(object, place);
  const prefix = name === 'fields' ? '' : name;
  const plain = { field: prefix, expected: stateWord.text, received: JSON.stringify(value) ?? 'nothing' };
  if (word.meets === 'any') return [plain];
  if (word.meets === 'every' && matcher.kind !== 'members') {
    const images = Object.entries((value ?? {}) as Readonly<Record<string, Json>>);
    return images.flatMap(([key]) =>
      mismatches(matcher, memberOf(value, key), place).map(({ expected, received }) => ({
        field: `${name}.${key}`,
        expected,
        received,
      })),
    );
  }
  const found = mismatches(referenceWords.has(name) ? withCanonicalReferences(matcher) : matcher, value, place);
  if (found.length === 0) return [plain];
  return found.map(({ field, expected, received }) => ({ field: joinPath(prefix, field), expected, received }));
}

/** A set that is not ready is explained by what it counts (`readyReplicas 2 of 3`), not by a bare false. */
function counterMismatches(stateWord: StateWord, set: KubernetesObject): readonly Mismatch[] {
  const { desired, replicas, ready, updated } = setCounters(set);
  const rows: Mismatch[] = [];
  const want = (field: string, received: number): void => {
    if (received !== desired) rows.push({ field, expected: String(desired), received: String(received) });
  };
  want('status.replicas', replicas);
  if (stateWord.word === 'ready') want('status.readyReplicas', ready);
  else want('status.updatedReplicas', updated);
  if (!generationObserved(set)) {
    const observed = (set['status'] as { readonly observedGeneration?: number } | undefined)?.observedGeneration;
    const expected = String(set.metadata.generation);
    rows.push({ field: 'status.observedGeneration', expected, received: String(observed ?? 'nothing') });
  }
  return rows.length > 0 ? rows : [{ field: stateWord.word, expected: stateWord.text, received: 'ready' }];
}

function joinPath(prefix: string, field: string): string {
  if (prefix === '' || field === '') return prefix + field;
  return field.startsWith('[') ? `${prefix}${field}` : `${prefix}.${field}`;
}
