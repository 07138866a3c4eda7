// A job's status, in the two steps in which it is written: finished pods are named, then counted (JOB-02).

import { formatIndexes, indexOf } from './tally.ts';
import { trueCondition } from './types.ts';
import { conditionOf } from './verdict.ts';
import type { Pod } from '../../kubelet/pod.ts';
import type { Tally } from './tally.ts';
import type { Job, JobCondition, JobStatus } from './types.ts';
import type { JobEnd } from './verdict.ts';

/** What a pass has come to. */
export interface Outcome {
  readonly tally: Tally;
  readonly end: JobEnd | undefined;
  readonly active: number;
}

/** The status that names the pods which have finished, and what the end will be. */
export function withNamed(job: Job, { tally, end, active }: Outcome, timestamp: string): JobStatus {
  const { active: _, uncountedTerminatedPods: uncounted = {}, ...status } = job.status ?? {};
  const succeeded = [...(uncounted.succeeded ?? []), ...tally.newSucceeded.map(({ metadata }) => metadata.uid)];
  const failed = [
    ...(uncounted.failed ?? []),
    ...tally.newCounted.filter((pod) => end !== undefined || !isKept(tally, pod)).map(({ metadata }) => metadata.uid),
  ];
  const indexes = job.spec.completionMode === 'Indexed' ? formatIndexes(tally.completed) : '';
  const conditions = withSuspension(job, targetConditions(job, end, timestamp), timestamp);
  const named: JobStatus = {
    ...status,
    ...(active > 0 && { active }),
    ready: tally.ready,
    terminating: tally.terminating,
    ...(indexes !== '' && { completedIndexes: indexes }),
    ...(job.spec.backoffLimitPerIndex !== undefined && { failedIndexes: formatIndexes(tally.failedIndexes) }),
    uncountedTerminatedPods: { ...(succeeded.length > 0 && { succeeded }), ...(failed.length > 0 && { failed }) },
    ...(conditions.length > 0 && { conditions }),
  };
  if (job.spec.suspend !== true) return named;
  const { startTime: __, ...suspended } = named;
  return suspended;
}

/** Whether a failed pod waits for its replacement before it is counted. */
export function isKept({ kept }: Tally, pod: Pod): boolean {
  return kept.get(indexOf(pod)) === pod;
}

/** What the end will be is told first, and stays beside the condition of the end itself. */
function targetConditions(job: Job, end: JobEnd | undefined, timestamp: string): readonly JobCondition[] {
  const conditions = job.status?.conditions ?? [];
  if (end === undefined) return conditions;
  const type = end.succeeded ? 'SuccessCriteriaMet' : 'FailureTarget';
  return trueCondition(job, type) === undefined ? [...conditions, conditionOf(type, end, timestamp)] : conditions;
}

function withSuspension(job: Job, conditions: readonly JobCondition[], timestamp: string): readonly JobCondition[] {
  const suspended = job.spec.suspend === true;
  const known = conditions.find(({ type }) => type === 'Suspended');
  if (known === undefined && !suspended) return conditions;
  if (known !== undefined && (known.status === 'True') === suspended) return conditions;
  const told = suspended
    ? { reason: 'JobSuspended', message: 'Job suspended' }
    : { reason: 'JobResumed', message: 'Job resumed' };
  const condition: JobCondition = {
    ...conditionOf('Suspended', told, timestamp),
    status: suspended ? 'True' : 'False',
  };
  return [...conditions.filter((each) => each !== known), condition];
}

/** The status in which named pods are counted, and the end is there if it has come. */
export function withCounted(
  named: JobStatus,
  { end, timestamp }: { readonly end: JobEnd | undefined; readonly timestamp: string },
): JobStatus {
  const { succeeded = [], failed = [] } = named.uncountedTerminatedPods ?? {};
  const counts = { succeeded: (named.succeeded ?? 0) + succeeded.length, failed: (named.failed ?? 0) + failed.length };
  const ended = end && conditionOf(end.succeeded ? 'Complete' : 'Failed', end, timestamp);
  return {
    ...named,
    uncountedTerminatedPods: {},
    ...(counts.succeeded > 0 && { succeeded: counts.succeeded }),
    ...(counts.failed > 0 && { failed: counts.failed }),
    ...(ended !== undefined && { conditions: [...(named.conditions ?? []), ended] }),
    ...(end?.succeeded === true && { completionTime: timestamp }),
  };
}
