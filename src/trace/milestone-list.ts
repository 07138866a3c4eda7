// All milestones of a trace, in the order in which they came.

import { observeChanges } from './change.ts';
import { milestonesOf } from './milestones.ts';
import { eventKind, nodeKind } from './words/kinds.ts';
import { createWorld } from './world.ts';
import type { Change } from './change.ts';
import type { Observation } from './record.ts';

/** One milestone of one object. */
export interface Milestone {
  /** `pod/web-1 Ready`, and `pod/web-1 Ready (2)` for the second time. */
  readonly key: string;
  /** `pod/web-1`. */
  readonly subject: string;
  readonly word: string;
  /** From 1. */
  readonly time: number;
  /** Milliseconds; not later than it was seen, nor than anything behind it was seen. */
  readonly atMs: number;
  /** Milestones of one watch event have the same place, and no order among them. */
  readonly place: number;
  readonly step: number;
  readonly change: Change;
}

/** How an object is called in keys: `kind/name` where nothing else is said. */
export type Naming = (change: Change) => string;

/** The milestones after the beginning (step -1), of all objects but Events, which are about others. */
export function listMilestones(
  observations: readonly Observation[],
  nameOf: Naming = ({ kind, name }) => `${kind}/${name}`,
): readonly Milestone[] {
  const moments = momentsOf(observations);
  const world = createWorld();
  const counts = new Map<string, number>();
  const milestones: Milestone[] = [];
  for (const [place, observation] of observations.entries()) {
    observeChanges(world, observation, (change) => {
      if (change.kind === eventKind) return;
      for (const word of wordsOf(change)) {
        const subject = nameOf(change);
        const name = `${subject} ${word}`;
        const time = (counts.get(name) ?? 0) + 1;
        counts.set(name, time);
        const key = time === 1 ? name : `${name} (${time})`;
        const { step } = observation;
        if (step < 0) continue;
        milestones.push({ key, subject, word, time, atMs: moments[place] ?? 0, place, step, change });
      }
    });
  }
  return milestones;
}

/** Watches deliver late, some more than others: what happened before something else was not later than that was seen. */
function momentsOf(observations: readonly Observation[]): readonly number[] {
  const moments = observations.map(({ at }) => at);
  let least = Infinity;
  for (let place = moments.length - 1; place >= 0; place -= 1) {
    least = Math.min(least, moments[place] ?? Infinity);
    moments[place] = least;
  }
  return moments;
}

/** Nodes are there before a recording begins, and first seen when something happens to them. */
function wordsOf(change: Change): readonly string[] {
  const words = milestonesOf(change);
  if (change.kind !== nodeKind || change.before !== undefined) return words;
  if (change.record.type !== 'MODIFIED') return [];
  return words.includes('Ready') ? [] : ['NotReady'];
}
