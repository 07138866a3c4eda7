// The kinds that the DaemonSet controller reads, with the fields that it looks at.

import { composeKindKey } from '../../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { LabelSelector } from '../../../kubernetes/selector.ts';
import type { PodSpec } from '../../kubelet/pod.ts';

export const daemonSetKind = composeKindKey('apps', 'DaemonSet');

/** The label that tells a pod's template by its hash. */
export const hashLabel = 'controller-revision-hash';

/** A pod template. */
export interface DaemonTemplate {
  readonly metadata?: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
  };
  readonly spec: PodSpec;
}

/** A DaemonSet as stored. */
export interface DaemonSet extends KubernetesObject {
  readonly spec: {
    readonly selector: LabelSelector;
    readonly template: DaemonTemplate;
    /** Seconds. */
    readonly minReadySeconds?: number;
    readonly revisionHistoryLimit?: number;
    readonly templateGeneration?: number;
    readonly updateStrategy?: {
      readonly type?: 'RollingUpdate' | 'OnDelete';
      readonly rollingUpdate?: {
        readonly maxUnavailable?: number | string;
        readonly maxSurge?: number | string;
      };
    };
  };
  readonly status?: DaemonSetStatus;
}

/** The observed state (DS-11); the last four are absent when 0. */
export interface DaemonSetStatus {
  readonly currentNumberScheduled: number;
  readonly numberMisscheduled: number;
  readonly desiredNumberScheduled: number;
  readonly numberReady: number;
  readonly observedGeneration?: number;
  readonly updatedNumberScheduled?: number;
  readonly numberAvailable?: number;
  readonly numberUnavailable?: number;
  readonly collisionCount?: number;
}
