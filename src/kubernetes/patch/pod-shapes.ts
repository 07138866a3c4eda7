// How the fields of a pod's spec merge: the part of the merge-key table that every workload kind shares.

import { atomic, listBy, object } from './shape.ts';
import type { Shape } from './shape.ts';

const probe = object({ httpGet: object({}) });

const container = {
  env: listBy('name', {
    valueFrom: object({ fieldRef: atomic, resourceFieldRef: atomic, configMapKeyRef: atomic, secretKeyRef: atomic }),
  }),
  ports: {
    mergeKey: 'containerPort',
    applyKeys: [{ name: 'containerPort' }, { name: 'protocol', default: 'TCP' }],
  },
  volumeMounts: listBy('mountPath'),
  volumeDevices: listBy('devicePath'),
  // Server-side apply knows the claims by name; to a strategic merge patch they are one value.
  resources: object({ claims: { applyKeys: [{ name: 'name' }] } }),
  livenessProbe: probe,
  readinessProbe: probe,
  startupProbe: probe,
} satisfies Record<string, Shape>;

const volume = {
  configMap: object({}),
  csi: object({ nodePublishSecretRef: atomic }),
  ephemeral: object({
    volumeClaimTemplate: object({ spec: object({ selector: atomic, dataSource: atomic }) }),
  }),
} satisfies Record<string, Shape>;

const nodeAffinity = object({ requiredDuringSchedulingIgnoredDuringExecution: atomic });

/** `spec` of a pod. */
export const podSpec: Shape = object(
  {
    containers: listBy('name', container, { always: true }),
    initContainers: listBy('name', container),
    ephemeralContainers: listBy('name', container),
    volumes: listBy('name', volume, { strategy: 'retainKeys' }),
    imagePullSecrets: listBy('name', {}, { ownership: 'atomic' }),
    hostAliases: listBy('ip'),
    topologySpreadConstraints: {
      mergeKey: 'topologyKey',
      applyKeys: [{ name: 'topologyKey' }, { name: 'whenUnsatisfiable' }],
      fields: new Map([['labelSelector', atomic]]),
    },
    schedulingGates: listBy('name'),
    resourceClaims: listBy('name', {}, { strategy: 'retainKeys' }),
    nodeSelector: atomic,
    affinity: object({ nodeAffinity }),
  },
  { always: true },
);

/** The lists of containers alone, whose keys also unknown kinds share. */
export const containerLists: Shape = object({ containers: listBy('name', container) });

/** `template` of a workload, which repeats the metadata of an object. */
export function podTemplate(metadata: Shape, more: Omit<Shape, 'fields'> = { always: true }): Shape {
  return object({ metadata, spec: podSpec }, more);
}
