// What a job's pods come to: active, succeeded and failed ones, each finished pod counted once (JOB-02).

import { podCondition } from '../../kubelet/pod.ts';
import { parseTimestamp } from '../../timestamp.ts';
import { judgeFailure } from './failure-policy.ts';
import { failsIndex, failuresBefore } from './index-failures.ts';
import { indexLabel, trackingFinalizer } from './types.ts';
import type { Micros } from '../../clock.ts';
import type { Pod } from '../../kubelet/pod.ts';
import type { Job } from './types.ts';

/** The pods of a job, sorted out. */
export interface Tally {
  readonly active: readonly Pod[];
  readonly ready: number;
  readonly terminating: number;
  /** Finished pods that still carry the finalizer. */
  readonly newSucceeded: readonly Pod[];
  readonly newFailed: readonly Pod[];
  /** Those among the failed ones that the failure policy does not ignore. */
  readonly newCounted: readonly Pod[];
  /** Failed pods that are kept, by index, until their replacement carries on their count. */
  readonly kept: ReadonlyMap<number, Pod>;
  /** With those that were counted before. */
  readonly succeeded: number;
  readonly failed: number;
  /** Indexes that have succeeded, of an Indexed job. */
  readonly completed: ReadonlySet<number>;
  /** Indexes that have failed for good, of an Indexed job with a limit for each. */
  readonly failedIndexes: ReadonlySet<number>;
  /** Indexes that a terminating pod still takes, where replacements wait for its end. */
  readonly vacating: ReadonlySet<number>;
  /** Restarts of the containers of pods that are restarted in place. */
  readonly restarts: number;
}

/** Counts. A pod that is being deleted has failed, unless it has succeeded (podReplacementPolicy TerminatingOrFailed). */
export function tallyOf(job: Job, pods: readonly Pod[]): Tally {
  const { status, spec } = job;
  const uncounted = status?.uncountedTerminatedPods ?? {};
  const told = new Set([...(uncounted.succeeded ?? []), ...(uncounted.failed ?? [])]);
  const lateFailure = spec.podReplacementPolicy === 'Failed';
  const active: Pod[] = [];
  const newSucceeded: Pod[] = [];
  const newFailed: Pod[] = [];
  let ready = 0;
  let terminating = 0;
  let restarts = 0;
  const vacating = new Set<number>();
  for (const pod of pods) {
    const { phase } = pod.status;
    const deleted = pod.metadata.deletionTimestamp !== undefined;
    const ended = phase === 'Succeeded' || phase === 'Failed';
    const counts = isTracked(pod) && !told.has(pod.metadata.uid);
    if (!ended && deleted) {
      terminating += 1;
      if (lateFailure) vacating.add(indexOf(pod));
    }
    if (!ended && !deleted) {
      active.push(pod);
      if (podCondition(pod, 'Ready')?.status === 'True') ready += 1;
      for (const { restartCount } of pod.status.containerStatuses ?? []) restarts += restartCount;
    } else if (phase === 'Succeeded') {
      if (counts) newSucceeded.push(pod);
    } else if (counts && (phase === 'Failed' || !lateFailure)) newFailed.push(pod);
  }
  const completed = parseIndexes(status?.completedIndexes ?? '');
  if (spec.completionMode === 'Indexed') for (const pod of newSucceeded) completed.add(indexOf(pod));
  const failedIndexes = parseIndexes(status?.failedIndexes ?? '');
  for (const pod of newFailed) if (failsIndex(job, pod)) failedIndexes.add(indexOf(pod));
  const newCounted = newFailed.filter((pod) => judgeFailure(job, pod).action !== 'Ignore');
  const settled = new Set([...completed, ...failedIndexes, ...active.map(indexOf)]);
  return {
    active,
    ready,
    terminating,
    restarts,
    newSucceeded,
    newFailed,
    newCounted,
    kept: keptPods(job, pods, settled),
    failedIndexes,
    vacating,
    succeeded:
      spec.completionMode === 'Indexed'
        ? completed.size
        : (status?.succeeded ?? 0) + (uncounted.succeeded?.length ?? 0) + newSucceeded.length,
    failed: (status?.failed ?? 0) + (uncounted.failed?.length ?? 0) + newCounted.length,
    completed,
  };
}

/** The last failed pod of each index that has none in its place yet. */
function keptPods(job: Job, pods: readonly Pod[], settled: ReadonlySet<number>): ReadonlyMap<number, Pod> {
  const kept = new Map<number, Pod>();
  if (job.spec.backoffLimitPerIndex === undefined) return kept;
  for (const pod of pods) {
    const index = indexOf(pod);
    if (index < 0 || settled.has(index) || !isTracked(pod) || !isFailed(job, pod)) continue;
    const other = kept.get(index);
    if (other === undefined || isLater(pod, other)) kept.set(index, pod);
  }
  return kept;
}

/** Whether a pod counts as failed: one that is being deleted may, too, unless the job waits for its end. */
export function isFailed({ spec }: Job, { metadata, status }: Pod): boolean {
  if (status.phase === 'Failed') return true;
  return (
    spec.podReplacementPolicy !== 'Failed' && metadata.deletionTimestamp !== undefined && status.phase !== 'Succeeded'
  );
}

function isLater(pod: Pod, other: Pod): boolean {
  const total = (each: Pod): number => {
    const { counted, ignored } = failuresBefore(each);
    return counted + ignored;
  };
  return total(pod) >= total(other) && finishedAt(pod) >= finishedAt(other);
}

/** Whether a pod still waits to be counted. */
export function isTracked({ metadata }: Pod): boolean {
  return metadata.finalizers?.includes(trackingFinalizer) === true;
}

/** The index of a pod of an Indexed job. */
export function indexOf({ metadata }: Pod): number {
  return Number(metadata.annotations?.[indexLabel] ?? -1);
}

/** When a pod's last container ended, as far as its status says. */
export function finishedAt(pod: Pod): Micros {
  let latest: Micros = 0;
  for (const { state } of pod.status.containerStatuses ?? []) {
    const at = 'terminated' in state ? state.terminated.finishedAt : null;
    if (at !== null) latest = Math.max(latest, parseTimestamp(at) ?? 0);
  }
  return latest;
}

/** `0-2,5` as numbers. */
export function parseIndexes(text: string): Set<number> {
  const indexes = new Set<number>();
  for (const range of text === '' ? [] : text.split(',')) {
    const [first = 0, last = first] = range.split('-').map(Number);
    for (let index = first; index <= last; index++) indexes.add(index);
  }
  return indexes;
}

/** Numbers as `0-2,5`; two in a row stay two: `0,1`. */
export function formatIndexes(indexes: ReadonlySet<number>): string {
  const sorted = [...indexes].sort((a, b) => a - b);
  const ranges: [number, number][] = [];
  for (const index of sorted) {
    const range = ranges.at(-1);
    if (range !== undefined && range[1] === index - 1) range[1] = index;
    else ranges.push([index, index]);
  }
  return ranges
    .map(([first, last]) => (first === last ? `${first}` : `${first}${last === first + 1 ? ',' : '-'}${last}`))
    .join(',');
}
