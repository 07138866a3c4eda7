// One valid manifest for each kind that has rules of its own, with every member that a rule looks at.

import type { Manifest } from '../../../src/kubernetes/object.ts';

const metadata = {
  name: 'x',
  namespace: 'ns',
  labels: { app: 'x' },
  annotations: { note: 'y' },
  finalizers: ['example.com/f'],
  ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'n', uid: 'u', controller: true }],
};
const clusterWide = { name: 'x', labels: { app: 'x' } };
const selector = { matchLabels: { app: 'x' }, matchExpressions: [{ key: 'app', operator: 'In', values: ['x'] }] };

const probe = { httpGet: { path: '/', port: 80, scheme: 'HTTP' }, periodSeconds: 5, successThreshold: 1 };
const podSpec = {
  containers: [
    {
      name: 'c',
      image: 'nginx:1.24',
      ports: [{ name: 'web', containerPort: 80, protocol: 'TCP' }],
      env: [
        { name: 'A', value: '1' },
        { name: 'B', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
        { name: 'C', valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } },
        { name: 'D', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } },
      ],
      volumeMounts: [{ name: 'v', mountPath: '/v' }],
      resources: { limits: { cpu: '1000m' }, requests: { cpu: '500m' } },
      livenessProbe: probe,
      readinessProbe: { exec: { command: ['true'] } },
      startupProbe: { tcpSocket: { port: 'web' } },
      lifecycle: { preStop: { exec: { command: ['true'] } }, postStart: { httpGet: { port: 80 } } },
    },
  ],
  initContainers: [{ name: 'i', image: 'busybox', restartPolicy: 'Always' }],
  volumes: [
    { name: 'v', emptyDir: { sizeLimit: '1Gi' } },
    { name: 'w', configMap: { name: 'c', items: [{ key: 'k', path: 'p' }] } },
    { name: 's', secret: { secretName: 's' } },
    { name: 'h', hostPath: { path: '/h' } },
    {
      name: 'p',
      projected: {
        sources: [
          { serviceAccountToken: { path: 't' } },
          { downwardAPI: { items: [{ path: 'n', fieldRef: { fieldPath: 'metadata.name' } }] } },
        ],
      },
    },
    { name: 'd', downwardAPI: { items: [{ path: 'n', fieldRef: { fieldPath: 'metadata.name' } }] } },
    {
      name: 'e',
      ephemeral: {
        volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } },
      },
    },
    { name: 'q', persistentVolumeClaim: { claimName: 'q' } },
  ],
  tolerations: [{ key: 'k', operator: 'Equal', value: 'v', effect: 'NoExecute', tolerationSeconds: 5 }],
  nodeSelector: { zone: 'a' },
  serviceAccountName: 'default',
};
const template = {
  metadata: { labels: { app: 'x' }, annotations: { a: 'b' } },
  spec: { ...podSpec, initContainers: [] },
};
const claimSpec = {
  accessModes: ['ReadWriteOnce'],
  resources: { requests: { storage: '1Gi' } },
  selector,
  storageClassName: 'standard',
  volumeMode: 'Filesystem',
};

/** For kinds whose templates follow the same rules as the two above. */
const smallTemplate = { metadata: template.metadata, spec: { containers: [{ name: 'c', image: 'i' }] } };
const jobTemplate = { spec: { ...smallTemplate.spec, restartPolicy: 'Never' } };

/** The manifests. */
export const richManifests: readonly Manifest[] = [
  { apiVersion: 'v1', kind: 'Pod', metadata, spec: podSpec },
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata,
    spec: {
      serviceName: 'x',
      replicas: 2,
      selector,
      template,
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Retain' },
      ordinals: { start: 1 },
      minReadySeconds: 1,
      volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claimSpec }],
    },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: 2,
      selector,
      template: smallTemplate,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: '25%' } },
    },
  },
  { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata, spec: { replicas: 2, selector, template: smallTemplate } },
  {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata,
    spec: { selector, template: smallTemplate, updateStrategy: { type: 'RollingUpdate' } },
  },
  { apiVersion: 'apps/v1', kind: 'ControllerRevision', metadata, data: { spec: { a: [1, null] } }, revision: 1 },
  { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { template: jobTemplate } },
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata,
    spec: { schedule: '* * * * *', jobTemplate: { spec: { template: jobTemplate } } },
  },
  { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec: claimSpec },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: clusterWide,
    spec: {
      accessModes: ['ReadWriteOnce'],
      capacity: { storage: '1Gi' },
      hostPath: { path: '/x' },
      claimRef: { name: 'c', namespace: 'ns' },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      type: 'NodePort',
      selector: { app: 'x' },
      ports: [
        { name: 'a', port: 80, targetPort: 'web', nodePort: 30001 },
        { name: 'b', port: 81 },
      ],
      sessionAffinity: 'ClientIP',
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: clusterWide,
    spec: { taints: [{ key: 'k', effect: 'NoSchedule' }] },
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  },
  { apiVersion: 'v1', kind: 'Namespace', metadata: clusterWide, spec: { finalizers: ['kubernetes'] } },
  {
    apiVersion: 'v1',
    kind: 'Event',
    metadata,
    involvedObject: { kind: 'Pod', namespace: 'ns', name: 'p' },
    reason: 'R',
    source: { component: 'c' },
    type: 'Normal',
  },
  {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata,
    addressType: 'IPv4',
    endpoints: [{ addresses: ['10.0.0.1'], conditions: { ready: true } }],
    ports: [{ name: 'web', port: 80 }],
  },
  {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata,
    spec: { holderIdentity: 'h', leaseDurationSeconds: 40 },
  },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: 'b' }, immutable: false },
  { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { a: 'ä' }, data: { b: 'eA==' } },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: clusterWide,
    provisioner: 'example.com/p',
    parameters: { a: 'b' },
  },
  { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: clusterWide, value: 5 },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata, spec: { minAvailable: '50%', selector } },
  {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'things.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { kind: 'Thing', plural: 'things', shortNames: ['th'] },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object' } },
          subresources: { status: {} },
        },
      ],
    },
  },
];
