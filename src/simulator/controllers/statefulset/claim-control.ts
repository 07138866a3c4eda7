// Writing claims: making those that are missing, and giving them the owners that the retention policy wants.

import { aggregate } from '../task.ts';
import { claimNameOf, claimTemplatesOf, newClaim } from './claims.ts';
import { recordClaimEvent, recordConflictingController } from './events.ts';
import { errorText, keyBeside, manager, recordWrite } from './pass-context.ts';
import { claimOwners, hasUnexpectedController, isClaimUpToDate } from './retention.ts';
import { claimKind, ordinalRange } from './types.ts';
import type { KubernetesObject, OwnerReference } from '../../../kubernetes/object.ts';
import type { Result } from '../../api/server.ts';
import type { Failure, Task } from '../task.ts';
import type { Claim } from './claims.ts';
import type { PassContext } from './pass-context.ts';
import type { ClaimUser } from './retention.ts';
import type { StatefulSet } from './types.ts';

/** The pod of an ordinal, as claims refer to it. */
export interface ClaimingPod {
  readonly ordinal: number;
  readonly name: string;
  /** Empty for a pod that is about to be created. */
  readonly uid: string;
}

/** Creates the missing claims of a pod, in the order of their templates (STS-PVC-03 to STS-PVC-07). */
export function* createMissingClaims(pass: PassContext, pod: ClaimingPod): Task<Failure> {
  const failures: Failure[] = [];
  const cached = pass.index.claims(pod.ordinal);
  for (const [place, template] of claimTemplatesOf(pass.set).entries()) {
    const name = claimNameOf(pass.set, template, pod.ordinal);
    const claim = cached[place];
    if (claim !== undefined) {
      // An existing claim is used as it is (STS-PVC-04), unless it is on its way out.
      if (claim.metadata.deletionTimestamp !== undefined) failures.push(`pvc ${name} is being deleted`);
      continue;
    }
    const manifest = newClaim(pass.set, template, pod.ordinal);
    const result: Result = yield () => recordWrite(pass, claimKind, pass.api.create(manifest, { manager }));
    if (!result.ok) failures.push(`failed to create PVC ${name}: ${errorText(result)}`);
    // A stale cache is no news (STS-PVC-06).
    if (!result.ok && result.status.reason === 'AlreadyExists') continue;
    recordClaimEvent(pass, { claim: name, pod: pod.name }, result.ok ? undefined : errorText(result));
  }
  return aggregate(failures);
}

/** Brings the owners of a pod's cached claims in line with the retention policy; missing claims are no error (STS-RET-02). */
export function* applyRetentionPolicy(pass: PassContext, pod: ClaimingPod): Task<Failure> {
  const user = claimUser(pass.set, pod);
  // The caches may change while the pass waits for its calls; upstream reads each claim when its turn comes.
  for (const place of claimTemplatesOf(pass.set).keys()) {
    const claim = pass.index.claims(pod.ordinal)[place];
    if (claim === undefined) continue;
    if (hasUnexpectedController(pass.set, claim, user)) recordConflictingController(pass, claim.metadata.name);
    if (isClaimUpToDate(pass.set, claim, user)) continue;
    const owners = claimOwners(pass.set, claim, user);
    const result: Result = yield () => recordWrite(pass, claimKind, updateOwners(pass, claim, owners));
    if (!result.ok) {
      return `could not update claim ${claim.metadata.name} for delete policy ownerRefs: ${errorText(result)}`;
    }
  }
  return undefined;
}

/** Whether the owners of a pod's cached claims are in line with the retention policy. */
export function claimsMatchPolicy(pass: PassContext, pod: ClaimingPod): boolean {
  const user = claimUser(pass.set, pod);
  return pass.index.claims(pod.ordinal).every((claim) => claim === undefined || isClaimUpToDate(pass.set, claim, user));
}

function claimUser(set: StatefulSet, { ordinal, name, uid }: ClaimingPod): ClaimUser {
  const { start, end } = ordinalRange(set);
  return { name, uid, condemned: ordinal < start || ordinal >= end };
}

function updateOwners(pass: PassContext, claim: Claim, owners: readonly OwnerReference[]): Result {
  const { name, resourceVersion } = claim.metadata;
  const change = (current: KubernetesObject): KubernetesObject => {
    const { ownerReferences: _, ...metadata } = current.metadata;
    return { ...current, metadata: owners.length === 0 ? metadata : { ...metadata, ownerReferences: owners } };
  };
  return pass.api.update(claimKind, keyBeside(pass, name), change, { resourceVersion, manager });
}
