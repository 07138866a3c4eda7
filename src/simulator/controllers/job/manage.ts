// Which pods a job creates and deletes now (JOB-03, JOB-05, JOB-06). Follows manageJob of pkg/controller/job/job_controller.go.

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
  const wait = failures.remaining(now);
  if (wait > 0) return { create: [], remove: [], wait };
  return { create: freePlaces(job, tally, missing), remove: [] };
}

function wantedOf({ spec }: Job, { active, succeeded }: Tally): number {
  const { completions, parallelism = 1 } = spec;
  if (completions === undefined) return succeeded > 0 ? Math.min(active.length, parallelism) : parallelism;
  return Math.max(0, Math.min(completions - succeeded, parallelism));
}

function freePlaces({ spec }: Job, { active, completed }: Tally, count: number): (number | undefined)[] {
  if (spec.completionMode !== 'Indexed') return Array.from({ length: count }, () => undefined);
  const taken = new Set([...completed, ...active.map(indexOf)]);
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

  /** Takes in the pods that a pass finds finished. */
  note({ newSucceeded, newFailed }: Pick<Tally, 'newSucceeded' | 'newFailed'>, now: Micros): void {
    const lastSuccess = Math.max(-1, ...newSucceeded.map(finishedAt));
    if (newSucceeded.length > 0) this.#count = 0;
    for (const pod of newFailed) {
      const at = finishedAt(pod) || now;
      if (at < lastSuccess) continue;
      this.#count += 1;
      this.#last = Math.max(this.#last, at);
    }
  }

  remaining(now: Micros): Micros {
    if (this.#count === 0) return 0;
    const pause = Math.min(backoffFirst * 2 ** (this.#count - 1), backoffMax);
    return Math.max(0, this.#last + pause - now);
  }
}
