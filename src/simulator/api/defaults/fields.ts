// The small moves of defaulting: they share what does not change, so that an object which is complete already costs no copy.

import { writable } from '../../writable.ts';

/** Any JSON object. */
export type Fields = Readonly<Record<string, unknown>>;

/** Adds the members that are not set. As in Go, null and the empty string count as not set. */
export function withDefaults<T extends Fields>(object: T, defaults: Fields): T {
  let result: Record<string, unknown> | undefined;
  for (const member in defaults) {
    const value = object[member];
    if (value !== undefined && value !== null && value !== '') continue;
    result ??= writable(object) as Record<string, unknown>;
    result[member] = defaults[member];
  }
  return (result as T | undefined) ?? object;
}

/** Drops nulls, and the listed members when they hold a zero value: what Go's `omitempty` never writes. */
export function omitEmpty<T extends Fields>(object: T, members: ReadonlySet<string>): T {
  for (const member in object) {
    if (!isDropped(object[member], members.has(member))) continue;
    const kept = Object.entries(object).filter(([name, value]) => !isDropped(value, members.has(name)));
    return Object.fromEntries(kept) as T;
  }
  return object;
}

/** Changes an object member; one that is absent (or no object) stays as it is. */
export function mapMember<T extends Fields>(object: T, member: string, change: (value: Fields) => Fields): T {
  const before = object[member];
  if (!isFields(before)) return object;
  return setMember(object, member, change(before));
}

/** Changes the elements of a list member; elements that are no objects stay as they are. */
export function mapList<T extends Fields>(object: T, member: string, change: (element: Fields) => Fields): T {
  const before: unknown = object[member];
  if (!Array.isArray(before)) return object;
  let after: unknown[] | undefined;
  for (let at = 0; at < before.length; at += 1) {
    const element: unknown = before[at];
    const changed = isFields(element) ? change(element) : element;
    if (changed === element) continue;
    after ??= [...(before as unknown[])];
    after[at] = changed;
  }
  return after === undefined ? object : setMember(object, member, after);
}

/** Sets one member, unless it has that value already. */
export function setMember<T extends Fields>(object: T, member: string, value: unknown): T {
  if (object[member] === value) return object;
  const copy = writable(object) as Record<string, unknown>;
  copy[member] = value;
  return copy as T;
}

/** Leaves out members. */
export function without<T extends Fields>(object: T, ...members: readonly string[]): T {
  if (members.every((member) => object[member] === undefined)) return object;
  return Object.fromEntries(Object.entries(object).filter(([name]) => !members.includes(name))) as T;
}

/** Tells a JSON object from all other values. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isDropped(value: unknown, omittedWhenZero: boolean): boolean {
  if (value === null || value === undefined) return true;
  if (!omittedWhenZero) return false;
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === 'object') return Object.keys(value).length === 0;
  return value === '' || value === 0 || value === false;
}
