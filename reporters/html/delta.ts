// The difference between two JSON values, small enough that a page can hold thousands of versions of an object. Applying
// it shares every part that did not change.

import type { Json, JsonObject } from '../../src/kubernetes/object.ts';

/**
 * What makes one value of another: nothing (`0`), a value put in its place (`[1, value]`), members of a map that differ and
 * names that are gone (`[2, { name: delta }, [name]]`), items of a list that differ (`[3, [[position, delta]]]`), or a part of a list
 * that is replaced by another (`[4, from, number of items taken out, [item]]`).
 */
export type Delta =
  | 0
  | readonly [kind: 1, value: Json]
  | readonly [kind: 2, members: Readonly<Record<string, Delta>>, gone?: readonly string[]]
  | readonly [kind: 3, items: readonly (readonly [position: number, delta: Delta])[]]
  | readonly [kind: 4, from: number, gone: number, items: readonly Json[]];

/** The difference of `after` from `before`; `undefined` members are none. */
export function deltaOf(before: Json | undefined, after: Json): Delta {
  if (before === after) return 0;
  if (Array.isArray(before) && Array.isArray(after)) return listDelta(before, after);
  if (isMap(before) && isMap(after)) return mapDelta(before, after);
  return [1, after];
}

/** The value that `delta` makes of `before`. */
export function applyDelta(before: Json | undefined, delta: Delta): Json | undefined {
  if (delta === 0) return before;
  if (delta[0] === 1) return delta[1];
  if (delta[0] === 2) return applyMembers(isMap(before) ? before : {}, delta[1], delta[2] ?? []);
  const list: Json[] = Array.isArray(before) ? [...(before as readonly Json[])] : [];
  if (delta[0] === 4) list.splice(delta[1], delta[2], ...delta[3]);
  else for (const [at, itemDelta] of delta[1]) list[at] = applyDelta(list[at], itemDelta) ?? null;
  return list;
}

function mapDelta(before: JsonObject, after: JsonObject): Delta {
  const members: [string, Delta][] = [];
  for (const name of Object.keys(after)) {
    const value = after[name];
    if (value === undefined) continue;
    const old = Object.hasOwn(before, name) ? before[name] : undefined;
    const delta = deltaOf(old, value);
    if (delta !== 0) members.push([name, delta]);
  }
  const gone = Object.keys(before).filter(
    (name) => before[name] !== undefined && (!Object.hasOwn(after, name) || after[name] === undefined),
  );
  if (gone.length > 0) return [2, Object.fromEntries(members), gone];
  return members.length === 0 ? 0 : [2, Object.fromEntries(members)];
}

function listDelta(before: readonly Json[], after: readonly Json[]): Delta {
  if (before.length !== after.length) return spliceDelta(before, after);
  const items: [number, Delta][] = [];
  for (const [at, item] of after.entries()) {
    const delta = deltaOf(before[at], item);
    if (delta !== 0) items.push([at, delta]);
  }
  return items.length === 0 ? 0 : [3, items];
}

/** What is the same at both ends stays. */
function spliceDelta(before: readonly Json[], after: readonly Json[]): Delta {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && deltaOf(before[from], after[from] as Json) === 0) from += 1;
  let rest = 0;
  while (rest < shorter - from && deltaOf(before.at(-1 - rest), after.at(-1 - rest) as Json) === 0) rest += 1;
  return [4, from, before.length - from - rest, after.slice(from, after.length - rest)];
}

/** Built of entries: a member may be called `__proto__`, and must be a member then. */
function applyMembers(
  before: JsonObject,
  members: Readonly<Record<string, Delta>>,
  gone: readonly string[],
): JsonObject {
  const entries = new Map<string, Json | undefined>(Object.entries(before));
  for (const [name, delta] of Object.entries(members)) entries.set(name, applyDelta(entries.get(name), delta));
  for (const name of gone) entries.delete(name);
  return Object.fromEntries(entries);
}

function isMap(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
