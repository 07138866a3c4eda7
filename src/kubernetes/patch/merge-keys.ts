// The one table of how lists and objects merge, for every built-in kind: merge keys of strategic merge patches (API-SMP-05, -06),
// keys of server-side apply (API-SSA-09), and the merge by key of the scenario language.

import type { KindKey } from '../kind.ts';
import { containerLists, podSpec, podTemplate } from './pod-shapes.ts';
import { atomic, listBy, object, set } from './shape.ts';
import type { Shape } from './shape.ts';

const always = { always: true } as const;
const conditions = listBy('type');
const conditioned = object({ conditions }, always);

const metadata = object(
  {
    finalizers: set,
    ownerReferences: listBy('uid', {}, { ownership: 'atomic' }),
  },
  always,
);

const claimSpec = object({ selector: atomic, dataSource: atomic, resources: object({}, always) }, always);

const jobTemplate = object(
  { metadata, spec: object({ selector: atomic, template: podTemplate(metadata) }, always) },
  always,
);

/** Kinds by key; what is not named here has no list that merges but those of the metadata. */
const shapes: ReadonlyMap<string, Shape> = new Map(
  Object.entries({
    pod: kind({
      spec: podSpec,
      status: object(
        {
          conditions,
          podIPs: listBy('ip'),
          hostIPs: { mergeKey: 'ip' },
          resourceClaimStatuses: listBy('name', {}, { strategy: 'retainKeys' }),
        },
        always,
      ),
    }),
    podtemplate: kind({ template: podTemplate(metadata) }),
    replicationcontroller: kind({
      spec: object({ selector: atomic, template: podTemplate(metadata, {}) }, always),
      status: conditioned,
    }),
    service: kind({
      spec: object(
        {
          ports: {
            mergeKey: 'port',
            applyKeys: [{ name: 'port' }, { name: 'protocol', default: 'TCP' }],
          },
          selector: atomic,
        },
        always,
      ),
      status: object({ conditions, loadBalancer: object({}, always) }, always),
    }),
    serviceaccount: kind({ secrets: listBy('name'), imagePullSecrets: { mergeKey: 'name' } }),
    persistentvolumeclaim: kind({ spec: claimSpec, status: conditioned }),
    persistentvolume: kind({
      spec: object({ nodeAffinity: object({ required: atomic }) }, always),
      status: object({}, always),
    }),
    node: kind({
      spec: object({ podCIDRs: set }, always),
      status: object({ conditions, addresses: listBy('type'), nodeInfo: object({}, always) }, always),
    }),
    namespace: kind({ spec: object({}, always), status: conditioned }),
    event: kind({ involvedObject: atomic, related: atomic, source: object({}, always) }),
    endpoints: kind({}),
    resourcequota: kind({ spec: object({ scopeSelector: atomic }, always), status: object({}, always) }),
    limitrange: kind({ spec: object({}, always) }),
    'statefulset.apps': kind({
      spec: object({ selector: atomic, template: podTemplate(metadata), updateStrategy: object({}, always) }, always),
      status: conditioned,
    }),
    'deployment.apps': kind({
      spec: object(
        {
          selector: atomic,
          template: podTemplate(metadata),
          strategy: object({}, { always: true, strategy: 'retainKeys' }),
        },
        always,
      ),
      status: conditioned,
    }),
    'replicaset.apps': kind({
      spec: object({ selector: atomic, template: podTemplate(metadata) }, always),
      status: conditioned,
    }),
    'daemonset.apps': kind({
      spec: object({ selector: atomic, template: podTemplate(metadata), updateStrategy: object({}, always) }, always),
      status: conditioned,
    }),
    'controllerrevision.apps': kind({ data: atomic }),
    'job.batch': kind({
      spec: object({ selector: atomic, template: podTemplate(metadata) }, always),
      status: object(
        { conditions: { mergeKey: 'type' }, uncountedTerminatedPods: object({ failed: set, succeeded: set }) },
        always,
      ),
    }),
    'cronjob.batch': kind({ spec: object({ jobTemplate }, always), status: object({}, always) }),
    'poddisruptionbudget.policy': kind({
      spec: object({ selector: { ownership: 'atomic', strategy: 'replace' } }, always),
      status: conditioned,
    }),
    'horizontalpodautoscaler.autoscaling': kind({
      spec: object({ scaleTargetRef: object({}, always) }, always),
      status: conditioned,
    }),
    'scale.autoscaling': kind({ spec: object({}, always), status: object({}, always) }),
    'endpointslice.discovery.k8s.io': kind({}),
    'lease.coordination.k8s.io': kind({ spec: object({}, always) }),
    'storageclass.storage.k8s.io': kind({}),
    'volumeattachment.storage.k8s.io': kind({
      spec: object({ source: object({}, always) }, always),
      status: object({}, always),
    }),
    'csinode.storage.k8s.io': kind({ spec: object({ drivers: listBy('name') }, always) }),
    'csidriver.storage.k8s.io': kind({ spec: object({ volumeLifecycleModes: { ownership: 'set' } }, always) }),
    'csistoragecapacity.storage.k8s.io': kind({ nodeTopology: atomic }),
    'volumeattributesclass.storage.k8s.io': kind({}),
    'networkpolicy.networking.k8s.io': kind({ spec: object({ podSelector: atomic }, always) }),
    'ingress.networking.k8s.io': kind({
      spec: object({ defaultBackend: object({ resource: atomic }) }, always),
      status: object({ loadBalancer: object({}, always) }, always),
    }),
    'ingressclass.networking.k8s.io': kind({ spec: object({}, always) }),
    'clusterrole.rbac.authorization.k8s.io': kind({}),
    'role.rbac.authorization.k8s.io': kind({}),
    'clusterrolebinding.rbac.authorization.k8s.io': kind({ roleRef: atomic }),
    'rolebinding.rbac.authorization.k8s.io': kind({ roleRef: atomic }),
    'priorityclass.scheduling.k8s.io': kind({}),
    'runtimeclass.node.k8s.io': kind({
      scheduling: object({ nodeSelector: atomic }),
    }),
    'customresourcedefinition.apiextensions.k8s.io': kind({
      spec: object({ names: object({}, always) }, always),
      status: object({ conditions: { applyKeys: [{ name: 'type' }] } }, always),
    }),
    configmap: kind({}),
    secret: kind({}),
  } satisfies Record<string, Shape>),
);

/** How unknown kinds merge: nothing is known but the metadata. */
export const unknownShape: Shape = object({ metadata });

/** The shape of a built-in kind; undefined for others, whose lists do not merge. */
export function shapeOfKind(kind: KindKey): Shape | undefined {
  return shapes.get(kind);
}

/**
 * By which members the elements of a list can be told apart in a strategic merge patch; none: the list is one value. For kinds that
 * are not built in the field's name decides, as custom resources like to repeat the fields of pods: a name that stands for several
 * lists (`ports`) gives several keys, of which the first that all elements have is meant.
 */
export function mergeKeysOf(kind: KindKey | undefined, path: readonly string[]): readonly string[] {
  const known = kind === undefined ? undefined : shapes.get(kind);
  if (known === undefined) return keysOfField.get(path.at(-1) ?? '') ?? [];
  let shape: Shape | undefined = known;
  for (const name of path) shape = shape?.fields?.get(name);
  return shape?.mergeKey === undefined || shape.mergeKey === '' ? [] : [shape.mergeKey];
}

const keysOfField: ReadonlyMap<string, readonly string[]> = collectKeys();

function kind(fields: Readonly<Record<string, Shape>>): Shape {
  return object({ metadata, ...fields });
}

function collectKeys(): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, readonly string[]>();
  const visit = (shape: Shape): void => {
    for (const [name, { mergeKey }] of shape.fields ?? []) {
      const known = keys.get(name) ?? [];
      if (mergeKey !== undefined && mergeKey !== '' && !known.includes(mergeKey)) keys.set(name, [...known, mergeKey]);
    }
    for (const below of shape.fields?.values() ?? []) visit(below);
  };
  for (const shape of [containerLists, ...shapes.values()]) visit(shape);
  return keys;
}
