// Equality of JSON values, and sharing: making a new value out of the parts of an old one that it repeats.

import type { Json, JsonObject } from './object.ts';

/** Whether two JSON values are equal; the order of members does not matter, and an undefined member is none. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, at) => sameJson(item, b[at]))
    );
  }
  const names = definedNames(a as JsonObject);
  return (
    names.length === definedNames(b as JsonObject).length &&
    names.every((name) => Object.hasOwn(b, name) && sameJson((a as JsonObject)[name], (b as JsonObject)[name]))
  );
}

/**
 * A value equal to `after` in which every part that equals the part of `before` at the same place *is* that part. Lists are compared
 * place by place. Gives `before` itself when nothing differs.
 */
export function shareUnchanged<T extends Json | undefined>(before: Json | undefined, after: T): T {
  if (
    before === after ||
    typeof before !== 'object' ||
    typeof after !== 'object' ||
    before === null ||
    after === null
  ) {
    return after;
  }
  if (Array.isArray(before) || Array.isArray(after)) {
    if (!Array.isArray(before) || !Array.isArray(after)) return after;
    const list: readonly Json[] = after.map((item: Json, at) => shareUnchanged((before as readonly Json[])[at], item));
    return (list.length === before.length && list.every((item, at) => item === before[at]) ? before : list) as T;
  }
  return shareMembers(before as JsonObject, after as JsonObject) as T;
}

function shareMembers(before: JsonObject, after: JsonObject): JsonObject {
  const names = definedNames(after);
  const shared = names.map((name) => {
    const old = Object.hasOwn(before, name) ? before[name] : undefined;
    return [name, shareUnchanged(old, after[name])] as const;
  });
  const same = names.length === definedNames(before).length && shared.every(([name, value]) => value === before[name]);
  return same ? before : Object.fromEntries(shared);
}

function definedNames(object: JsonObject): readonly string[] {
  return Object.keys(object).filter((name) => object[name] !== undefined);
}
