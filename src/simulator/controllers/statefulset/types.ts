// The kinds that the StatefulSet controller reads, with the fields that it looks at.

import { composeKindKey } from '../../../kubernetes/kind.ts';
import type { JsonObject, KubernetesObject } from '../../../kubernetes/object.ts';
import type { LabelSelector } from '../../../kubernetes/selector.ts';

export const statefulSetKind = composeKindKey('apps', 'StatefulSet');
export const podKind = composeKindKey('', 'Pod');
export const claimKind = composeKindKey('', 'PersistentVolumeClaim');

/** A pod template, as sets and revisions hold it. */
export interface PodTemplate {
  readonly metadata?: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
  };
  readonly spec: PodSpec;
}

/** A pod's spec; `containers` and the rest are shared with the template by reference. */
export interface PodSpec {
  readonly [member: string]: unknown;
  readonly hostname?: string;
  readonly subdomain?: string;
  readonly nodeName?: string;
  readonly volumes?: readonly Volume[];
}

/** A volume of a pod. */
export interface Volume {
  readonly [member: string]: unknown;
  readonly name: string;
  readonly persistentVolumeClaim?: { readonly claimName: string; readonly readOnly?: boolean };
}

/** A pod as far as the controller looks at it. */
export interface Pod extends KubernetesObject {
  readonly spec: PodSpec;
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly PodCondition[];
  };
}

/** One condition of a pod. */
export interface PodCondition {
  readonly type: string;
  readonly status: string;
  readonly lastTransitionTime?: string;
}

/** A template of claims. */
export interface ClaimTemplate {
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
  };
  readonly spec: JsonObject;
}

export type RetentionPolicy = 'Retain' | 'Delete';

/** The desired state, after the API server's defaulting. */
export interface StatefulSetSpec {
  readonly replicas: number;
  readonly selector: LabelSelector;
  readonly template: PodTemplate;
  readonly serviceName?: string;
  readonly podManagementPolicy?: 'OrderedReady' | 'Parallel';
  readonly updateStrategy: {
    readonly type: 'RollingUpdate' | 'OnDelete';
    /** Absent when an author gave only the type, which changes the rule of section 10.3 (STS-DEF-04). */
    readonly rollingUpdate?: { readonly partition?: number };
  };
  readonly ordinals?: { readonly start?: number };
  /** Seconds. */
  readonly minReadySeconds?: number;
  readonly revisionHistoryLimit?: number;
  readonly persistentVolumeClaimRetentionPolicy?: {
    readonly whenDeleted?: RetentionPolicy;
    readonly whenScaled?: RetentionPolicy;
  };
  readonly volumeClaimTemplates?: readonly ClaimTemplate[];
}

/** The observed state; counts that are 0 are left out as Go's `omitempty` does (reference section 13.1). */
export interface StatefulSetStatus {
  readonly availableReplicas: number;
  readonly collisionCount?: number;
  readonly currentReplicas?: number;
  readonly currentRevision?: string;
  readonly observedGeneration?: number;
  readonly readyReplicas?: number;
  readonly replicas: number;
  readonly updateRevision?: string;
  readonly updatedReplicas?: number;
}

/** A StatefulSet. */
export interface StatefulSet extends KubernetesObject {
  readonly spec: StatefulSetSpec;
  readonly status?: StatefulSetStatus;
}

/** The ordinals that a set wants: from `start` up to, but not including, `end` (STS-ORD-01). */
export interface OrdinalRange {
  readonly start: number;
  readonly end: number;
}

/** The range of a set's replicas. */
export function ordinalRange(set: StatefulSet): OrdinalRange {
  const start = set.spec.ordinals?.start ?? 0;
  return { start, end: start + set.spec.replicas };
}

/** Whether pods are created and deleted without waiting for each other (`Parallel`, STS-BURST). */
export function allowsBurst(set: StatefulSet): boolean {
  return set.spec.podManagementPolicy === 'Parallel';
}

/** `namespace/name` of an object of a namespace. */
export function keyOf(object: { readonly metadata: { readonly namespace?: string; readonly name: string } }): string {
  return `${object.metadata.namespace}/${object.metadata.name}`;
}
