// NamespaceLifecycle: nothing is created in a namespace that is absent or going away, and three namespaces stay
// (API-CREATE-06, API-NS-04, API-NS-07).

import { namespaceKey } from '../kind-keys.ts';
import { forbidden, notFound, refuse } from '../refusals.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { Kind } from '../../../kubernetes/kind.ts';
import type { Status } from '../../../kubernetes/status.ts';
import type { ApiContext } from '../context.ts';
import type { Result } from '../server.ts';

const immortal: readonly string[] = ['default', 'kube-system', 'kube-public'];

/** Refuses a creation in a namespace that cannot take it; `undefined` lets it pass. */
export function refuseInNamespace(kind: Kind, object: KubernetesObject, context: ApiContext): Result | undefined {
  const { namespace = '', name } = object.metadata;
  const found = context.store.get(namespaceKey, namespace);
  if (found === undefined) {
    const namespaceKind = context.registry.get(namespaceKey)?.kind ?? kind;
    return refuse(notFound(namespaceKind, namespace));
  }
  if (found.metadata.deletionTimestamp === undefined) return undefined;
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
  const message = `namespace ${namespace} is being terminated`;
  return refuse(forbidden(kind, name, why, [{ reason: 'NamespaceTerminating', message, field: 'metadata.namespace' }]));
}

/** Refuses to delete the namespaces that a cluster cannot do without. */
export function refuseDeletion(kind: Kind, name: string): Status | undefined {
  return kind.key === namespaceKey && immortal.includes(name)
    ? forbidden(kind, name, 'this namespace may not be deleted')
    : undefined;
}
