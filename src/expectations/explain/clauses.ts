// Why clauses do not hold (or, in `never`, that they do) at the present point.

import { compareNatural } from '../../kubernetes/names.ts';
import { LiveClause } from '../clauses/live-clause.ts';
import { fieldReader } from '../matchers/field.ts';
import { formatMatcher } from '../matchers/format-matcher.ts';
import { mismatches } from '../matchers/mismatches.ts';
import { formatValue } from '../matchers/operand.ts';
import { placeOf } from '../matchers/place.ts';
import { selectNames } from '../clauses/select.ts';
import { holdsForAbsent, stateHolds, stateMismatches } from '../clauses/state.ts';
import { describeObject, formatSubject } from './describe.ts';
import type { Json } from '../../kubernetes/object.ts';
import type { Clause, ClauseGroup } from '../../scenario/model.ts';
import type { World } from '../../trace/world.ts';
import type { Subject } from '../scene.ts';
import type { Explanation } from '../verdict.ts';

/** What is to be said of clauses. */
export interface ClauseFindings {
  /** One sentence. */
  readonly seen: string;
  readonly compared: Explanation['compared'];
  readonly lines: Explanation['lines'];
  /** The objects that are to blame. */
  readonly subjects: readonly Subject[];
}

const rowsMax = 10;
const subjectsMax = 8;
/** A sentence that names more than these is no longer read. */
const listedMax = 3;

/** Says why a group does not hold at the present point: its clauses that do not. */
export function explainUnmet(group: ClauseGroup, world: World): ClauseFindings {
  const failing = group.clauses.filter((clause) => !new LiveClause(clause, { world, reading: 'each' }).holds);
  const parts = (failing.length === 0 ? group.clauses : failing).map((clause) => unmetClause(clause, world));
  return {
    seen: parts.map(({ seen }) => seen).join('; '),
    compared: parts.flatMap(({ compared }) => compared).slice(0, rowsMax),
    lines: parts.flatMap(({ lines }) => lines),
    subjects: parts.flatMap(({ subjects }) => subjects),
  };
}

/** Says which objects make a group hold at the present point. */
export function explainMet(group: ClauseGroup, world: World): ClauseFindings {
  const subjects = group.clauses.flatMap((clause) =>
    namesInState(clause, world).map((name) => subjectOf(clause, name)),
  );
  const states = subjects.map(
    (subject) => `${formatSubject(subject)} is ${describeObject(subject.kind, world.get(subject.kind, subject.name))}`,
  );
  return {
    seen: states.length === 0 ? group.text : listed(states),
    compared: [],
    lines: group.clauses.map(({ span, text }) => ({ span, text })),
    subjects: subjects.slice(0, subjectsMax),
  };
}

function unmetClause(clause: Clause, world: World): ClauseFindings {
  const lines = [{ span: clause.span, text: clause.text }];
  const { quantifier, selection } = clause;
  if (quantifier.kind !== 'each') return { ...quantified(clause, world), lines };
  const names = selectNames(selection, world);
  if (selection.kind !== 'names' && clause.is !== undefined && holdsForAbsent(clause.is)) {
    const subjects = names.map((name) => subjectOf(clause, name)).slice(0, subjectsMax);
    return { seen: `${selection.text}: ${listed(names)} still there`, compared: [], lines, subjects };
  }
  if (names.length === 0) return { seen: `${selection.text}: no such object`, compared: [], lines, subjects: [] };
  const inState = new Set(namesInState(clause, world));
  const failing = names.filter((name) => !inState.has(name)).map((name) => subjectOf(clause, name));
  const [first] = failing;
  const state =
    first === undefined
      ? ''
      : `${formatSubject(first)} is ${describeObject(first.kind, world.get(first.kind, first.name))}`;
  const rest = failing.length > 1 ? `, and ${failing.length - 1} more of ${names.length}` : '';
  return {
    seen: `${state}${rest}`,
    compared: failing
      .flatMap((subject) => rowsOf(clause, { subject, world, single: names.length === 1 }))
      .slice(0, rowsMax),
    lines,
    subjects: failing.slice(0, subjectsMax),
  };
}

function rowsOf(
  { is }: Clause,
  { subject, world, single }: { readonly subject: Subject; readonly world: World; readonly single: boolean },
): Explanation['compared'] {
  const place = placeOf(world, subject.kind, subject.name);
  const found =
    is === undefined ? [{ field: '', expected: 'to exist', received: 'no such object' }] : stateMismatches(is, place);
  // With one object the field alone is enough.
  const prefix = single && found.every(({ field }) => field !== '') ? '' : `${formatSubject(subject)} `;
  return found.map(({ field, expected, received }) => ({ field: `${prefix}${field}`.trim(), expected, received }));
}

function quantified(clause: Clause, world: World): Omit<ClauseFindings, 'lines'> {
  const { quantifier, selection } = clause;
  const inState = namesInState(clause, world);
  const all = selectNames(selection, world);
  const others = all.filter((name) => !inState.includes(name)).map((name) => subjectOf(clause, name));
  const subjects = (others.length > 0 ? others : inState.map((name) => subjectOf(clause, name))).slice(0, subjectsMax);
  const place = { world, kind: selection.of, name: '', object: undefined };
  if (quantifier.kind === 'count') {
    const state = clause.is === undefined ? 'exist' : `are ${clause.is.text}`;
    const expected = formatMatcher(quantifier.matcher);
    const seen = `${inState.length} of ${selection.text} ${state}${inState.length > 0 ? ` (${listed(inState)})` : ''}`;
    return {
      seen,
      compared: [{ field: `count of ${selection.text}`, expected, received: String(inState.length) }],
      subjects,
    };
  }
  if (quantifier.kind === 'each') return { seen: clause.text, compared: [], subjects };
  const field = quantifier.kind === 'names' ? 'names' : quantifier.field;
  const reader = fieldReader(field, selection.of);
  const values: readonly Json[] =
    quantifier.kind === 'names'
      ? inState
      : inState.map((name) => {
          const object = world.get(selection.of, name);
          return (object && reader.read(object, { world, kind: selection.of, name })) ?? null;
        });
  const rows = mismatches(quantifier.matcher, values, place);
  const compared = rows
    .map(({ field: inside, expected, received }) => ({
      field: `${field}${inside} of ${selection.text}`,
      expected,
      received,
    }))
    .slice(0, rowsMax);
  return { seen: `${field} of ${selection.text}: ${listed(values.map(formatValue))}`, compared, subjects };
}

/** `a, b, c, and 7 more`. */
function listed(words: readonly string[]): string {
  const shown = words.slice(0, listedMax).join(', ');
  return words.length > listedMax ? `${shown}, and ${words.length - listedMax} more` : shown;
}

function namesInState({ selection, is }: Clause, world: World): readonly string[] {
  const names = selectNames(selection, world).filter((name) => {
    const place = placeOf(world, selection.of, name);
    return is === undefined ? place.object !== undefined : stateHolds(is, place);
  });
  return selection.kind === 'names' ? names.sort(compareNatural) : names;
}

function subjectOf({ selection }: Clause, name: string): Subject {
  return { kind: selection.of, name };
}
