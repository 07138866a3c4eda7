// Which changes can make a clause true or false: those of its own objects, and declared ones of others.

import { controllerOf } from '../../kubernetes/object.ts';
import { canonicalReference, wordOf } from '../../trace/states.ts';
import { equalValues } from '../matchers/compare.ts';
import { fieldReader } from '../matchers/field.ts';
import { operandsOf } from '../matchers/mismatches.ts';
import type { KindKey } from '../../kubernetes/kind.ts';
import type { Matcher, Selection, State, StateWord } from '../../scenario/model.ts';
import type { Change } from '../../trace/change.ts';
import type { World } from '../../trace/world.ts';

/** Tells whether a change of another object matters. */
export type ForeignTest = (change: Change) => boolean;

/** What something that is judged depends on. */
export interface Dependencies {
  /** Kinds whose changes must be shown; undefined: all. */
  readonly kinds: ReadonlySet<KindKey> | undefined;
  readonly foreign: readonly ForeignTest[];
  /** Whether it compares with the state at the start of a step, which changes without a record. */
  readonly start: boolean;
}

/** Depends on nothing. */
export const independent: Dependencies = { kinds: new Set(), foreign: [], start: false };

/** What a selection and a state of its objects depend on. */
export function dependenciesOf(options: {
  readonly selection: Selection;
  readonly state?: State | undefined;
  readonly matchers?: readonly Matcher[];
  readonly field?: string | undefined;
  readonly world: World;
}): Dependencies {
  const { selection, state, matchers = [], field, world } = options;
  const { of } = selection;
  const own: Dependencies = { kinds: new Set([of]), foreign: [], start: false };
  const parts = [own, ...matchers.map((matcher) => matcherDependencies(matcher, world))];
  if (state !== undefined) parts.push(stateDependencies(state, of, world));
  if (field !== undefined) parts.push(wordDependencies(field, of));
  if (selection.kind === 'where') {
    for (const matcher of [selection.name, selection.labels, selection.ordinal]) {
      if (matcher !== undefined) parts.push(matcherDependencies(matcher, world));
    }
    if (selection.where !== undefined) parts.push(stateDependencies(selection.where, of, world));
    if (selection.ownedBy !== undefined) parts.push(ownerDependencies(selection.ownedBy, of));
  }
  return joinDependencies(parts);
}

/** All of them together. */
export function joinDependencies(parts: readonly Dependencies[]): Dependencies {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const everything = parts.some((part) => part.kinds === undefined);
  return {
    kinds: everything ? undefined : new Set(parts.flatMap((part) => [...(part.kinds ?? [])])),
    foreign: parts.flatMap((part) => part.foreign),
    start: parts.some((part) => part.start),
  };
}

/** What a matcher's operands depend on. */
export function matcherDependencies(matcher: Matcher, world: World): Dependencies {
  const kinds = new Set<KindKey>();
  const foreign: ForeignTest[] = [];
  let start = false;
  for (const operand of operandsOf(matcher)) {
    if (operand.kind === 'value') continue;
    if (operand.at === 'start') {
      start = true;
      continue;
    }
    if (operand.of === 'it') continue;
    const { of, name } = operand.of;
    const reader = fieldReader(operand.field, of);
    kinds.add(of);
    foreign.push((change) => {
      if (change.kind !== of || change.name !== name) return false;
      const place = { world, kind: of, name };
      const before = change.before && reader.read(change.before, place);
      return !equalValues(before, change.after && reader.read(change.after, place));
    });
  }
  return { kinds, foreign, start };
}

function stateDependencies(state: State, of: KindKey, world: World): Dependencies {
  return joinDependencies(
    state.words.flatMap((word) => [
      word.word === 'ownedBy' ? bearerDependencies(word) : wordDependencies(word.word, of),
      matcherDependencies(word.matcher, world),
    ]),
  );
}

function wordDependencies(name: string, of: KindKey): Dependencies {
  const foreign = wordOf(of, name)?.foreign;
  const start = name === 'sinceStepStart';
  return foreign === undefined ? { ...independent, start } : { kinds: undefined, foreign: [foreign], start };
}

/** `ownedBy: REF` as a state changes with the bearer of the name, when another one takes it. */
function bearerDependencies(word: StateWord): Dependencies {
  const wanted = new Set<string>();
  for (const operand of operandsOf(word.matcher)) {
    if (operand.kind === 'value' && typeof operand.value === 'string') wanted.add(canonicalReference(operand.value));
  }
  const test: ForeignTest = ({ kind, name, before }) => before === undefined && wanted.has(`${kind}/${name}`);
  return { kinds: undefined, foreign: [test], start: false };
}

function ownerDependencies(owner: { readonly of: KindKey; readonly name: string }, of: KindKey): Dependencies {
  const test: ForeignTest = ({ kind, name, before, after }) => {
    if (before === undefined) return kind === owner.of && name === owner.name;
    // An intermediate owner (ReplicaSet) that is adopted or orphaned takes its pods with it.
    return kind !== of && after !== undefined && controllerOf(before)?.uid !== controllerOf(after)?.uid;
  };
  return { kinds: undefined, foreign: [test], start: false };
}
