// The one way in which patches change an object: copy once, share what is not named, safe for a member called `__proto__`.

import { sameJson } from '../json-equal.ts';
import type { Json, JsonObject } from '../object.ts';

/** The object with members set, or (undefined) removed; the very same object when nothing differs. */
export function withMembers(object: JsonObject, changes: ReadonlyMap<string, Json | undefined>): JsonObject {
  const members = new Map(Object.entries(object));
  let changed = false;
  for (const [name, value] of changes) {
    if (value === undefined) {
      changed = members.delete(name) || changed;
    } else if (!members.has(name) || !sameJson(members.get(name), value)) {
      // An equal value leaves the old one, so that it goes on being shared.
      members.set(name, value);
      changed = true;
    }
  }
  return changed ? Object.fromEntries(members) : object;
}

/** Whether a value is a JSON object (not a list, not null). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is a list. Keeps the type of its elements, which `Array.isArray` loses for readonly lists. */
export function isJsonList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** An object's own member; `toString` and its like are none. */
export function memberOf(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
