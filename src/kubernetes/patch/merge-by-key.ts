// The scenario language's own merge: a merge patch whose lists merge by key, for built-in and for custom kinds.

import type { KindKey } from '../kind.ts';
import type { Json } from '../object.ts';
import { mergeKeysOf } from './merge-keys.ts';
import { isJsonList, isJsonObject, memberOf, withMembers } from './with-members.ts';

/**
 * Applies a merge patch whose lists merge by key: elements of the target that the patch does not name stay, named ones are merged in
 * place, new ones are appended. A list without a key, an empty list, and a list whose elements lack the key are replaced whole. Without a kind the
 * names of fields decide (see `mergeKeysOf`). The target is not changed; what the patch does not touch is shared.
 */
export function mergeByKey(target: Json | undefined, patch: Json, kind?: KindKey): Json {
  return mergeAt(target, patch, { kind, path: [] });
}

interface Place {
  readonly kind: KindKey | undefined;
  readonly path: readonly string[];
}

function mergeAt(target: Json | undefined, patch: Json, place: Place): Json {
  if (isJsonList(patch) && isJsonList(target)) return mergeLists(target, patch, place);
  if (!isJsonObject(patch)) return patch;
  const object = isJsonObject(target) ? target : {};
  const changes = new Map<string, Json | undefined>();
  for (const name of Object.keys(patch)) {
    const value = patch[name];
    if (value === undefined) continue;
    const below = { kind: place.kind, path: [...place.path, name] };
    changes.set(name, value === null ? undefined : mergeAt(memberOf(object, name), value, below));
  }
  return withMembers(object, changes);
}

function mergeLists(target: readonly Json[], patch: readonly Json[], place: Place): Json {
  const elements = patch.filter(isJsonObject);
  const key = mergeKeysOf(place.kind, place.path).find((name) =>
    elements.every((element) => Object.hasOwn(element, name)),
  );
  if (key === undefined || elements.length === 0 || elements.length < patch.length) return patch;
  const merged = [...target];
  for (const element of elements) {
    const at = merged.findIndex((old) => isJsonObject(old) && memberOf(old, key) === element[key]);
    if (at < 0) merged.push(mergeAt(undefined, element, place));
    else merged[at] = mergeAt(merged[at], element, place);
  }
  return merged;
}
