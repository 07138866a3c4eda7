// Whether a job has come to its end, and which (JOB-02, JOB-03).

import { parseTimestamp } from '../../timestamp.ts';
import { judgeFailure } from './failure-policy.ts';
import { successByPolicy } from './success-policy.ts';
import { isFailed } from './tally.ts';
import { trueCondition } from './types.ts';
import type { Micros } from '../../clock.ts';
import type { Pod } from '../../kubelet/pod.ts';
import type { Tally } from './tally.ts';
import type { Job, JobCondition } from './types.ts';

/** How a job ends: what its conditions say. */
export interface JobEnd {
  readonly succeeded: boolean;
  readonly reason: string;
  readonly message: string;
}

const backoffLimitDefault = 6;

/** The end that was decided in an earlier pass and written as a target, or is due because of failures or time. */
export function earlyEnd(
  job: Job,
  { tally, pods }: { readonly tally: Tally; readonly pods: readonly Pod[] },
  now: Micros,
): JobEnd | undefined {
  const success = trueCondition(job, 'SuccessCriteriaMet');
  const failure = trueCondition(job, 'FailureTarget');
  const decided = success ?? failure;
  if (decided !== undefined)
    return { succeeded: success !== undefined, reason: decided.reason, message: decided.message };
  const fatal = failureByPolicy(job, pods);
  if (fatal !== undefined) return { succeeded: false, reason: 'PodFailurePolicy', message: fatal };
  return (
    limitReached(job, tally) ??
    deadlineReached(job, now) ??
    indexesFailed(job, tally) ??
    successByPolicy(job, tally.completed)
  );
}

/** The sentence about the first failed pod that is the end of the whole job. */
function failureByPolicy(job: Job, pods: readonly Pod[]): string | undefined {
  if (job.spec.podFailurePolicy === undefined) return undefined;
  for (const pod of pods) {
    const message = isFailed(job, pod) ? judgeFailure(job, pod).message : undefined;
    if (message !== undefined) return message;
  }
  return undefined;
}

function limitReached(job: Job, tally: Tally): JobEnd | undefined {
  const { backoffLimit = backoffLimitDefault, template } = job.spec;
  // Containers that are restarted in place count as failures, too.
  const restarting =
    template.spec.restartPolicy === 'OnFailure' && tally.restarts > 0 && tally.restarts >= backoffLimit;
  const anyRestart = template.spec.restartPolicy === 'OnFailure' && backoffLimit === 0 && tally.restarts > 0;
  if (tally.failed <= backoffLimit && !restarting && !anyRestart) return undefined;
  const message = 'Job has reached the specified backoff limit';
  return { succeeded: false, reason: 'BackoffLimitExceeded', message };
}

function deadlineReached(job: Job, now: Micros): JobEnd | undefined {
  const due = deadlineOf(job);
  if (due === undefined || due > now) return undefined;
  const message = 'Job was active longer than specified deadline';
  return { succeeded: false, reason: 'DeadlineExceeded', message };
}

/** With a limit for each index, the others go on until all have ended, or too many have failed. */
function indexesFailed({ spec }: Job, { failedIndexes, completed }: Tally): JobEnd | undefined {
  if (failedIndexes.size === 0) return undefined;
  if (spec.maxFailedIndexes !== undefined && failedIndexes.size > spec.maxFailedIndexes) {
    const message = 'Job has exceeded the specified maximal number of failed indexes';
    return { succeeded: false, reason: 'MaxFailedIndexesExceeded', message };
  }
  if (failedIndexes.size + completed.size < (spec.completions ?? 0)) return undefined;
  return { succeeded: false, reason: 'FailedIndexes', message: 'Job has failed indexes' };
}

/** The end by success: as many as were asked for, or, without a number, one and nothing more under way. */
export function completion(job: Job, { succeeded }: Tally, active: number): JobEnd | undefined {
  const { completions } = job.spec;
  const complete = completions === undefined ? succeeded > 0 && active === 0 : succeeded >= completions;
  if (!complete) return undefined;
  return { succeeded: true, reason: 'CompletionsReached', message: 'Reached expected number of succeeded pods' };
}

/** When the job has been active for too long; a suspended one never is. */
export function deadlineOf({ spec, status }: Job): Micros | undefined {
  if (spec.activeDeadlineSeconds === undefined || spec.suspend === true || status?.startTime === undefined)
    return undefined;
  return (parseTimestamp(status.startTime) ?? 0) + spec.activeDeadlineSeconds * 1_000_000;
}

/** A true condition as of now. */
export function conditionOf(
  type: JobCondition['type'],
  { reason, message }: Pick<JobEnd, 'reason' | 'message'>,
  timestamp: string,
): JobCondition {
  return { type, status: 'True', lastProbeTime: timestamp, lastTransitionTime: timestamp, reason, message };
}
