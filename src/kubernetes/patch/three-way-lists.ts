// Lists in the patch of a client-side apply: elements by key, deletions as directives, and `$setElementOrder` where anything differs.

import { sameJson } from '../json-equal.ts';
import type { Json, JsonObject } from '../object.ts';
import { identityOf } from './strategic-directives.ts';
import { isJsonObject } from './with-members.ts';

/** Three versions of one list. */
interface Lists {
  readonly last: readonly Json[];
  readonly modified: readonly Json[];
  readonly current: readonly Json[];
}

interface Differ {
  readonly name: string;
  /** Empty for lists of scalars. */
  readonly key: string;
  readonly diff: (versions: { last: JsonObject | undefined; modified: JsonObject; current: JsonObject }) => JsonObject;
}

/** The members that a patch needs for one list that merges. */
export function diffLists(lists: Lists, differ: Differ): readonly (readonly [member: string, change: Json])[] {
  return differ.key === '' ? diffScalars(lists, differ.name) : diffElements(lists, differ);
}

function diffElements({ last, modified, current }: Lists, { name, key, diff }: Differ): (readonly [string, Json])[] {
  const changes: Json[] = [];
  for (const element of modified) {
    const now = find(current, element, key);
    if (now === undefined || !isJsonObject(element)) {
      changes.push(element);
    } else {
      const patch = diff({ last: find(last, element, key), modified: element, current: now });
      if (Object.keys(patch).length > 0) changes.push({ ...patch, [key]: identityOf(element, key) });
    }
  }
  const gone = last.filter((element) => find(modified, element, key) === undefined);
  for (const element of gone) changes.push({ $patch: 'delete', [key]: identityOf(element, key) });
  const order = modified.map((element) => ({ [key]: identityOf(element, key) }));
  const sameOrder =
    modified.length === current.length &&
    modified.every((element, at) => sameJson(identityOf(element, key), identityOf(current[at] ?? null, key)));
  if (changes.length === 0 && sameOrder) return [];
  return [[`$setElementOrder/${name}`, order], ...(changes.length > 0 ? [[name, changes] as const] : [])];
}

function diffScalars({ last, modified, current }: Lists, name: string): (readonly [string, Json])[] {
  const added = modified.filter((item) => !current.includes(item));
  const gone = last.filter((item) => !modified.includes(item));
  if (gone.length === 0 && sameJson(modified, current)) return [];
  return [
    [`$setElementOrder/${name}`, modified],
    ...(gone.length > 0 ? [[`$deleteFromPrimitiveList/${name}`, gone] as const] : []),
    ...(added.length > 0 ? [[name, added] as const] : []),
  ];
}

function find(list: readonly Json[], wanted: Json, key: string): JsonObject | undefined {
  const identity = identityOf(wanted, key);
  return list.find((element): element is JsonObject => isJsonObject(element) && sameJson(element[key], identity));
}
