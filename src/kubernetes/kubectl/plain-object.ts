// An object as `-o yaml` and `-o json` print it: members by name, without managed fields.

import type { Json, JsonObject, KubernetesObject } from '../object.ts';
import type { ClusterView } from './cluster-view.ts';

/** The object as plain data, in the namespace under which it is shown. */
export function plainObject(object: KubernetesObject, { namespace }: Pick<ClusterView, 'namespace'>): JsonObject {
  const { managedFields: _, ...metadata } = object.metadata;
  const shown = metadata.namespace === namespace ? { ...metadata, namespace: 'default' } : metadata;
  return { ...object, metadata: shown } as unknown as JsonObject;
}

/** JSON as kubectl writes it: four blanks, members by name. */
export function jsonText(value: Json): string {
  return JSON.stringify(sorted(value), undefined, 4);
}

function sorted(value: Json | undefined): Json {
  if (Array.isArray(value)) return value.map((item: Json) => sorted(item));
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.fromEntries(membersOf(value as JsonObject).map(([name, member]) => [name, sorted(member)]));
}

/** The members of an object by name. */
export function membersOf(object: JsonObject): readonly (readonly [name: string, value: Json])[] {
  return Object.entries(object)
    .flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
