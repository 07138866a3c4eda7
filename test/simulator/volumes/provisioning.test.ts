import { expect, test } from 'vitest';
import { podLine, startCluster } from '../cluster.ts';
import { createClaim, createVolume, line, podWithClaim, pv, pvc, storageLines } from './storage.ts';

test('a class that waits for its consumer provisions for the chosen node before the pod is bound (VB-03)', () => {
  const cluster = startCluster({ nodes: 2 });
  createClaim(cluster, 'data', { storageClassName: 'standard' });
  cluster.run();
  const alone = storageLines(cluster);
  const mark = cluster.changes.length;
  cluster.create(podWithClaim('web', 'data'));
  cluster.run();

  const shown = cluster.changes
    .slice(mark)
    .filter(({ kind }) => ['pod', pv, pvc].includes(kind))
    .map((change) => (change.kind === 'pod' ? podLine(change) : line(change)));
  expect(alone).toEqual(['ADDED pvc Pending']);
  expect(shown.slice(0, 9)).toEqual([
    'ADDED | Pending | S P I R C | gen -/1',
    'Pending | nominated | S P I R C | gen -/1',
    'MODIFIED pvc Pending',
    'MODIFIED pvc Pending',
    'ADDED pv Pending linked',
    'MODIFIED pv Bound linked',
    'MODIFIED pvc Pending linked',
    'MODIFIED pvc Bound linked',
    'Pending | bound | S+ P I R C | gen -/1',
  ]);
  const { nodeName } = cluster.get('pod', 'web').spec;
  const claim = cluster.get(pvc, 'data');
  expect(claim.metadata.annotations).toMatchObject({
    'volume.kubernetes.io/selected-node': nodeName,
    'volume.kubernetes.io/storage-provisioner': 'rancher.io/local-path',
  });
  expect(cluster.get(pv, `pvc-${claim.metadata.uid}`)).toMatchObject({
    metadata: { annotations: { 'pv.kubernetes.io/provisioned-by': 'rancher.io/local-path' } },
    spec: {
      persistentVolumeReclaimPolicy: 'Delete',
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ values: [nodeName] }] }] } },
    },
  });
  expect(cluster.eventsAbout('data').map((event) => event.split(':')[0])).toEqual([
    'WaitForFirstConsumer',
    'ExternalProvisioning',
    'Provisioning',
    'ProvisioningSucceeded',
  ]);
});

test('a provisioned volume is deleted after its claim, and binds its pod to its node until then', () => {
  const cluster = startCluster({ nodes: 2 });
  createClaim(cluster, 'data', { storageClassName: 'standard' });
  cluster.create(podWithClaim('web', 'data'));
  cluster.run();
  const { nodeName } = cluster.get('pod', 'web').spec;
  cluster.remove('pod', 'web');
  cluster.run();
  cluster.change('node', nodeName, (node) => ({ ...node, spec: { ...node.spec, unschedulable: true } }));
  cluster.create(podWithClaim('web', 'data'));
  cluster.run(10);
  const stuck = cluster.get('pod', 'web').status.conditions[0].message;
  cluster.remove('pod', 'web');
  cluster.run();
  const mark = cluster.changes.length;

  cluster.remove(pvc, 'data');
  cluster.run();

  expect(stuck).toContain(
    `0/2 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity, 1 node(s) were unschedulable.`,
  );
  expect(storageLines(cluster, mark)).toEqual([
    'MODIFIED pvc Bound linked terminating',
    'DELETED pvc Bound linked terminating',
    'MODIFIED pv Released linked',
    'MODIFIED pv Released linked terminating',
    'DELETED pv Released linked terminating',
  ]);
});

test('an Immediate class provisions without a pod', () => {
  const cluster = startCluster();
  cluster.create({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'now' },
    provisioner: 'rancher.io/local-path',
  });

  createClaim(cluster, 'data', { storageClassName: 'now' });
  cluster.run();

  expect(cluster.get(pvc, 'data').status.phase).toBe('Bound');
});

test('a class that does not exist, or that nobody provisions for, leaves the claim pending with the reason', () => {
  const cluster = startCluster();
  cluster.create({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'manual' },
    provisioner: 'kubernetes.io/no-provisioner',
  });
  createClaim(cluster, 'a', { storageClassName: 'nope' });
  createClaim(cluster, 'b', { storageClassName: 'manual' });
  cluster.run();

  expect(cluster.eventsAbout('a')).toEqual(['ProvisioningFailed: storageclass.storage.k8s.io "nope" not found']);
  expect(cluster.eventsAbout('b')).toEqual([
    'ProvisioningFailed: no volume plugin matched name: kubernetes.io/no-provisioner',
  ]);
});

test('the scheduler itself reserves a static volume of a class that waits, on a node that it can be reached from (VB-05)', () => {
  const cluster = startCluster({ nodes: 2 });
  cluster.create({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'local' },
    provisioner: 'kubernetes.io/no-provisioner',
    volumeBindingMode: 'WaitForFirstConsumer',
  });
  const terms = [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['kind-worker2'] }] }];
  createVolume(cluster, 'pv001', {
    storageClassName: 'local',
    nodeAffinity: { required: { nodeSelectorTerms: terms } },
  });
  createClaim(cluster, 'a', { storageClassName: 'local' });
  createClaim(cluster, 'b', { storageClassName: 'local' });
  cluster.run();

  cluster.create(podWithClaim('first', 'a'));
  cluster.run();
  cluster.create(podWithClaim('second', 'b'));
  cluster.run();

  expect(cluster.get('pod', 'first').spec.nodeName).toBe('kind-worker2');
  expect(cluster.get(pvc, 'a').spec.volumeName).toBe('pv001');
  expect(cluster.get('pod', 'second').status.conditions[0].message).toContain(
    `0/2 nodes are available: 2 node(s) didn't find available persistent volumes to bind.`,
  );
});

test('claims without a class get the default one, also when it appears later; claims with an empty class never', () => {
  const cluster = startCluster({ defaultClass: false });
  createClaim(cluster, 'a', { storageClassName: undefined });
  createClaim(cluster, 'b');
  cluster.run();
  const before = cluster.get(pvc, 'a').spec.storageClassName;

  cluster.change('storageclass.storage.k8s.io', 'standard', (storageClass) => ({
    ...storageClass,
    metadata: { ...storageClass.metadata, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  }));
  cluster.run();

  expect(before).toBeUndefined();
  expect(cluster.get(pvc, 'a').spec.storageClassName).toBe('standard');
  expect(cluster.get(pvc, 'b').spec.storageClassName).toBe('');
});

test('a claim that its set was faster to write refuses the scheduler, which then tries again (SCHED-11)', () => {
  const refused = Array.from({ length: 20 }, (_, seed) => {
    const cluster = startCluster({ seed });
    cluster.create({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'web' },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: 'web' } },
        // The set owns its claims, and says so by a write of its own just after it made them.
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' },
        template: {
          metadata: { labels: { app: 'web' } },
          spec: {
            containers: [{ name: 'c', image: 'nginx:1.24', volumeMounts: [{ name: 'www', mountPath: '/www' }] }],
          },
        },
        volumeClaimTemplates: [
          {
            metadata: { name: 'www' },
            spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
          },
        ],
      },
    });
    cluster.run();
    expect(cluster.get('statefulset.apps', 'web').status.readyReplicas).toBe(1);
    expect(cluster.get(pvc, 'www-web-0').metadata.ownerReferences).toMatchObject([{ kind: 'StatefulSet' }]);
    return cluster.eventsAbout('web-0').some((event) => event.includes('Operation cannot be fulfilled'));
  });

  expect(refused).toContain(true);
  expect(refused).toContain(false);
});
