// The members of a Pod that the scheduler, the kubelet, the endpoints and the volumes look at, as types.

import { composeKindKey } from '../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { LabelSelector } from '../../kubernetes/selector.ts';
import type { ObjectKey } from '../store/store.ts';

/** The kind key of pods. */
export const podKind = composeKindKey('', 'Pod');

/** A Pod as stored: defaulted by the API server. */
export interface Pod extends KubernetesObject {
  readonly spec: PodSpec;
  readonly status: PodStatus;
}

/** `spec` of a Pod. */
export interface PodSpec {
  readonly nodeName?: string;
  readonly containers: readonly ContainerSpec[];
  readonly initContainers?: readonly ContainerSpec[];
  readonly restartPolicy?: 'Always' | 'OnFailure' | 'Never';
  readonly terminationGracePeriodSeconds?: number;
  readonly hostNetwork?: boolean;
  readonly hostname?: string;
  readonly subdomain?: string;
  readonly volumes?: readonly PodVolume[];
  readonly readinessGates?: readonly { readonly conditionType: string }[];
  readonly schedulerName?: string;
  readonly schedulingGates?: readonly { readonly name: string }[];
  readonly priority?: number;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly affinity?: Affinity;
  readonly tolerations?: readonly Toleration[];
  readonly topologySpreadConstraints?: readonly TopologySpreadConstraint[];
  readonly overhead?: Readonly<Record<string, string>>;
  readonly serviceAccountName?: string;
  readonly enableServiceLinks?: boolean;
  readonly activeDeadlineSeconds?: number;
}

/** One container of a Pod's spec. */
export interface ContainerSpec {
  readonly name: string;
  readonly image: string;
  readonly imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
  readonly restartPolicy?: 'Always';
  readonly ports?: readonly ContainerPort[];
  readonly resources?: { readonly requests?: Readonly<Record<string, string>> };
  readonly volumeMounts?: readonly VolumeMount[];
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly startupProbe?: Probe;
  readonly lifecycle?: { readonly preStop?: PreStopHook };
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: EnvSource }[];
  readonly envFrom?: readonly {
    readonly prefix?: string;
    readonly configMapRef?: OptionalReference;
    readonly secretRef?: OptionalReference;
  }[];
}

/** A port that a container declares. */
export interface ContainerPort {
  readonly name?: string;
  readonly containerPort: number;
  readonly protocol?: string;
  readonly hostPort?: number;
  readonly hostIP?: string;
}

/** A volume at a path of a container. */
export interface VolumeMount {
  readonly name: string;
  readonly mountPath: string;
  readonly subPath?: string;
  readonly readOnly?: boolean;
}

/** What is done before a container is asked to stop. */
export interface PreStopHook {
  readonly sleep?: { readonly seconds: number };
  readonly exec?: { readonly command?: readonly string[] };
}

/** Timing of a probe and its check; one that the simulation cannot make succeeds unless a fault is in. */
export interface Probe {
  readonly exec?: { readonly command?: readonly string[] };
  readonly httpGet?: { readonly path?: string };
  readonly initialDelaySeconds?: number;
  readonly periodSeconds?: number;
  readonly successThreshold?: number;
  readonly failureThreshold?: number;
}

/** Where an environment variable comes from. */
export interface EnvSource {
  readonly fieldRef?: { readonly fieldPath: string };
  readonly configMapKeyRef?: OptionalReference & { readonly key?: string };
  readonly secretKeyRef?: OptionalReference & { readonly key?: string };
}

/** A reference to a ConfigMap or Secret that may be allowed to be missing. */
export interface OptionalReference {
  readonly name: string;
  readonly optional?: boolean;
}

/** A volume of a Pod. */
export interface PodVolume {
  readonly name: string;
  readonly persistentVolumeClaim?: { readonly claimName: string; readonly readOnly?: boolean };
  readonly ephemeral?: object;
  readonly hostPath?: { readonly path: string };
  readonly configMap?: OptionalReference;
  readonly secret?: { readonly secretName: string; readonly optional?: boolean };
}

/** `tolerations[]` of a Pod. */
export interface Toleration {
  readonly key?: string;
  readonly operator?: 'Exists' | 'Equal';
  readonly value?: string;
  readonly effect?: string;
  readonly tolerationSeconds?: number;
}

/** One requirement of a node selector, on labels or fields. */
export interface Requirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt';
  readonly values?: readonly string[];
}

/** A term of a node selector: all its requirements hold; an empty term matches nothing. */
export interface NodeSelectorTerm {
  readonly matchExpressions?: readonly Requirement[];
  readonly matchFields?: readonly Requirement[];
}

/** `spec.affinity`. */
export interface Affinity {
  readonly nodeAffinity?: {
    readonly requiredDuringSchedulingIgnoredDuringExecution?: {
      readonly nodeSelectorTerms: readonly NodeSelectorTerm[];
    };
    readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly {
      readonly weight: number;
      readonly preference: NodeSelectorTerm;
    }[];
  };
  readonly podAffinity?: { readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[] };
  readonly podAntiAffinity?: { readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[] };
}

/** Which pods must, or must not, run in the same topology domain. */
export interface PodAffinityTerm {
  readonly labelSelector?: LabelSelector;
  readonly namespaces?: readonly string[];
  readonly namespaceSelector?: LabelSelector;
  readonly topologyKey: string;
}

/** How evenly the pods of a group are to stand in the domains of a topology. */
export interface TopologySpreadConstraint {
  readonly topologyKey: string;
  readonly maxSkew: number;
  readonly minDomains?: number;
  readonly whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway';
  readonly labelSelector?: LabelSelector;
  readonly matchLabelKeys?: readonly string[];
}

/** `status` of a Pod. */
export interface PodStatus {
  readonly phase: PodPhase;
  readonly observedGeneration?: number;
  readonly conditions?: readonly PodCondition[];
  readonly containerStatuses?: readonly ContainerStatus[];
  readonly initContainerStatuses?: readonly ContainerStatus[];
  readonly nominatedNodeName?: string;
  readonly hostIP?: string;
  readonly hostIPs?: readonly { readonly ip: string }[];
  readonly podIP?: string;
  readonly podIPs?: readonly { readonly ip: string }[];
  readonly startTime?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly [member: string]: unknown;
}

/** The phases that are still written (POD-PHASE-06). */
export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed';

/** A condition of a Pod. */
export interface PodCondition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly observedGeneration?: number;
  readonly lastProbeTime: string | null;
  readonly lastTransitionTime: string;
  readonly reason?: string;
  readonly message?: string;
}

/** What a container is doing. */
export type ContainerState =
  | { readonly waiting: { readonly reason: string; readonly message?: string } }
  | { readonly running: { readonly startedAt: string } }
  | { readonly terminated: Termination };

/** How a container's run ended. */
export interface Termination {
  readonly exitCode: number;
  readonly reason: string;
  readonly message?: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly containerID?: string;
}

/** An entry of `status.containerStatuses`. */
export interface ContainerStatus {
  readonly name: string;
  readonly image: string;
  readonly imageID: string;
  readonly containerID?: string;
  readonly state: ContainerState;
  readonly lastState: ContainerState | Readonly<Record<string, never>>;
  readonly ready: boolean;
  readonly started: boolean;
  readonly restartCount: number;
  readonly resources?: object;
  readonly user?: object;
  readonly volumeMounts?: readonly object[];
}

/** `namespace/name` of a namespaced object, the bare name of a cluster-scoped one. */
export function keyOf(object: KubernetesObject): ObjectKey {
  const { namespace, name } = object.metadata;
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** A Pod whose containers have all stopped for good. */
export function isFinished(pod: Pod): boolean {
  return pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
}

/** The condition of a type, if the Pod has it. */
export function podCondition(pod: Pod, type: string): PodCondition | undefined {
  return pod.status.conditions?.find((condition) => condition.type === type);
}

/** Names of the claims that a Pod mounts; a generic ephemeral volume's claim is `<pod>-<volume>` (EPH-02). */
export function claimNamesOf(pod: Pod): readonly string[] {
  const volumes = pod.spec.volumes;
  if (volumes === undefined) return [];
  const names: string[] = [];
  for (const volume of volumes) {
    const name = claimNameOf(pod, volume);
    if (name !== undefined) names.push(name);
  }
  return names;
}

/** Name of the claim behind a volume of a Pod, if there is one. */
export function claimNameOf(pod: Pod, volume: PodVolume): string | undefined {
  if (volume.persistentVolumeClaim !== undefined) return volume.persistentVolumeClaim.claimName;
  return volume.ephemeral === undefined ? undefined : `${pod.metadata.name}-${volume.name}`;
}
