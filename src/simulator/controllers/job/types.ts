// The members of Jobs that their controller looks at.

import { composeKindKey } from '../../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { LabelSelector } from '../../../kubernetes/selector.ts';
import type { PodSpec } from '../../kubelet/pod.ts';

export const jobKind = composeKindKey('batch', 'Job');

/** Keeps a finished pod until its job has counted it. */
export const trackingFinalizer = 'batch.kubernetes.io/job-tracking';

/** The place of a pod in an Indexed job: an annotation and a label. */
export const indexLabel = 'batch.kubernetes.io/job-completion-index';

/** Failures of an index before this pod, and those among them that did not count. */
export const failureCountAnnotation = 'batch.kubernetes.io/job-index-failure-count';
export const ignoredCountAnnotation = 'batch.kubernetes.io/job-index-ignored-failure-count';

/** One rule about failed pods: exactly one of the two requirements is set. */
export interface FailureRule {
  readonly action: 'FailJob' | 'FailIndex' | 'Ignore' | 'Count';
  readonly onExitCodes?: {
    /** Without it, any container. */
    readonly containerName?: string;
    readonly operator: 'In' | 'NotIn';
    readonly values: readonly number[];
  };
  readonly onPodConditions?: readonly { readonly type: string; readonly status: string }[];
}

/** One way to success before all indexes have succeeded. */
export interface SuccessRule {
  /** `0-2,5` */
  readonly succeededIndexes?: string;
  readonly succeededCount?: number;
}

/** A Job as stored. */
export interface Job extends KubernetesObject {
  readonly spec: {
    readonly parallelism?: number;
    readonly completions?: number;
    readonly completionMode?: 'NonIndexed' | 'Indexed';
    readonly backoffLimit?: number;
    readonly backoffLimitPerIndex?: number;
    readonly maxFailedIndexes?: number;
    readonly podFailurePolicy?: { readonly rules?: readonly FailureRule[] };
    readonly successPolicy?: { readonly rules?: readonly SuccessRule[] };
    /** Another name than the controller's leaves the job to somebody else. */
    readonly managedBy?: string;
    readonly selector: LabelSelector;
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
  /** Only with a back-off limit per index, then also when there is none. */
  readonly failedIndexes?: string;
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
