// When a write that went through ownership changes nothing after all.

import { sameJson } from '../../../kubernetes/json-equal.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';

/**
 * Whether two versions of an object differ in nothing but the times of their managed fields. Such a write is not stored (API-UPD-06);
 * to be asked after defaulting, which puts back what an applied list (claim templates) left out.
 */
export function sameButForTimes(current: KubernetesObject, next: KubernetesObject): boolean {
  return sameJson(withoutTimes(current), withoutTimes(next));
}

function withoutTimes(object: KubernetesObject): unknown {
  const managedFields = object.metadata.managedFields?.map((entry) => ({ ...entry, time: undefined }));
  return { ...object, metadata: { ...object.metadata, managedFields } };
}
