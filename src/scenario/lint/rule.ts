// What every rule of lint gets, and small questions that several ask.

import type { BoundStep, Clause, Event, Expect, Scenario } from '../model.ts';
import type { ProblemList } from '../problem-list.ts';
import type { Makeable } from './makeable.ts';

/** A scenario as rules see it: the first run, bound as far as the text tells. */
export interface Linted {
  readonly scenario: Scenario;
  readonly steps: readonly BoundStep[];
  readonly invariants: readonly Expect[];
  readonly makeable: Makeable;
  /** Stands in names for a value that only a run knows: nothing may be concluded from such a name. */
  readonly placeholder: string;
}

/** One rule: looks at a scenario and notes warnings. */
export type Rule = (linted: Linted, warnings: ProblemList) => void;

/** The word of an event that is an edge of one object and nothing else: `created`, `phase Running`, `ready true`. */
export function edgeKey(event: Event): string | undefined {
  if (event.kind !== 'edge' || event.clause.quantifier.kind !== 'each') return undefined;
  const { selection, is } = event.clause;
  if (selection.kind !== 'names' || selection.names.length !== 1) return undefined;
  return `${selection.of}/${selection.names[0]} ${is === undefined ? 'exists' : wordsOf(is)}`;
}

/** The name of the one object that an event is about. */
export function nameOf(event: Event): string | undefined {
  const selection = event.kind === 'edge' ? event.clause.selection : event.selection;
  return selection.kind === 'names' && selection.names.length === 1
    ? `${selection.of}/${selection.names[0]}`
    : undefined;
}

/** The words of an event's state, in one text that is equal for equal states. */
export function milestoneOf(event: Event): string | undefined {
  return event.kind === 'edge' && event.clause.is !== undefined ? wordsOf(event.clause.is) : undefined;
}

/** All clauses of positive words: those that want to be seen. */
export function wantedClauses(expect: Expect): readonly Clause[] {
  const groups = [
    ...expect.eventually,
    ...expect.settled,
    ...expect.holds.map(({ group }) => group),
    ...(expect.until?.kind === 'reached' ? expect.until.groups : []),
  ];
  const events = expect.order.flatMap((item) => item.events);
  return [
    ...groups.flatMap(({ clauses }) => clauses),
    ...events.flatMap((event) => (event.kind === 'edge' ? [event.clause] : [])),
  ];
}

function wordsOf(state: NonNullable<Clause['is']>): string {
  return state.words.map(({ word, matcher }) => `${word} ${JSON.stringify(matcher)}`).join(' ');
}
