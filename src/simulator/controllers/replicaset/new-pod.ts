// The pod that a ReplicaSet creates (RS-01). All pods of a set share the template's spec by reference.

import { controllerReference } from '../history/controller-revision.ts';
import type { Manifest } from '../../../kubernetes/object.ts';
import type { ReplicaSet } from './types.ts';

/** Builds the manifest of a pod; the API server completes the name. */
export function newPod(set: ReplicaSet): Manifest {
  const { labels, annotations, finalizers } = set.spec.template.metadata ?? {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: `${set.metadata.name}-`,
      ...(set.metadata.namespace === undefined ? {} : { namespace: set.metadata.namespace }),
      ...(labels === undefined ? {} : { labels }),
      ...(annotations === undefined ? {} : { annotations }),
      ...(finalizers === undefined ? {} : { finalizers }),
      ownerReferences: [controllerReference(set)],
    },
    spec: set.spec.template.spec,
  };
}
