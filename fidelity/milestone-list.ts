// The milestones of a recording, in the order in which they came.

import { observeChanges } from '../src/trace/change.ts';
import { milestonesOf } from '../src/trace/milestones.ts';
import { createWorld } from '../src/trace/world.ts';
import { kinds } from './kinds.ts';
import type { Change } from '../src/trace/change.ts';
import type { Observation } from '../src/trace/record.ts';
import type { Recording } from './recording.ts';

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
  readonly change: Change;
}

/** The milestones after the beginning, of all objects but Events, which are compared by themselves. */
export function milestoneList({ observations }: Recording): readonly Milestone[] {
  const moments = momentsOf(observations);
  const world = createWorld();
  const counts = new Map<string, number>();
  const milestones: Milestone[] = [];
  for (const [place, observation] of observations.entries()) {
    observeChanges(world, observation, (change) => {
      if (change.kind === kinds.event) return;
      for (const word of wordsOf(change)) {
        const subject = `${change.kind}/${change.name}`;
        const name = `${subject} ${word}`;
        const time = (counts.get(name) ?? 0) + 1;
        counts.set(name, time);
        const key = time === 1 ? name : `${name} (${time})`;
        if (observation.step < 0) continue;
        milestones.push({ key, subject, word, time, atMs: moments[place]!, place, change });
      }
    });
  }
  return milestones;
}

/** Watches deliver late, some more than others: what happened before something else was not later than that was seen. */
function momentsOf(observations: readonly Observation[]): readonly number[] {
  const moments = observations.map(({ at }) => at);
  for (let place = moments.length - 2; place >= 0; place--) {
    moments[place] = Math.min(moments[place]!, moments[place + 1]!);
  }
  return moments;
}

/** Nodes are there before a recording begins, and first seen when something happens to them. */
function wordsOf(change: Change): readonly string[] {
  const words = milestonesOf(change);
  if (change.kind !== kinds.node || change.before !== undefined) return words;
  if (change.record.type !== 'MODIFIED') return [];
  return words.includes('Ready') ? [] : ['NotReady'];
}
