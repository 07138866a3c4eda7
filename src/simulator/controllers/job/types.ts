// The members of Jobs that their controller looks at.

import { composeKindKey } from '../../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { PodSpec } from '../../kubelet/pod.ts';

export const jobKind = composeKindKey('batch', 'Job');

/** Keeps a finished pod until its job has counted it. */
export const trackingFinalizer = 'batch.kubernetes.io/job-tracking';

/** The place of a pod in an Indexed job: an annotation and a label. */
export const indexLabel = 'batch.kubernetes.io/job-completion-index';

/** A Job as stored. Pod failure policies, success policies and back-off limits per index are not modelled. */
export interface Job extends KubernetesObject {
  readonly spec: {
    readonly parallelism?: number;
    readonly completions?: number;
    readonly completionMode?: 'NonIndexed' | 'Indexed';
    readonly backoffLimit?: number;
    /** Seconds. */
    readonly activeDeadlineSeconds?: number;
    readonly ttlSecondsAfterFinished?: number;
    readonly suspend?: boolean;
    readonly podReplacementPolicy?: 'TerminatingOrFailed' | 'Failed';
    readonly template: {
      readonly metadata?: {
        readonly labels?: Readonly<Record<string, string>>;
        readonly annotations?: Readonly<Record<string, string>>;
      };
      readonly spec: PodSpec;
    };
  };
  readonly status?: JobStatus;
}

/** The observed state. */
export interface JobStatus {
  readonly conditions?: readonly JobCondition[];
  readonly startTime?: string;
  readonly completionTime?: string;
  readonly active?: number;
  readonly succeeded?: number;
  readonly failed?: number;
  readonly terminating?: number;
  readonly ready?: number;
  /** `0-2,5` */
  readonly completedIndexes?: string;
  /** Finished pods whose finalizer is still to be removed, by uid. */
  readonly uncountedTerminatedPods?: { readonly succeeded?: readonly string[]; readonly failed?: readonly string[] };
}

/** A condition of a Job. */
export interface JobCondition {
  readonly type: 'Suspended' | 'SuccessCriteriaMet' | 'FailureTarget' | 'Complete' | 'Failed';
  readonly status: 'True' | 'False';
  readonly lastProbeTime: string;
  readonly lastTransitionTime: string;
  readonly reason: string;
  readonly message: string;
}

/** The condition of a type, if it is true. */
export function trueCondition(job: Job, type: JobCondition['type']): JobCondition | undefined {
  return job.status?.conditions?.find((condition) => condition.type === type && condition.status === 'True');
}

/** Whether nothing will happen to a job any more. */
export function isOver(job: Job): boolean {
  return (trueCondition(job, 'Complete') ?? trueCondition(job, 'Failed')) !== undefined;
}
