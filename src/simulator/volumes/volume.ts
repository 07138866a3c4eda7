// PersistentVolumes, claims and storage classes: the members that the simulation looks at, as types.

import { composeKindKey } from '../../kubernetes/kind.ts';
import { parseQuantity } from '../../kubernetes/quantity.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { LabelSelector } from '../../kubernetes/selector.ts';
import type { NodeSelectorTerm } from '../kubelet/pod.ts';
import type { Lister } from '../store/store.ts';

/** The kind keys of storage. */
export const volumeKind = composeKindKey('', 'PersistentVolume');
export const claimKind = composeKindKey('', 'PersistentVolumeClaim');
export const classKind = composeKindKey('storage.k8s.io', 'StorageClass');

/** Annotations of binding (storage.md, section 0). */
export const annotation = {
  bindCompleted: 'pv.kubernetes.io/bind-completed',
  boundByController: 'pv.kubernetes.io/bound-by-controller',
  provisionedBy: 'pv.kubernetes.io/provisioned-by',
  selectedNode: 'volume.kubernetes.io/selected-node',
  provisioner: 'volume.kubernetes.io/storage-provisioner',
  provisionerBeta: 'volume.beta.kubernetes.io/storage-provisioner',
  defaultClass: 'storageclass.kubernetes.io/is-default-class',
} as const;

/** A PersistentVolume as stored. */
export interface Volume extends KubernetesObject {
  readonly spec: VolumeSpec;
  readonly status?: { readonly phase?: VolumePhase; readonly [member: string]: unknown };
}

/** The phases of a volume. */
export type VolumePhase = 'Pending' | 'Available' | 'Bound' | 'Released' | 'Failed';

/** `spec` of a PersistentVolume. */
export interface VolumeSpec {
  readonly capacity?: { readonly storage?: string };
  readonly accessModes?: readonly string[];
  readonly storageClassName?: string;
  readonly volumeMode?: string;
  readonly volumeAttributesClassName?: string;
  readonly persistentVolumeReclaimPolicy?: 'Retain' | 'Delete' | 'Recycle';
  readonly claimRef?: ClaimReference;
  readonly nodeAffinity?: { readonly required?: { readonly nodeSelectorTerms: readonly NodeSelectorTerm[] } };
  readonly hostPath?: { readonly path: string };
  readonly [member: string]: unknown;
}

/** `spec.claimRef` of a volume; without a uid it only reserves the volume (PV-BIND-12). */
export interface ClaimReference {
  readonly namespace?: string;
  readonly name?: string;
  readonly uid?: string;
  readonly [member: string]: unknown;
}

/** A PersistentVolumeClaim as stored. */
export interface Claim extends KubernetesObject {
  readonly spec: ClaimSpec;
  readonly status?: { readonly phase?: 'Pending' | 'Bound' | 'Lost'; readonly [member: string]: unknown };
}

/** `spec` of a claim. */
export interface ClaimSpec {
  readonly accessModes?: readonly string[];
  readonly resources?: { readonly requests?: { readonly storage?: string } };
  readonly storageClassName?: string;
  readonly volumeName?: string;
  readonly volumeMode?: string;
  readonly volumeAttributesClassName?: string;
  readonly selector?: LabelSelector;
  readonly [member: string]: unknown;
}

/** A StorageClass as stored. */
export interface StorageClass extends KubernetesObject {
  readonly provisioner: string;
  readonly reclaimPolicy?: 'Retain' | 'Delete';
  readonly volumeBindingMode?: 'Immediate' | 'WaitForFirstConsumer';
  readonly mountOptions?: readonly string[];
}

/** Whether a claim is bound in both directions as far as the claim tells: it names a volume, and binding was completed. */
export function isBound({ spec, metadata }: Claim): boolean {
  return (spec.volumeName ?? '') !== '' && metadata.annotations?.[annotation.bindCompleted] !== undefined;
}

/** The claim's class, as it exists now. */
export function classOf(lister: Lister, { spec }: Claim): StorageClass | undefined {
  const name = spec.storageClassName ?? '';
  return name === '' ? undefined : (lister.get(classKind, name) as StorageClass | undefined);
}

/** Binding waits for a pod that uses the claim (VB-01). */
export function waitsForConsumer(lister: Lister, claim: Claim): boolean {
  return classOf(lister, claim)?.volumeBindingMode === 'WaitForFirstConsumer';
}

/** Bytes that a claim asks for. */
export function requestOf({ spec }: Claim): number {
  return bytesOf(spec.resources?.requests?.storage);
}

/** Bytes that a volume offers. */
export function capacityOf({ spec }: Volume): number {
  return bytesOf(spec.capacity?.storage);
}

function bytesOf(quantity: string | undefined): number {
  // Whole gigabytes and more are far within a double; fractions of a byte do not matter.
  return Number(parseQuantity(quantity ?? '0')?.nanos ?? 0n) / 1e9;
}
