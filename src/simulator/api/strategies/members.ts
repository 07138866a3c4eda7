// How strategies reach into an object.

import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { Fields } from '../defaults/fields.ts';

// The caller names the type here, as at a cast: what it may expect has been checked by decoding.
/* oxlint-disable typescript/no-unnecessary-type-parameters */

/** The spec of an object with the members that the caller names; an absent spec has none. */
export function specOf<T = Fields>(object: KubernetesObject): T {
  return (object['spec'] ?? {}) as T;
}

/** The status of an object, likewise. */
export function statusOf<T = Fields>(object: KubernetesObject): T {
  return (object['status'] ?? {}) as T;
}

/* oxlint-enable typescript/no-unnecessary-type-parameters */

/** The object with another spec; the object itself when it has that spec. */
export function withSpec(object: KubernetesObject, spec: unknown): KubernetesObject {
  return object['spec'] === spec ? object : { ...object, spec };
}

/** The object with another status. */
export function withStatus(object: KubernetesObject, status: unknown): KubernetesObject {
  return object['status'] === status ? object : { ...object, status };
}

/** The object with a finalizer behind those that it has. */
export function withFinalizer(object: KubernetesObject, finalizer: string): KubernetesObject {
  const finalizers = object.metadata.finalizers ?? [];
  if (finalizers.includes(finalizer)) return object;
  return { ...object, metadata: { ...object.metadata, finalizers: [...finalizers, finalizer] } };
}

/** Whether two specs differ in a member that is not among those that may change. */
export function changesOthers(next: Fields, current: Fields, mutable: ReadonlySet<string>, equal: Equality): boolean {
  for (const member in next) if (!mutable.has(member) && !equal(next[member], current[member])) return true;
  for (const member in current) {
    if (!mutable.has(member) && next[member] === undefined && current[member] !== undefined) return true;
  }
  return false;
}

type Equality = (a: unknown, b: unknown) => boolean;
