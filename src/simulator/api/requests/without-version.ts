// What a dry run answers: an object that was never stored has no resourceVersion (API-CREATE-08).

import { without } from '../defaults/fields.ts';
import type { KubernetesObject, ObjectMeta } from '../../../kubernetes/object.ts';

/** The object without its resourceVersion. */
export function withoutVersion(object: KubernetesObject): KubernetesObject {
  const metadata: Readonly<Record<string, unknown>> = { ...object.metadata };
  return { ...object, metadata: without(metadata, 'resourceVersion') as unknown as ObjectMeta };
}
