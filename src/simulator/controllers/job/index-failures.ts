// Failures of an Indexed job that are counted index by index (spec.backoffLimitPerIndex). The count of an index travels in an
// annotation from each pod to the one that replaces it, so a failed pod is kept until its replacement is there. Follows
// pkg/controller/job/indexed_job_utils.go.

import { judgeFailure } from './failure-policy.ts';
import { failureCountAnnotation, ignoredCountAnnotation } from './types.ts';
import type { Pod } from '../../kubelet/pod.ts';
import type { Job } from './types.ts';

/** How often the index of a pod has failed before it. */
export interface IndexFailures {
  readonly counted: number;
  readonly ignored: number;
}

/** What a pod's annotations tell. */
export function failuresBefore({ metadata }: Pod): IndexFailures {
  const read = (annotation: string): number => Number(metadata.annotations?.[annotation] ?? 0) || 0;
  return { counted: read(failureCountAnnotation), ignored: read(ignoredCountAnnotation) };
}

/** Whether the failure of a pod is the end of its index. */
export function failsIndex(job: Job, pod: Pod): boolean {
  const { backoffLimitPerIndex } = job.spec;
  if (backoffLimitPerIndex === undefined) return false;
  const { action } = judgeFailure(job, pod);
  return action === 'FailIndex' || (action !== 'Ignore' && failuresBefore(pod).counted >= backoffLimitPerIndex);
}

/** The annotations of the next pod of an index; `replaced` is the failed one, if there was any. */
export function failureAnnotations(job: Job, replaced: Pod | undefined): Readonly<Record<string, string>> {
  if (job.spec.backoffLimitPerIndex === undefined) return {};
  if (replaced === undefined) return { [failureCountAnnotation]: '0' };
  const { counted, ignored } = failuresBefore(replaced);
  const ignores = judgeFailure(job, replaced).action === 'Ignore';
  const ignoredNow = ignored + (ignores ? 1 : 0);
  return {
    [failureCountAnnotation]: String(counted + (ignores ? 0 : 1)),
    ...(ignoredNow > 0 && { [ignoredCountAnnotation]: String(ignoredNow) }),
  };
}
