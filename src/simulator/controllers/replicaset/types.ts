// The kinds that the ReplicaSet controller reads, with the fields that it looks at.

import { composeKindKey } from '../../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { LabelSelector } from '../../../kubernetes/selector.ts';

export const replicaSetKind = composeKindKey('apps', 'ReplicaSet');
export const podKind = composeKindKey('', 'Pod');

/** A pod template; its spec is shared with the pods by reference. */
export interface Template {
  readonly metadata?: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
  };
  readonly spec: Readonly<Record<string, unknown>>;
}

/** A condition of a ReplicaSet. */
export interface ReplicaSetCondition {
  readonly type: string;
  readonly status: string;
  readonly lastTransitionTime?: string;
  readonly reason?: string;
  readonly message?: string;
}

/** The observed state; what is 0 is left out but for `replicas` and `terminatingReplicas`. */
export interface ReplicaSetStatus {
  readonly availableReplicas?: number;
  readonly conditions?: readonly ReplicaSetCondition[];
  readonly fullyLabeledReplicas?: number;
  readonly observedGeneration?: number;
  readonly readyReplicas?: number;
  readonly replicas: number;
  readonly terminatingReplicas?: number;
}

/** A ReplicaSet. */
export interface ReplicaSet extends KubernetesObject {
  readonly spec: {
    readonly replicas: number;
    /** Seconds. */
    readonly minReadySeconds?: number;
    readonly selector: LabelSelector;
    readonly template: Template;
  };
  readonly status?: ReplicaSetStatus;
}

/** A pod as far as the controller looks at it. */
export interface Pod extends KubernetesObject {
  readonly spec: { readonly nodeName?: string };
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly lastTransitionTime?: string;
    }[];
    readonly containerStatuses?: readonly { readonly restartCount?: number }[];
    readonly initContainerStatuses?: readonly { readonly name?: string; readonly restartCount?: number }[];
  };
}
