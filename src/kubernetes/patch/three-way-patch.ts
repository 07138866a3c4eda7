// The patch of a client-side apply (API-CSA-02, -03): what the manifest says against the live object, and what the last manifest said and
// this one no longer does. Follows strategicpatch.CreateThreeWayMergePatch and jsonmergepatch.CreateThreeWayJSONMergePatch.

import { sameJson } from '../json-equal.ts';
import { kindKey } from '../kind.ts';
import type { Json, JsonObject } from '../object.ts';
import { shapeOfKind } from './merge-keys.ts';
import type { Shape } from './shape.ts';
import { diffLists } from './three-way-lists.ts';
import { isJsonList, isJsonObject, memberOf } from './with-members.ts';

/** What `kubectl apply` sends: a strategic merge patch for built-in kinds, else a merge patch. `{}` means that nothing is to do. */
export interface ThreeWayPatch {
  readonly type: 'strategic' | 'merge';
  readonly patch: JsonObject;
}

type Manifested = JsonObject & { readonly apiVersion: string; readonly kind: string };

/** Makes the patch; without `lastApplied` (the object was not made by apply) nothing is removed. */
export function threeWayPatch({
  lastApplied,
  modified,
  current,
}: {
  readonly lastApplied?: JsonObject;
  readonly modified: Manifested;
  readonly current: JsonObject;
}): ThreeWayPatch {
  const shape = shapeOfKind(kindKey(modified));
  const versions = { last: lastApplied ?? {}, modified, current };
  return shape === undefined
    ? { type: 'merge', patch: diffObjects(versions, undefined, false) }
    : { type: 'strategic', patch: diffObjects(versions, shape, true) };
}

/** One place of the object in its three versions. */
interface Versions<T> {
  readonly last: T | undefined;
  readonly modified: T;
  readonly current: T;
}

function diffObjects(versions: Versions<JsonObject>, shape: Shape | undefined, strategic: boolean): JsonObject {
  const { last = {}, modified, current } = versions;
  const patch = new Map<string, Json>();
  for (const [name, value] of Object.entries(modified)) {
    if (value === undefined) continue;
    const now = memberOf(current, name);
    const below = shape?.fields?.get(name);
    if (value === null) {
      if (now !== undefined) patch.set(name, null);
    } else if (now === undefined) {
      patch.set(name, value);
    } else {
      const old = memberOf(last, name);
      for (const [member, change] of diffMember({ last: old, modified: value, current: now }, below, {
        name,
        strategic,
      })) {
        patch.set(member, change);
      }
    }
  }
  for (const [name, value] of Object.entries(last)) {
    if (value !== undefined && value !== null && memberOf(modified, name) === undefined) patch.set(name, null);
  }
  if (
    shape?.strategy === 'retainKeys' &&
    (patch.size > 0 || Object.keys(modified).some((name) => !(name in current)))
  ) {
    patch.set('$retainKeys', Object.keys(modified).sort());
  }
  return Object.fromEntries(patch);
}

function diffMember(
  { last, modified, current }: Versions<Json>,
  shape: Shape | undefined,
  { name, strategic }: { readonly name: string; readonly strategic: boolean },
): readonly (readonly [member: string, change: Json])[] {
  if (isJsonObject(modified) && isJsonObject(current) && shape?.strategy !== 'replace') {
    const versions = { last: isJsonObject(last) ? last : undefined, modified, current };
    const patch = diffObjects(versions, shape, strategic);
    return Object.keys(patch).length === 0 ? [] : [[name, patch]];
  }
  const key = shape?.mergeKey;
  if (strategic && key !== undefined && isJsonList(modified) && isJsonList(current)) {
    const versions = { last: isJsonList(last) ? last : [], modified, current };
    const diff = (versions: Versions<JsonObject>): JsonObject => diffObjects(versions, shape, true);
    return diffLists(versions, { name, key, diff });
  }
  return sameJson(modified, current) ? [] : [[name, modified]];
}
