// What of a shared cluster one scenario sees: its own namespace, and what belongs to none and to nobody else.

import type { KubernetesObject } from '../../kubernetes/object.ts';

/** Whether an object is of the run in a namespace. Volumes of other namespaces' claims are theirs. */
export function isOfRun(object: KubernetesObject, namespace: string): boolean {
  const { metadata, kind } = object;
  if (metadata.namespace !== undefined) return metadata.namespace === namespace;
  if (kind === 'Namespace') return metadata.name === namespace;
  if (kind !== 'PersistentVolume') return true;
  const { claimRef } = (object['spec'] ?? {}) as { readonly claimRef?: { readonly namespace?: string } };
  return claimRef?.namespace === undefined || claimRef.namespace === namespace;
}

/** A name for the namespace of a scenario that nobody else has: `setpiece-ordered-scaling-3f9a1c`. */
export function namespaceName(scenario: string, suffix: string): string {
  const word = scenario
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replaceAll(/^-|-$/g, '');
  return ['setpiece', word, suffix].filter((part) => part !== '').join('-');
}
