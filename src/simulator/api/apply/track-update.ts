// Ownership of ordinary writes: create, update and patch make their manager the owner of what they change (API-SSA-04).

import { sameJson } from '../../../kubernetes/json-equal.ts';
import { kindKey } from '../../../kubernetes/kind.ts';
import type { JsonObject, KubernetesObject } from '../../../kubernetes/object.ts';
import { shapeOfKind, unknownShape } from '../../../kubernetes/patch/merge-keys.ts';
import { difference, isEmptySet, union } from './field-set.ts';
import { capUpdaters, identityOf, managersOf, withManagers } from './managers.ts';
import type { Manager, Managers } from './managers.ts';
import { compareFields } from './owned-fields.ts';
import { afterWrite, writtenPart } from './ownership.ts';

/** An ordinary write. */
export interface TrackedWrite {
  /** Absent for a create. */
  readonly before?: KubernetesObject;
  /** Defaulted and admitted, before the registry allocates what is its own (cluster IPs, node ports). */
  readonly after: KubernetesObject;
  /** The field manager, or the client's user agent up to its first `/`. */
  readonly manager: string;
  /** RFC 3339, whole seconds. */
  readonly now: string;
  readonly subresource?: string;
}

/**
 * Whether a write can change who owns what. An object without managers is not tracked (its first apply takes everything else for
 * `before-first-apply`), and a change of the status alone need not be: nothing but a status subresource would own it. Compares
 * references only, so that writes of our own controllers can ask it every time.
 */
export function needsTracking(before: KubernetesObject, after: KubernetesObject): boolean {
  if (before.metadata.managedFields === undefined) return false;
  const [old, now] = [before.metadata, after.metadata];
  const sameMetadata =
    old.labels === now.labels &&
    old.annotations === now.annotations &&
    old.finalizers === now.finalizers &&
    old.ownerReferences === now.ownerReferences;
  if (!sameMetadata) return true;
  return differsBelow(before, after) || differsBelow(after, before);
}

function differsBelow(a: KubernetesObject, b: KubernetesObject): boolean {
  for (const name in a) {
    if (name !== 'metadata' && name !== 'status' && a[name] !== b[name]) return true;
  }
  return false;
}

/** The object after an ordinary write, with `metadata.managedFields` brought up to date; the same object when nobody gains or loses. */
export function trackUpdate({ before, after, manager, now, subresource = '' }: TrackedWrite): KubernetesObject {
  // A write to a subresource cannot name owners: what its body says of them counts for nothing.
  const sent = subresource === '' ? after.metadata.managedFields : undefined;
  const live = managersOf(before);
  const untouched = before !== undefined && sameJson(sent, before.metadata.managedFields);
  const named = untouched || sent === undefined ? live : managersOf(after);
  if (before !== undefined && live.size === 0 && named.size === 0) {
    return after.metadata.managedFields === undefined ? after : withManagers(after, new Map());
  }
  // A single empty entry is how a client asks to forget all owners; other lists that cannot be read are taken for a mistake.
  const reset = sent?.length === 1 && Object.keys(sent[0] ?? {}).length === 0;
  const managers = reset ? new Map<string, Manager>() : named.size > 0 ? named : live;
  const write = { ...(before === undefined ? {} : { before }), after, manager, now, subresource };
  const next = capUpdaters(ownersAfter(managers, write));
  return untouched && next === live ? after : withManagers(after, next);
}

function ownersAfter(managers: Managers, { before, after, manager, now, subresource = '' }: TrackedWrite): Managers {
  const shape = shapeOfKind(kindKey(after)) ?? unknownShape;
  const comparison = writtenPart(
    compareFields((before ?? {}) as JsonObject, after as unknown as JsonObject, shape),
    subresource,
  );
  const gained = union(comparison.added, comparison.modified);
  if (isEmptySet(gained) && isEmptySet(comparison.removed)) return managers;
  const writer = { name: manager, operation: 'Update', apiVersion: after.apiVersion, subresource } as const;
  const next = new Map(afterWrite(managers, '', comparison));
  const known = managers.get(identityOf(writer));
  if (isEmptySet(gained)) return next;
  const kept = known === undefined ? gained : union(difference(known.fields, comparison.removed), gained);
  // What repeats is left as it is, so that it need not be written anew.
  const same = known !== undefined && known.fields === kept && known.time === now;
  next.set(identityOf(writer), same ? known : { ...writer, time: now, fields: kept });
  return next;
}
