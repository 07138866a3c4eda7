// What a pod's claims mean for its placement: the pod-level obstacles, and per node whether the volumes can be had there
// (VB, SCHED-03; pkg/scheduler/framework/plugins/volumebinding).

import { claimNamesOf, keyOf, podKind } from '../kubelet/pod.ts';
import { annotation, claimKind, classOf, isBound, volumeKind, waitsForConsumer } from '../volumes/volume.ts';
import { matchesTerms } from './node-selector.ts';
import type { Pod } from '../kubelet/pod.ts';
import type { Node } from '../nodes/node.ts';
import type { Lister, ObjectKey } from '../store/store.ts';
import type { ClaimUsers } from '../volumes/claim-users.ts';
import type { Claim, Volume } from '../volumes/volume.ts';
import type { VolumeIndex } from '../volumes/volume-index.ts';

/** A pod's claims, sorted by what is to be done with them. */
export interface ClaimPlan {
  readonly bound: readonly Volume[];
  /** Claims that are bound once the pod has a node. */
  readonly delayed: readonly Claim[];
  /** A claim for one pod only is in use by another (VB-11). */
  readonly contended: boolean;
}

/** What is bound for a pod on the node that was chosen. */
export interface VolumeDecision {
  /** Static volumes that the scheduler reserves itself (VB-05). */
  readonly reserve: readonly { readonly claim: Claim; readonly volume: Volume }[];
  /** Claims for which a volume is made on the node. */
  readonly provision: readonly Claim[];
}

/** What no node can help with, and what might. */
export interface Obstacle {
  readonly message: string;
  readonly cause: 'claim' | 'volume';
}

/** What the plan is made of. */
export interface ClaimContext {
  readonly lister: Lister;
  readonly volumes: VolumeIndex;
  readonly users: ClaimUsers;
}

/** The plan, or the obstacle that no node can remove. */
export function planClaims(context: ClaimContext, pod: Pod): ClaimPlan | Obstacle {
  const { lister } = context;
  const bound: Volume[] = [];
  const delayed: Claim[] = [];
  let immediate = false;
  let contended = false;
  for (const name of claimNamesOf(pod)) {
    const claim = lister.get(claimKind, `${pod.metadata.namespace}/${name}`) as Claim | undefined;
    if (claim === undefined) return ofClaim(missingClaim(pod, name));
    if (claim.metadata.deletionTimestamp !== undefined)
      return ofClaim(`persistentvolumeclaim "${name}" is being deleted`);
    const { volumeName = '' } = claim.spec;
    if (isBound(claim)) {
      const volume = lister.get(volumeKind, volumeName) as Volume | undefined;
      if (volume === undefined || claim.status?.phase === 'Lost') {
        const message = `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${volumeName}"`;
        return { message, cause: 'volume' };
      }
      if (isTakenByAnother(context, pod, claim)) contended = true;
      bound.push(volume);
    } else if (waitsForConsumer(lister, claim) && volumeName === '') {
      delayed.push(claim);
    } else {
      immediate = true;
    }
  }
  return immediate ? ofClaim('pod has unbound immediate PersistentVolumeClaims') : { bound, delayed, contended };
}

/** Volumes for the delayed claims on this node, or the reason why it cannot have them. */
export function decideVolumes(
  context: ClaimContext,
  { bound, delayed }: ClaimPlan,
  node: Node,
): VolumeDecision | string {
  if (!bound.every((volume) => reaches(volume, node))) return `node(s) didn't match PersistentVolume's node affinity`;
  const reserve: { readonly claim: Claim; readonly volume: Volume }[] = [];
  const provision: Claim[] = [];
  for (const claim of delayed) {
    const taken = new Set(reserve.map(({ volume }) => volume.metadata.name));
    const volume = context.volumes.smallest(claim, (candidate) => {
      return reaches(candidate, node) && !taken.has(candidate.metadata.name);
    });
    // A provisioner that was sent to another node keeps the claim there.
    const selected = claim.metadata.annotations?.[annotation.selectedNode] ?? node.metadata.name;
    const provisioner = classOf(context.lister, claim)?.provisioner ?? 'kubernetes.io/no-provisioner';
    if (selected !== node.metadata.name) return noVolume;
    if (volume !== undefined) reserve.push({ claim, volume });
    else if (provisioner !== 'kubernetes.io/no-provisioner') provision.push(claim);
    else return noVolume;
  }
  return { reserve, provision };
}

/** Keys of the claims of a pod, present or not. */
export function claimKeysOf(pod: Pod): readonly ObjectKey[] {
  return claimNamesOf(pod).map((name) => `${pod.metadata.namespace}/${name}`);
}

const noVolume = `node(s) didn't find available persistent volumes to bind`;
function isTakenByAnother({ users, lister }: ClaimContext, pod: Pod, claim: Claim): boolean {
  if (claim.spec.accessModes?.includes('ReadWriteOncePod') !== true) return false;
  return [...users.of(keyOf(claim))].some((key) => {
    const other = lister.get(podKind, key) as Pod | undefined;
    return other?.spec.nodeName !== undefined && other.metadata.uid !== pod.metadata.uid;
  });
}

function ofClaim(message: string): Obstacle {
  return { message, cause: 'claim' };
}

function missingClaim(pod: Pod, name: string): string {
  const ephemeral = pod.spec.volumes?.some((volume) => {
    return volume.ephemeral !== undefined && name === `${pod.metadata.name}-${volume.name}`;
  });
  if (ephemeral !== true) return `persistentvolumeclaim "${name}" not found`;
  return `waiting for ephemeral volume controller to create the persistentvolumeclaim "${name}"`;
}

function reaches({ spec }: Volume, node: Node): boolean {
  const terms = spec.nodeAffinity?.required?.nodeSelectorTerms;
  return terms === undefined || matchesTerms(terms, node);
}
