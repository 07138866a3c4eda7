// What of metadata belongs to the server (API-CREATE-01, API-UPD-04).

import type { ObjectMeta, OwnerReference } from '../../../kubernetes/object.ts';
import type { ApiContext } from '../context.ts';
import type { Strategy } from '../strategy.ts';

type Written = { -readonly [member in keyof ObjectMeta]: ObjectMeta[member] };

/** The metadata of a new object: what the client may say, and what the server says itself. The name may still be empty. */
export function freshMetadata(sent: Partial<ObjectMeta>, strategy: Strategy, context: ApiContext): ObjectMeta {
  const fresh: Written = { name: sent.name ?? '', uid: context.uids(), resourceVersion: '', creationTimestamp: '' };
  if (sent.generateName) fresh.generateName = sent.generateName;
  if (sent.namespace) fresh.namespace = sent.namespace;
  if (strategy.hasGeneration) fresh.generation = 1;
  fresh.creationTimestamp = context.clock.timestamp;
  copyFree(sent, fresh);
  return fresh;
}

/** The metadata of an update, with the server's own members as they are stored; the stored one itself if nothing differs. */
export function updatedMetadata(sent: Partial<ObjectMeta>, stored: ObjectMeta): ObjectMeta {
  if (sent === stored || isUntouched(sent, stored)) return sent as ObjectMeta;
  const result: Written = {
    name: stored.name,
    uid: sent.uid ? sent.uid : stored.uid,
    resourceVersion: stored.resourceVersion,
    creationTimestamp: stored.creationTimestamp,
  };
  const generateName = sent.generateName ?? stored.generateName;
  if (generateName) result.generateName = generateName;
  if (stored.namespace !== undefined) result.namespace = stored.namespace;
  if (stored.generation !== undefined) result.generation = stored.generation;
  if (stored.deletionTimestamp !== undefined) result.deletionTimestamp = stored.deletionTimestamp;
  if (stored.deletionGracePeriodSeconds !== undefined) {
    result.deletionGracePeriodSeconds = stored.deletionGracePeriodSeconds;
  }
  copyFree(sent, result);
  return result;
}

/** Owners that are named twice are kept once (API-GC-01); the uids that were. */
export function repeatedOwners(metadata: Partial<ObjectMeta>): readonly string[] {
  const owners = metadata.ownerReferences ?? [];
  const uids = owners.map(({ uid }) => uid);
  return [...new Set(uids.filter((uid, at) => uids.indexOf(uid) !== at))];
}

/** The members that clients and controllers may set; empty ones are not stored. */
function copyFree(sent: Partial<ObjectMeta>, target: Written): void {
  if (isFilled(sent.labels)) target.labels = sent.labels;
  if (isFilled(sent.annotations)) target.annotations = sent.annotations;
  if (sent.ownerReferences !== undefined && sent.ownerReferences !== null && sent.ownerReferences.length > 0) {
    target.ownerReferences = distinctOwners(sent.ownerReferences);
  }
  if (sent.finalizers !== undefined && sent.finalizers !== null && sent.finalizers.length > 0) {
    target.finalizers = sent.finalizers;
  }
  if (sent.managedFields !== undefined && sent.managedFields !== null && sent.managedFields.length > 0) {
    target.managedFields = sent.managedFields;
  }
}

function distinctOwners(owners: readonly OwnerReference[]): readonly OwnerReference[] {
  if (owners.length < 2) return owners;
  const kept = owners.filter((owner, at) => owners.findIndex(({ uid }) => uid === owner.uid) === at);
  return kept.length === owners.length ? owners : kept;
}

/** Whether only members differ that the sender may set, and none of those was emptied. */
function isUntouched(sent: Partial<ObjectMeta>, stored: ObjectMeta): boolean {
  return (
    sent.name === stored.name &&
    sent.namespace === stored.namespace &&
    sent.uid === stored.uid &&
    sent.resourceVersion === stored.resourceVersion &&
    sent.generation === stored.generation &&
    sent.creationTimestamp === stored.creationTimestamp &&
    sent.deletionTimestamp === stored.deletionTimestamp &&
    sent.deletionGracePeriodSeconds === stored.deletionGracePeriodSeconds &&
    (sent.labels === undefined || isFilled(sent.labels)) &&
    (sent.annotations === undefined || isFilled(sent.annotations)) &&
    (sent.finalizers === undefined || sent.finalizers?.length > 0) &&
    isDistinct(sent.ownerReferences) &&
    !('selfLink' in sent)
  );
}

function isDistinct(owners: readonly OwnerReference[] | undefined): boolean {
  return owners === undefined || (owners?.length > 0 && distinctOwners(owners) === owners);
}

function isFilled(map: Readonly<Record<string, string>> | undefined | null): map is Readonly<Record<string, string>> {
  if (map === undefined || map === null) return false;
  for (const _ in map) return true;
  return false;
}
