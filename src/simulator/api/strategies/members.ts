// How strategies reach into an object.

import { writable } from '../../writable.ts';
import type { KubernetesObject, ObjectMeta } from '../../../kubernetes/object.ts';
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

/** The object with other metadata; the object itself when it has them. */
export function withMetadata(object: KubernetesObject, metadata: ObjectMeta): KubernetesObject {
  if (object.metadata === metadata) return object;
  const copy = writable(object);
  copy.metadata = metadata;
  return copy;
}

/** The object with another spec. */
export function withSpec(object: KubernetesObject, spec: unknown): KubernetesObject {
  if (object['spec'] === spec) return object;
  const copy = writable(object);
  copy['spec'] = spec;
  return copy;
}

/** The object with another status. */
export function withStatus(object: KubernetesObject, status: unknown): KubernetesObject {
  if (object['status'] === status) return object;
  const copy = writable(object);
  copy['status'] = status;
  return copy;
}

/** The object with a finalizer behind those that it has. */
export function withFinalizer(object: KubernetesObject, finalizer: string): KubernetesObject {
  const finalizers = object.metadata.finalizers ?? [];
  if (finalizers.includes(finalizer)) return object;
  const metadata = writable(object.metadata);
  metadata.finalizers = [...finalizers, finalizer];
  return withMetadata(object, metadata);
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
