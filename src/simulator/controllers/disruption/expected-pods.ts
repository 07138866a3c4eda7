// How many pods a budget expects and how many of them it wants healthy (PDB-02, PDB-W-01, -02). Follows getExpectedPodCount of
// pkg/controller/disruption/disruption.go.

import { composeKindKey, kindKey } from '../../../kubernetes/kind.ts';
import { controllerOf } from '../../../kubernetes/object.ts';
import { kindOfKey, qualifiedResource } from '../../../kubernetes/kinds.ts';
import { scaledUp } from './types.ts';
import type { KindKey } from '../../../kubernetes/kind.ts';
import type { KubernetesObject, OwnerReference } from '../../../kubernetes/object.ts';
import type { Informer } from '../controller.ts';
import type { ApiServer } from '../../api/server.ts';
import type { BudgetPods } from './budget-pods.ts';
import type { Budget } from './types.ts';

/** What a budget reckons with, or why that cannot be known. */
export type Expectation =
  | { readonly ok: true; readonly expected: number; readonly desired: number; readonly unmanaged: number }
  | { readonly ok: false; readonly message: string };

const deploymentKind = composeKindKey('apps', 'Deployment');
const replicaSetKind = composeKindKey('apps', 'ReplicaSet');
const scaled: ReadonlySet<KindKey> = new Set([
  deploymentKind,
  replicaSetKind,
  composeKindKey('apps', 'StatefulSet'),
  composeKindKey('', 'ReplicationController'),
]);

/** Reckons for a budget. Only a count of available pods can do without the scales of the pods' owners. */
export function expectationOf(
  { api, informer }: { readonly api: ApiServer; readonly informer: Informer },
  { spec, metadata }: Budget,
  pods: BudgetPods,
): Expectation {
  const { minAvailable, maxUnavailable } = spec;
  if (typeof minAvailable === 'number' && maxUnavailable === undefined) {
    return { ok: true, expected: pods.size, desired: minAvailable, unmanaged: 0 };
  }
  if (maxUnavailable === undefined && minAvailable === undefined) {
    return { ok: true, expected: pods.size, desired: 0, unmanaged: 0 };
  }
  const scales = new Map<string, number>();
  for (const reference of pods.owners) {
    const scale = scaleOf(api, informer, { namespace: metadata.namespace ?? '', reference });
    if (typeof scale === 'string') return { ok: false, message: scale };
    if (scale !== undefined) scales.set(scale.uid, scale.replicas);
  }
  let expected = 0;
  for (const replicas of scales.values()) expected += replicas;
  const desired =
    maxUnavailable === undefined
      ? scaledUp(minAvailable ?? 0, expected)
      : Math.max(0, expected - scaledUp(maxUnavailable, expected));
  return { ok: true, expected, desired, unmanaged: pods.unmanaged };
}

interface Scale {
  readonly uid: string;
  readonly replicas: number;
}

/** The scale of a pod's owner, or of the Deployment behind it; undefined when it is gone, a text when it has none. */
function scaleOf(
  api: ApiServer,
  informer: Informer,
  { namespace, reference }: { readonly namespace: string; readonly reference: OwnerReference },
): Scale | string | undefined {
  const kind = kindKey(reference);
  if (!scaled.has(kind)) return scaleOfOther(api, kind, { namespace, reference });
  const owner = informer.get(kind, `${namespace}/${reference.name}`);
  if (owner?.metadata.uid !== reference.uid) return undefined;
  const above = kind === replicaSetKind ? controllerOf(owner) : undefined;
  if (above?.kind !== 'Deployment') return scaleFrom(owner);
  const deployment = informer.get(deploymentKind, `${namespace}/${above.name}`);
  return deployment?.metadata.uid === above.uid ? scaleFrom(deployment) : undefined;
}

/** Any other owner is asked for its scale subresource. */
function scaleOfOther(
  api: ApiServer,
  kind: KindKey,
  { namespace, reference }: { readonly namespace: string; readonly reference: OwnerReference },
): Scale | string | undefined {
  const served = api.kind(kind) ?? kindOfKey(kind);
  if (served === undefined) return `no matches for kind "${reference.kind}" in group "${reference.apiVersion}"`;
  const { group, version, plural: resource } = served;
  const { name } = reference;
  const { code, body } = api.handle({ verb: 'get', group, version, resource, namespace, name, subresource: 'scale' });
  if (code === 200) {
    const scale = body as KubernetesObject;
    return scale.metadata.uid === reference.uid ? scaleFrom(scale) : undefined;
  }
  const live = api.store.get(kind, `${namespace}/${name}`);
  return live === undefined ? undefined : `${qualifiedResource(served)} does not implement the scale subresource`;
}

function scaleFrom(object: KubernetesObject): Scale {
  const spec = object['spec'] as { readonly replicas?: number } | undefined;
  return { uid: object.metadata.uid, replicas: spec?.replicas ?? 0 };
}
