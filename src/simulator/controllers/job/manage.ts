// Which pods a job creates and deletes now (JOB-03, JOB-05, JOB-06). Follows manageJob of pkg/controller/job/job_controller.go.

import { parseTimestamp } from '../../timestamp.ts';
import { failuresBefore } from './index-failures.ts';
import { finishedAt, indexOf } from './tally.ts';
import type { Micros } from '../../clock.ts';
import type { Pod } from '../../kubelet/pod.ts';
import type { Tally } from './tally.ts';
import type { Job } from './types.ts';

/** What is to be done; `wait` is the rest of a back-off that keeps pods from being created. */
export interface JobPlan {
  /** Indexes, or undefined for each pod of a job without them. */
  readonly create: readonly (number | undefined)[];
  readonly remove: readonly Pod[];
  readonly wait?: Micros;
}

const backoffFirst: Micros = 10_000_000;
const backoffMax: Micros = 600_000_000;
/** MaxPodCreateDeletePerSync. */
const burstMax = 500;

/** Plans one pass. `failures` are those since the last success. */
export function planJobPods(
  job: Job,
  tally: Tally,
  { now, failures }: { readonly now: Micros; readonly failures: Failures },
): JobPlan {
  const { spec } = job;
  if (spec.suspend === true) return { create: [], remove: tally.active };
  const wanted = wantedOf(job, tally);
  const surplus = tally.active.length - wanted;
  if (surplus > 0) return { create: [], remove: leastUseful(tally.active).slice(0, surplus) };
  const held = spec.podReplacementPolicy === 'Failed' ? tally.terminating : 0;
  const missing = Math.min(wanted - tally.active.length - held, burstMax);
  if (missing <= 0) return { create: [], remove: [] };
  if (spec.backoffLimitPerIndex !== undefined) return planByIndex(freePlaces(job, tally, missing), tally, now);
  const wait = failures.remaining(now);
  if (wait > 0) return { create: [], remove: [], wait };
  return { create: freePlaces(job, tally, missing), remove: [] };
}

/** Each index has a back-off of its own; those that wait hold nobody else up. */
function planByIndex(places: readonly (number | undefined)[], { kept }: Tally, now: Micros): JobPlan {
  const create: (number | undefined)[] = [];
  let wait: Micros | undefined;
  for (const index of places) {
    const rest = restOf(index === undefined ? undefined : kept.get(index), now);
    if (rest === 0) create.push(index);
    else wait = Math.min(wait ?? rest, rest);
  }
  if (create.length > 0 || wait === undefined) return { create, remove: [] };
  return { create, remove: [], wait };
}

function restOf(failed: Pod | undefined, now: Micros): Micros {
  if (failed === undefined) return 0;
  const { counted, ignored } = failuresBefore(failed);
  const last = Math.max(finishedAt(failed), parseTimestamp(failed.metadata.creationTimestamp) ?? 0);
  return remaining({ failures: counted + ignored + 1, last }, now);
}

function remaining({ failures, last }: { readonly failures: number; readonly last: Micros }, now: Micros): Micros {
  return Math.max(0, last + Math.min(backoffFirst * 2 ** (failures - 1), backoffMax) - now);
}

function wantedOf({ spec }: Job, { active, succeeded }: Tally): number {
  const { completions, parallelism = 1 } = spec;
  if (completions === undefined) return succeeded > 0 ? Math.min(active.length, parallelism) : parallelism;
  return Math.max(0, Math.min(completions - succeeded, parallelism));
}

function freePlaces(
  { spec }: Job,
  { active, completed, failedIndexes, vacating }: Tally,
  count: number,
): (number | undefined)[] {
  if (spec.completionMode !== 'Indexed') return Array.from({ length: count }, () => undefined);
  const taken = new Set([...completed, ...failedIndexes, ...vacating, ...active.map(indexOf)]);
  const places: number[] = [];
  for (let index = 0; index < (spec.completions ?? 0) && places.length < count; index++) {
    if (!taken.has(index)) places.push(index);
  }
  return places;
}

/** Pods that have come least far first, as for a ReplicaSet (RS-06). */
function leastUseful(pods: readonly Pod[]): readonly Pod[] {
  const rank = (pod: Pod): number => (pod.spec.nodeName === undefined ? 0 : pod.status.phase === 'Pending' ? 1 : 2);
  return [...pods].sort((a, b) => {
    const difference = rank(a) - rank(b);
    if (difference !== 0) return difference;
    const [left, right] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp];
    return left === right ? 0 : left > right ? -1 : 1;
  });
}

/** The failures of one job since its last success, for the back-off between pods: 10 s, doubled, up to 10 minutes. */
export class Failures {
  #count = 0;
  #last: Micros = 0;
  #noted: ReadonlySet<string> = new Set();

  /** Takes in the pods that a pass finds finished. */
  note({ newSucceeded, newFailed }: Pick<Tally, 'newSucceeded' | 'newFailed'>, now: Micros): void {
    const lastSuccess = Math.max(-1, ...newSucceeded.map(finishedAt));
    if (newSucceeded.length > 0) this.#count = 0;
    const noted = this.#noted;
    this.#noted = new Set(newFailed.map(({ metadata }) => metadata.uid));
    for (const pod of newFailed) {
      // Pods that the failure policy ignores are found again until the loss of their finalizer is seen.
      if (noted.has(pod.metadata.uid)) continue;
      const at = finishedAt(pod) || now;
      if (at < lastSuccess) continue;
      this.#count += 1;
      this.#last = Math.max(this.#last, at);
    }
  }

  remaining(now: Micros): Micros {
    if (this.#count === 0) return 0;
    return remaining({ failures: this.#count, last: this.#last }, now);
  }
}
