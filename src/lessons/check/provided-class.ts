// A storage class that a lesson takes for granted: one that provisions.

import type { Manifest } from '../../kubernetes/object.ts';

/** The class, as kind's own provisioner serves it. */
export function providedClass(name: string): Manifest {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name },
    provisioner: 'rancher.io/local-path',
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'WaitForFirstConsumer',
  };
}
