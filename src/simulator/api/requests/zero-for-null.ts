// Nulls in lists become Go's zero values, so that no rule meets a null where it expects an object or a string.

import type { Json, JsonObject } from '../../../kubernetes/object.ts';

/** Lists whose elements are strings; a null in them is the empty string, in others the empty object. */
const textLists = new Set([
  'finalizers',
  'accessModes',
  'command',
  'args',
  'values',
  'clusterIPs',
  'ipFamilies',
  'mountOptions',
]);
/** What is stored as it is sent, whatever it means. */
const opaque = new Set(['data', 'managedFields']);

/** The object itself when no list in it has a null. */
export function zeroForNull(object: JsonObject): JsonObject {
  let result: Record<string, Json | undefined> | undefined;
  for (const member of Object.keys(object)) {
    const before = object[member];
    if (typeof before !== 'object' || before === null || opaque.has(member)) continue;
    const after = Array.isArray(before)
      ? replaceItems(before as readonly Json[], member)
      : zeroForNull(before as JsonObject);
    if (after === before) continue;
    // Fresh objects are made of entries, so that a member called `__proto__` stays a member.
    result ??= Object.fromEntries(Object.entries(object));
    Object.defineProperty(result, member, { value: after, enumerable: true, configurable: true, writable: true });
  }
  return result ?? object;
}

function replaceItems(list: readonly Json[], member: string): readonly Json[] {
  let result: Json[] | undefined;
  for (const [at, before] of list.entries()) {
    const after = replaceItem(before, member);
    if (after === before) continue;
    result ??= [...list];
    result[at] = after;
  }
  return result ?? list;
}

function replaceItem(item: Json, member: string): Json {
  if (item === null) return textLists.has(member) ? '' : {};
  if (typeof item !== 'object') return item;
  return Array.isArray(item) ? replaceItems(item as readonly Json[], member) : zeroForNull(item as JsonObject);
}
