import { expect, test } from 'vitest';
import { startCluster } from '../cluster.ts';
import { createClaim, podWithClaim, pvc } from './storage.ts';
import type { Loose, TestCluster } from '../cluster.ts';

function boundClaim(allowVolumeExpansion: boolean): TestCluster {
  const cluster = startCluster();
  const metadata = { name: 'wide' };
  const provisioner = 'rancher.io/local-path';
  cluster.create({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata,
    provisioner,
    allowVolumeExpansion,
  });
  createClaim(cluster, 'data', { storageClassName: 'wide' });
  cluster.create(podWithClaim('web', 'data'));
  cluster.run();
  expect(cluster.get(pvc, 'data').status.phase).toBe('Bound');
  return cluster;
}

function ask(cluster: TestCluster, storage: string): Loose {
  const where = { group: '', version: 'v1', resource: 'persistentvolumeclaims', namespace: 'default', name: 'data' };
  const body = { spec: { resources: { requests: { storage } } } };
  const answer = cluster.simulator.api.handle({ verb: 'patch', patchType: 'merge', ...where, body });
  cluster.run();
  return answer;
}

test('a claim that asks for more is accepted where the class allows it, and keeps what it has (EXPAND-03)', () => {
  const cluster = boundClaim(true);

  expect(ask(cluster, '2Gi').code).toBe(200);

  expect(cluster.get(pvc, 'data')).toMatchObject({
    spec: { resources: { requests: { storage: '2Gi' } } },
    status: { phase: 'Bound', capacity: { storage: '1Gi' } },
  });
  expect(cluster.eventsAbout('data').at(-1)).toBe(
    'ExternalExpanding: waiting for an external controller to expand this PVC',
  );
  // What is below the capacity was never provided, and can be taken back (EXPAND-02).
  expect(ask(cluster, '1Gi').code).toBe(200);
  expect(ask(cluster, '512Mi').code).toBe(422);
});

test('a class that does not allow it refuses (EXPAND-01)', () => {
  const cluster = boundClaim(false);

  expect(ask(cluster, '2Gi')).toMatchObject({
    code: 403,
    body: {
      message:
        'persistentvolumeclaims "data" is forbidden: only dynamically provisioned pvc can be resized and the ' +
        'storageclass that provisions the pvc must support resize',
    },
  });
});
