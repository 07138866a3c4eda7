// The kinds that the Deployment controller reads, with the fields that it looks at.

import { composeKindKey } from '../../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { LabelSelector } from '../../../kubernetes/selector.ts';
import type { ReplicaSet, Template } from '../replicaset/types.ts';

export { podKind, replicaSetKind } from '../replicaset/types.ts';
export type { Pod, ReplicaSet, Template } from '../replicaset/types.ts';

export const deploymentKind = composeKindKey('apps', 'Deployment');

/** A number, or a percentage such as `25%`. */
export type IntOrPercent = number | string;

/** A condition of a Deployment. */
export interface DeploymentCondition {
  readonly type: string;
  readonly status: string;
  readonly lastTransitionTime?: string;
  readonly lastUpdateTime?: string;
  readonly reason?: string;
  readonly message?: string;
}

/** The observed state; counts that are 0 are left out but for `terminatingReplicas`. */
export interface DeploymentStatus {
  readonly availableReplicas?: number;
  readonly collisionCount?: number;
  readonly conditions?: readonly DeploymentCondition[];
  readonly observedGeneration?: number;
  readonly readyReplicas?: number;
  readonly replicas?: number;
  readonly terminatingReplicas?: number;
  readonly unavailableReplicas?: number;
  readonly updatedReplicas?: number;
}

/** A Deployment, after the API server's defaulting. */
export interface Deployment extends KubernetesObject {
  readonly spec: {
    readonly replicas: number;
    readonly selector: LabelSelector;
    readonly template: Template;
    readonly strategy: {
      readonly type: 'RollingUpdate' | 'Recreate';
      readonly rollingUpdate?: { readonly maxSurge?: IntOrPercent; readonly maxUnavailable?: IntOrPercent };
    };
    /** Seconds. */
    readonly minReadySeconds?: number;
    readonly revisionHistoryLimit?: number;
    readonly paused?: boolean;
    /** Seconds. */
    readonly progressDeadlineSeconds?: number;
  };
  readonly status?: DeploymentStatus;
}

/** The ReplicaSets of a Deployment: the one of its present template, if there is one, and the others. */
export interface Family {
  readonly current: ReplicaSet | undefined;
  readonly old: readonly ReplicaSet[];
}

/** All of a family, the old ones first. */
export function everyone({ current, old }: Family): readonly ReplicaSet[] {
  return current === undefined ? old : [...old, current];
}
