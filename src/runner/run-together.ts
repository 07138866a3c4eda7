// Runs scenarios side by side on one real cluster: they wait for it most of the time, so one thread is enough. Scenarios that
// have to do with the whole cluster run alone.

import { OrderedMessages } from './ordered-messages.ts';
import { runPlanned } from './run-planned.ts';
import { touchesCluster } from './touches-cluster.ts';
import type { PlannedRun } from './plan-suite.ts';
import type { RunPlace } from './run-planned.ts';

/** What is to be run, and how many at a time. */
export interface TogetherRun extends RunPlace {
  /** The next run of the plan; undefined when there is none, or none is wanted any more. */
  readonly next: () => PlannedRun | undefined;
  readonly workers: number;
}

/** Runs until `next` gives nothing. What they tell is passed on in the order of the plan. */
export async function runTogether(run: TogetherRun): Promise<void> {
  const messages = new OrderedMessages(run.emit);
  const going = new Set<Promise<void>>();
  for (let planned = run.next(); planned !== undefined; planned = run.next()) {
    const lonely = touchesCluster(planned);
    if (lonely) await Promise.all(going);
    const lane = messages.lane();
    const made = runPlanned(planned, { ...run, emit: lane.emit }).then(lane.end);
    const kept: Promise<void> = made.finally(() => going.delete(kept));
    going.add(kept);
    if (lonely) await kept;
    else if (going.size >= run.workers) await Promise.race(going);
  }
  await Promise.all(going);
}
