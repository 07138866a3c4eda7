// Merge patches, RFC 7386 (API-PATCH-05): null removes a member, objects merge, everything else replaces.

import type { Json } from '../object.ts';
import { isJsonObject, memberOf, withMembers } from './with-members.ts';

/** Applies a merge patch. The target is not changed; what the patch does not touch is shared with it. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isJsonObject(patch)) return patch;
  const object = isJsonObject(target) ? target : {};
  const changes = new Map<string, Json | undefined>();
  for (const name of Object.keys(patch)) {
    const value = patch[name];
    if (value === undefined) continue;
    changes.set(name, value === null ? undefined : mergePatch(memberOf(object, name), value));
  }
  return withMembers(object, changes);
}
