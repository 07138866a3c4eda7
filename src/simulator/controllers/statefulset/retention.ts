// Which owner references a claim has under a set's persistentVolumeClaimRetentionPolicy (reference section 9.2, STS-RET).
// Follows pkg/controller/statefulset/stateful_set_utils.go: isClaimOwnerUpToDate and its neighbours.

import { controllerReference } from '../history/controller-revision.ts';
import type { OwnerReference } from '../../../kubernetes/object.ts';
import type { Claim } from './claims.ts';
import type { StatefulSet } from './types.ts';

/** The pod that a claim is for. */
export interface ClaimUser {
  readonly name: string;
  /** Empty for a pod that does not exist yet. */
  readonly uid: string;
  /** Whether the ordinal is outside of the set's range, so that the pod goes. */
  readonly condemned: boolean;
}

const none: readonly OwnerReference[] = [];

/** Whether a claim's owner references are as the policy wants them, or must not be touched (STS-RET-12). */
export function isClaimUpToDate(set: StatefulSet, claim: Claim, user: ClaimUser): boolean {
  const references = claim.metadata.ownerReferences ?? none;
  if (references.length === 0) return wantedOwner(set, user) === undefined;
  if (isStaleOwner(references, setIdentity(set)) || isStaleOwner(references, podIdentity(user))) return true;
  const ofSet = references.some(({ uid }) => uid === set.metadata.uid);
  const ofPod = references.some(({ uid }) => uid === user.uid);
  if (hasUnexpectedController(set, claim, user)) return !ofSet && !ofPod;
  // A reference to us that is not the controller's is made one (STS-RET-11).
  if (references.some(({ uid, controller }) => isOurs(set, user, uid) && controller !== true)) return false;
  const wanted = wantedOwner(set, user);
  return ofSet === (wanted === 'set') && ofPod === (wanted === 'pod');
}

/** Whether a claim is managed by somebody else; the policy is ignored for it then (STS-RET-10). */
export function hasUnexpectedController(set: StatefulSet, claim: Claim, user: ClaimUser): boolean {
  const { whenScaled, whenDeleted } = policyOf(set);
  if (whenScaled === 'Retain' && whenDeleted === 'Retain') return false;
  return (claim.metadata.ownerReferences ?? none).some((reference) => {
    if (refersTo(reference, setIdentity(set))) return reference.uid !== set.metadata.uid;
    if (refersTo(reference, podIdentity(user))) return reference.uid !== user.uid;
    return reference.controller === true;
  });
}

/** The owner references that a claim gets; those of others stay (STS-RET-09). */
export function claimOwners(set: StatefulSet, claim: Claim, user: ClaimUser): readonly OwnerReference[] {
  const references = claim.metadata.ownerReferences ?? none;
  const others = references.filter(
    (reference) => !refersTo(reference, setIdentity(set)) && !refersTo(reference, podIdentity(user)),
  );
  if (hasUnexpectedController(set, claim, user)) return others;
  const wanted = wantedOwner(set, user);
  if (wanted === undefined) return others;
  return [...others, wanted === 'set' ? controllerReference(set) : podReference(user)];
}

/** Whether a claim still belongs to an earlier pod of this name and will vanish with it (STS-RET-13). */
export function isClaimStale(set: StatefulSet, claim: Claim, user: ClaimUser): boolean {
  if (policyOf(set).whenScaled === 'Retain') return false;
  return isStaleOwner(claim.metadata.ownerReferences ?? none, podIdentity(user));
}

/** The table of section 9.2. */
function wantedOwner(set: StatefulSet, user: ClaimUser): 'set' | 'pod' | undefined {
  const { whenScaled, whenDeleted } = policyOf(set);
  if (whenScaled === 'Delete' && user.condemned) return 'pod';
  return whenDeleted === 'Delete' ? 'set' : undefined;
}

function policyOf(set: StatefulSet): { readonly whenScaled: string; readonly whenDeleted: string } {
  const policy = set.spec.persistentVolumeClaimRetentionPolicy;
  return { whenScaled: policy?.whenScaled ?? 'Retain', whenDeleted: policy?.whenDeleted ?? 'Retain' };
}

type Identity = Pick<OwnerReference, 'apiVersion' | 'kind' | 'name' | 'uid'>;

function setIdentity(set: StatefulSet): Identity {
  return { apiVersion: 'apps/v1', kind: 'StatefulSet', name: set.metadata.name, uid: set.metadata.uid };
}

function podIdentity({ name, uid }: ClaimUser): Identity {
  return { apiVersion: 'v1', kind: 'Pod', name, uid };
}

function podReference(user: ClaimUser): OwnerReference {
  return { ...podIdentity(user), controller: true, blockOwnerDeletion: true };
}

function isOurs(set: StatefulSet, user: ClaimUser, uid: string): boolean {
  return uid === set.metadata.uid || uid === user.uid;
}

/** Whether a reference is to this object or to one that bore its name. */
function refersTo(reference: OwnerReference, { apiVersion, kind, name }: Identity): boolean {
  return reference.apiVersion === apiVersion && reference.kind === kind && reference.name === name;
}

/** Whether the first reference to an object of this name is to an earlier one. */
function isStaleOwner(references: readonly OwnerReference[], identity: Identity): boolean {
  const first = references.find((reference) => refersTo(reference, identity));
  return first !== undefined && first.uid !== identity.uid;
}
