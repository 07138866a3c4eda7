// The default storage class: which one it is, and the class `standard` that a kind cluster comes with.

import { annotation, classKind } from './volume.ts';
import type { Result } from '../api/server.ts';
import type { Plant } from '../controllers/controller.ts';
import type { Lister } from '../store/store.ts';
import type { StorageClass } from './volume.ts';

/** The provisioner of the class `standard`. */
export const localPath = 'rancher.io/local-path';

/** The class that claims without one get: the youngest that is marked, then the first by name (PVC-NEW-03). */
export function defaultClass(lister: Lister): StorageClass | undefined {
  let best: StorageClass | undefined;
  for (const object of lister.list(classKind).values()) {
    const candidate = object as StorageClass;
    const marks = candidate.metadata.annotations ?? {};
    const marked = marks[annotation.defaultClass] ?? marks['storageclass.beta.kubernetes.io/is-default-class'];
    if (marked === 'true' && (best === undefined || isBefore(candidate, best))) best = candidate;
  }
  return best;
}

/** Creates the class `standard` as kind has it; `isDefault: false` makes a cluster without a default class. */
export function createStandardClass({ api }: Plant, { isDefault }: { readonly isDefault: boolean }): Result {
  return api.create({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'standard', annotations: { [annotation.defaultClass]: String(isDefault) } },
    provisioner: localPath,
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'WaitForFirstConsumer',
  });
}

function isBefore(a: StorageClass, b: StorageClass): boolean {
  const [created, other] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp];
  return created === other ? a.metadata.name < b.metadata.name : created > other;
}
