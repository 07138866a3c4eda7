// The kinds that Kubernetes 1.36 serves and setpiece knows by name, as its discovery documents list them (API-DISC-04, -05).

import { composeKindKey } from './kind.ts';
import type { Kind, KindKey } from './kind.ts';

type Row = readonly [kind: string, plural: string, scope: 'namespaced' | 'cluster', ...shortNames: string[]];

const served: readonly (readonly [group: string, version: string, rows: readonly Row[]])[] = [
  [
    '',
    'v1',
    [
      ['ConfigMap', 'configmaps', 'namespaced', 'cm'],
      ['Endpoints', 'endpoints', 'namespaced', 'ep'],
      ['Event', 'events', 'namespaced', 'ev'],
      ['LimitRange', 'limitranges', 'namespaced', 'limits'],
      ['Namespace', 'namespaces', 'cluster', 'ns'],
      ['Node', 'nodes', 'cluster', 'no'],
      ['PersistentVolumeClaim', 'persistentvolumeclaims', 'namespaced', 'pvc'],
      ['PersistentVolume', 'persistentvolumes', 'cluster', 'pv'],
      ['Pod', 'pods', 'namespaced', 'po'],
      ['PodTemplate', 'podtemplates', 'namespaced'],
      ['ReplicationController', 'replicationcontrollers', 'namespaced', 'rc'],
      ['ResourceQuota', 'resourcequotas', 'namespaced', 'quota'],
      ['Secret', 'secrets', 'namespaced'],
      ['ServiceAccount', 'serviceaccounts', 'namespaced', 'sa'],
      ['Service', 'services', 'namespaced', 'svc'],
    ],
  ],
  [
    'apps',
    'v1',
    [
      ['ControllerRevision', 'controllerrevisions', 'namespaced'],
      ['DaemonSet', 'daemonsets', 'namespaced', 'ds'],
      ['Deployment', 'deployments', 'namespaced', 'deploy'],
      ['ReplicaSet', 'replicasets', 'namespaced', 'rs'],
      ['StatefulSet', 'statefulsets', 'namespaced', 'sts'],
    ],
  ],
  ['autoscaling', 'v2', [['HorizontalPodAutoscaler', 'horizontalpodautoscalers', 'namespaced', 'hpa']]],
  [
    'batch',
    'v1',
    [
      ['CronJob', 'cronjobs', 'namespaced', 'cj'],
      ['Job', 'jobs', 'namespaced'],
    ],
  ],
  [
    'networking.k8s.io',
    'v1',
    [
      ['Ingress', 'ingresses', 'namespaced', 'ing'],
      ['IngressClass', 'ingressclasses', 'cluster'],
      ['NetworkPolicy', 'networkpolicies', 'namespaced', 'netpol'],
    ],
  ],
  ['policy', 'v1', [['PodDisruptionBudget', 'poddisruptionbudgets', 'namespaced', 'pdb']]],
  [
    'rbac.authorization.k8s.io',
    'v1',
    [
      ['ClusterRole', 'clusterroles', 'cluster'],
      ['ClusterRoleBinding', 'clusterrolebindings', 'cluster'],
      ['Role', 'roles', 'namespaced'],
      ['RoleBinding', 'rolebindings', 'namespaced'],
    ],
  ],
  [
    'storage.k8s.io',
    'v1',
    [
      ['CSIDriver', 'csidrivers', 'cluster'],
      ['CSINode', 'csinodes', 'cluster'],
      ['CSIStorageCapacity', 'csistoragecapacities', 'namespaced'],
      ['StorageClass', 'storageclasses', 'cluster', 'sc'],
      ['VolumeAttachment', 'volumeattachments', 'cluster'],
      ['VolumeAttributesClass', 'volumeattributesclasses', 'cluster', 'vac'],
    ],
  ],
  ['apiextensions.k8s.io', 'v1', [['CustomResourceDefinition', 'customresourcedefinitions', 'cluster', 'crd', 'crds']]],
  ['scheduling.k8s.io', 'v1', [['PriorityClass', 'priorityclasses', 'cluster', 'pc']]],
  ['coordination.k8s.io', 'v1', [['Lease', 'leases', 'namespaced']]],
  ['node.k8s.io', 'v1', [['RuntimeClass', 'runtimeclasses', 'cluster']]],
  ['discovery.k8s.io', 'v1', [['EndpointSlice', 'endpointslices', 'namespaced']]],
];

/** Second names of kinds above: the same objects under another group or version. */
const servedAgain: readonly Kind[] = [
  makeKind('events.k8s.io', 'v1', ['Event', 'events', 'namespaced', 'ev']),
  makeKind('autoscaling', 'v1', ['HorizontalPodAutoscaler', 'horizontalpodautoscalers', 'namespaced', 'hpa']),
];

/** Every built-in kind, once, in its preferred version. */
export const kinds: readonly Kind[] = served.flatMap(([group, version, rows]) =>
  rows.map((row) => makeKind(group, version, row)),
);

const byKey: ReadonlyMap<string, Kind> = new Map(kinds.map((kind) => [kind.key, kind]));
const byName: ReadonlyMap<string, Kind> = new Map(
  [...kinds, ...servedAgain].map((kind) => [`${apiVersionOf(kind)} ${kind.kind}`, kind]),
);
const byWord: ReadonlyMap<string, Kind> = new Map(
  kinds.flatMap((kind) => {
    const words = wordsOf(kind);
    const qualified = kind.group === '' ? [] : words.map((word) => `${word}.${kind.group}`);
    return [...words, ...qualified].map((word) => [word, kind] as const);
  }),
);

/** Words that name a kind without its group: singulars, plurals and short names; for "did you mean". */
export const kindWords: readonly string[] = kinds.flatMap(wordsOf);

/** The built-in kind that a word of the language names: `sts`, `statefulset`, `statefulsets`, each also with `.apps`. */
export function kindOfWord(word: string): Kind | undefined {
  return byWord.get(word);
}

/** The built-in kind of a key, in its preferred version. */
export function kindOfKey(key: KindKey): Kind | undefined {
  return byKey.get(key);
}

/** The built-in kind of an object; group, version and kind must all be served (`apps/v1beta1` is not). */
export function kindOfObject(object: { readonly apiVersion: string; readonly kind: string }): Kind | undefined {
  return byName.get(`${object.apiVersion} ${object.kind}`);
}

/** What manifests of a kind say under `apiVersion`: `v1`, `apps/v1`. */
export function apiVersionOf(kind: { readonly group: string; readonly version: string }): string {
  return kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
}

/** The plural with its group, as messages of the API server name a resource: `pods`, `statefulsets.apps`. */
export function qualifiedResource(kind: { readonly group: string; readonly plural: string }): string {
  return kind.group === '' ? kind.plural : `${kind.plural}.${kind.group}`;
}

/** The kind with its group, as validation messages of the API server name it: `Pod`, `StatefulSet.apps`. */
export function qualifiedKind(kind: { readonly group: string; readonly kind: string }): string {
  return kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`;
}

function makeKind(group: string, version: string, [kind, plural, scope, ...shortNames]: Row): Kind {
  const key = composeKindKey(group, kind);
  return { key, group, version, kind, plural, shortNames, namespaced: scope === 'namespaced' };
}

function wordsOf(kind: Kind): readonly string[] {
  return [...new Set([kind.kind.toLowerCase(), kind.plural, ...kind.shortNames])];
}
