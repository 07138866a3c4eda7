// Server-side apply (API-SSA): a manifest becomes part of an object, its applier the owner of exactly the fields in it. Follows
// structured-merge-diff's merge.Updater.Apply. Uses the large field table: import it only where applies are served.

import { decode, decodingRefusal } from '../../../kubernetes/decode.ts';
import { sameJson } from '../../../kubernetes/json-equal.ts';
import { kindKey } from '../../../kubernetes/kind.ts';
import type { Json, JsonObject, KubernetesObject, Manifest } from '../../../kubernetes/object.ts';
import { shapeOfKind, unknownShape } from '../../../kubernetes/patch/merge-keys.ts';
import type { Shape } from '../../../kubernetes/patch/shape.ts';
import type { Status } from '../../../kubernetes/status.ts';
import { difference, emptySet, intersection, sameSet, union, withNamedFields } from './field-set.ts';
import { identityOf, managersOf, withManagers } from './managers.ts';
import type { Manager, Managers } from './managers.ts';
import { mergeApplied, removeFields } from './merge-applied.ts';
import { compareFields, fieldsSetBy } from './owned-fields.ts';
import { afterWrite, conflictsWith, writtenFields, writtenPart } from './ownership.ts';
import { conflictRefusal, managedFieldsSent, managerRequired, undecodableManifest, untypable } from './refusals.ts';
import { typeErrors } from './typed-check.ts';

/** An apply. */
export interface AppliedManifest {
  /** The live object; absent when there is none: the apply creates it. */
  readonly current?: KubernetesObject;
  /** As sent. Name and namespace must be those of the request. */
  readonly applied: Manifest;
  /** The `fieldManager` of the request. */
  readonly manager: string | undefined;
  /** Take fields from their owners instead of refusing. */
  readonly force: boolean;
  /** RFC 3339, whole seconds. */
  readonly now: string;
  readonly subresource?: string;
}

/** The object to be defaulted, validated and stored (the live object itself when nothing changes), or the refusal. */
export type ApplyResult =
  | { readonly ok: true; readonly object: KubernetesObject }
  | { readonly ok: false; readonly status: Status };

const firstApply = 'before-first-apply';

/** Applies a manifest. A created object still lacks what the server gives it: uid, creationTimestamp, defaults. */
export function serverSideApply({
  current,
  applied,
  manager,
  force,
  now,
  subresource = '',
}: AppliedManifest): ApplyResult {
  if (manager === undefined || manager === '') return { ok: false, status: managerRequired() };
  if (applied.metadata?.managedFields !== undefined) return { ok: false, status: managedFieldsSent() };
  const manifest = applied as unknown as JsonObject & Manifest;
  const errors = typeErrors(manifest);
  if (errors.length > 0) return { ok: false, status: untypable(identified(applied), errors) };

  const shape = shapeOfKind(kindKey(applied)) ?? unknownShape;
  const live = withoutManagers(current);
  const managers = liveManagers({ current, live, shape, now, apiVersion: applied.apiVersion });
  const applier = { name: manager, operation: 'Apply', apiVersion: applied.apiVersion, subresource } as const;
  const identity = identityOf(applier);
  const before = managers.get(identity);
  const fields = writtenFields(fieldsSetBy(manifest, shape), subresource);
  const claimed = new Map(managers).set(identity, { ...applier, time: before?.time ?? now, fields });

  const merged = mergeApplied(live, manifest, shape) as JsonObject;
  const object = prune(merged, { last: before, managers: claimed, shape });
  const comparison = writtenPart(compareFields(live, object, shape), subresource);
  const conflicts = conflictsWith(claimed, identity, comparison);
  if (!force && conflicts.length > 0) return { ok: false, status: conflictRefusal(conflicts) };
  const decoded = decode(object as JsonObject & Manifest);
  const undecodable = decodingRefusal(manifest, decoded, { strict: false });
  if (undecodable !== undefined) return { ok: false, status: undecodableManifest(undecodable) };
  const result = decoded.value as unknown as KubernetesObject;
  return {
    ok: true,
    object: finish({ current, live, result, managers: afterWrite(claimed, identity, comparison), identity, now }),
  };
}

/** Removes what the applier owned and no longer wants, unless somebody else owns it (API-SSA-03). */
function prune(
  merged: JsonObject,
  { last, managers, shape }: { readonly last: Manager | undefined; readonly managers: Managers; readonly shape: Shape },
): JsonObject {
  if (last === undefined) return merged;
  let owned = emptySet;
  for (const { fields } of managers.values()) owned = union(owned, fields);
  const present = withNamedFields(fieldsSetBy(merged, shape));
  const dropped = difference(intersection(present, withNamedFields(last.fields)), withNamedFields(owned));
  return (removeFields(merged, dropped, shape) ?? {}) as JsonObject;
}

/** The owners of a live object. One that was never tracked belongs as a whole to whoever wrote it before the first apply. */
function liveManagers({
  current,
  live,
  shape,
  now,
  apiVersion,
}: {
  readonly current: KubernetesObject | undefined;
  readonly live: JsonObject;
  readonly shape: Shape;
  readonly now: string;
  readonly apiVersion: string;
}): Managers {
  const managers = managersOf(current);
  if (current === undefined || managers.size > 0) return managers;
  const fields = writtenFields(compareFields({}, live, shape).added, '');
  const unknown: Manager = { name: firstApply, operation: 'Update', apiVersion, subresource: '', time: now, fields };
  return new Map([[identityOf(unknown), unknown]]);
}

/** Writes the owners; an apply that changes nothing gives the live object itself, and leaves its times alone (API-UPD-06). */
function finish({
  current,
  live,
  result,
  managers,
  identity,
  now,
}: {
  readonly current: KubernetesObject | undefined;
  readonly live: JsonObject;
  readonly result: KubernetesObject;
  readonly managers: Managers;
  readonly identity: string;
  readonly now: string;
}): KubernetesObject {
  const changed = !sameJson(live, result);
  if (!changed && current !== undefined && sameManagers(managersOf(current), managers)) return current;
  const applier = managers.get(identity);
  const timed = new Map(managers);
  if (applier !== undefined && changed) timed.set(identity, { ...applier, time: now });
  return withManagers(result, timed);
}

function sameManagers(a: Managers, b: Managers): boolean {
  return (
    a.size === b.size && [...a].every(([identity, { fields }]) => sameSet(fields, b.get(identity)?.fields ?? emptySet))
  );
}

function withoutManagers(current: KubernetesObject | undefined): JsonObject {
  if (current === undefined) return {};
  const { managedFields: _, ...metadata } = current.metadata;
  return { ...(current as unknown as JsonObject), metadata: metadata as unknown as Json };
}

function identified({ apiVersion, kind, metadata }: Manifest): {
  apiVersion: string;
  kind: string;
  namespace: string;
  name: string;
} {
  return { apiVersion, kind, namespace: metadata?.namespace ?? '', name: metadata?.name ?? '' };
}
