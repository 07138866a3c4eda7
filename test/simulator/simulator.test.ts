import { expect, test } from 'vitest';
import { composeKindKey } from '../../src/kubernetes/kind.ts';
import { createSimulator, type Simulator } from '../../src/simulator/simulator.ts';
import type { Manifest } from '../../src/kubernetes/object.ts';
import type { Change } from '../../src/simulator/store/store.ts';

const second = 1_000_000;
const podKind = composeKindKey('', 'Pod');
const setKind = composeKindKey('apps', 'StatefulSet');

const labels = { app: 'web' };
const service: Manifest = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'nginx', namespace: 'ns' },
  spec: { clusterIP: 'None', selector: labels, ports: [{ port: 80, name: 'web' }] },
};
const set: Manifest = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'web', namespace: 'ns' },
  spec: {
    serviceName: 'nginx',
    replicas: 3,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        terminationGracePeriodSeconds: 10,
        containers: [{ name: 'nginx', image: 'nginx:1.24', volumeMounts: [{ name: 'www', mountPath: '/www' }] }],
      },
    },
    volumeClaimTemplates: [
      {
        metadata: { name: 'www' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      },
    ],
  },
};

/** A cluster with the namespace `ns`, whose defaults are there. */
function createCluster(seed: number): { readonly simulator: Simulator; readonly changes: readonly Change[] } {
  const simulator = createSimulator({ seed, freeze: true });
  const changes: Change[] = [];
  simulator.subscribe((change) => changes.push(change));
  create(simulator, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ns' } });
  simulator.until(() => false, simulator.clock.now + second);
  return { simulator, changes };
}

function create({ api }: Simulator, object: Manifest): void {
  const created = api.create(object);
  if (!created.ok) throw new Error(created.status.message);
}

function scale({ api }: Simulator, replicas: number): void {
  const scaled = api.update(setKind, 'ns/web', (current) => ({
    ...current,
    spec: { ...(current['spec'] as object), replicas },
  }));
  if (!scaled.ok) throw new Error(scaled.status.message);
}

/** Up to three, out to five, in to two: the recorded lesson. */
function rehearse(seed: number): readonly Change[] {
  const { simulator, changes } = createCluster(seed);
  create(simulator, service);
  create(simulator, set);
  for (const replicas of [3, 5, 2]) {
    scale(simulator, replicas);
    expect(simulator.until(() => false, simulator.clock.now + 120 * second)).toBe('idle');
    expect(simulator.store.list(podKind).size).toBe(replicas);
  }
  return changes;
}

test('the same seed gives the same changes to the last byte, another seed gives others', () => {
  const first = rehearse(1);
  const second = rehearse(1);

  for (const [position, change] of first.entries()) expect(second[position]).toEqual(change);
  expect(JSON.stringify(second)).toBe(JSON.stringify(first));
  expect(JSON.stringify(rehearse(2))).not.toBe(JSON.stringify(first));
});

test('a cluster comes up with its node, namespaces, class and service, and then nothing moves', () => {
  const simulator = createSimulator({ seed: 1, nodes: 3 });
  const names = (kind: string, group = '') => [...simulator.store.list(composeKindKey(group, kind)).keys()];

  expect(names('Namespace')).toEqual(['default', 'kube-node-lease', 'kube-public', 'kube-system']);
  expect(names('Node')).toHaveLength(3);
  expect(names('StorageClass', 'storage.k8s.io')).toEqual(['standard']);
  expect(names('ServiceAccount').toSorted()).toEqual(names('Namespace').map((name) => `${name}/default`));
  expect(simulator.moving()).toEqual([]);
  expect(simulator.until(() => false, 3600 * second)).toBe('idle');
  expect(simulator.clock.now).toBeLessThan(10 * second);
});

test('until ends when the condition holds, at the limit, or when nothing can happen any more', () => {
  const { simulator, changes } = createCluster(3);
  create(simulator, service);
  create(simulator, set);
  const start = simulator.clock.now;
  const pods = () => simulator.store.list(podKind).size;

  expect(simulator.until(() => pods() === 1, start + 60 * second)).toBe('done');
  expect(changes.at(-1)?.key).toBe('ns/web-0');
  expect(simulator.until(() => pods() === 2, simulator.clock.now + 1000)).toBe('limit');
  expect(simulator.moving(3)).not.toHaveLength(0);
  expect(simulator.until(() => pods() === 99, start + 600 * second)).toBe('idle');
  expect(pods()).toBe(3);
  expect(simulator.until(() => true, 0)).toBe('done');
});

test('a deleted namespace takes everything with it', () => {
  const { simulator } = createCluster(4);
  create(simulator, service);
  create(simulator, set);
  simulator.until(() => false, simulator.clock.now + 60 * second);

  const deleted = simulator.api.delete(composeKindKey('', 'Namespace'), 'ns');
  simulator.until(() => false, simulator.clock.now + 300 * second);

  expect(deleted.ok).toBe(true);
  for (const kind of simulator.store.kinds()) expect(simulator.store.by(kind, 'namespace', 'ns').size).toBe(0);
  expect(simulator.store.get(composeKindKey('', 'Namespace'), 'ns')).toBeUndefined();
});

test('a deleted set takes its pods and revisions with it and leaves the claims', () => {
  const { simulator } = createCluster(5);
  create(simulator, service);
  create(simulator, set);
  simulator.until(() => false, simulator.clock.now + 60 * second);

  simulator.api.delete(setKind, 'ns/web');
  simulator.until(() => false, simulator.clock.now + 120 * second);

  expect(simulator.store.list(podKind).size).toBe(0);
  expect(simulator.store.list(composeKindKey('apps', 'ControllerRevision')).size).toBe(0);
  expect(simulator.store.list(composeKindKey('', 'PersistentVolumeClaim')).size).toBe(3);
});

test('a deployment gets its pods, and its deletion takes replica set and pods with it', () => {
  const { simulator } = createCluster(6);
  const template = { metadata: { labels }, spec: { containers: [{ name: 'nginx', image: 'nginx:1.24' }] } };
  create(simulator, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'ns' },
    spec: { replicas: 3, selector: { matchLabels: labels }, template },
  });
  const deployment = composeKindKey('apps', 'Deployment');
  expect(simulator.until(() => false, simulator.clock.now + 700 * second)).toBe('idle');
  expect(simulator.store.get(deployment, 'ns/web')).toMatchObject({ status: { availableReplicas: 3 } });

  simulator.api.delete(deployment, 'ns/web');
  simulator.until(() => false, simulator.clock.now + 700 * second);

  expect(simulator.store.list(podKind).size).toBe(0);
  expect(simulator.store.list(composeKindKey('apps', 'ReplicaSet')).size).toBe(0);
});

test('a fault that cannot be is answered with the reason; a crash restarts the container', () => {
  const { simulator } = createCluster(7);
  create(simulator, service);
  create(simulator, set);
  simulator.until(() => false, simulator.clock.now + 60 * second);
  const target = { kind: podKind, name: 'web-0' };

  expect(simulator.inject({ how: 'stop', targets: [target] }, 'ns')).toContain('pod/web-0');
  expect(simulator.inject({ how: 'crash', times: 1, targets: [target] }, 'ns')).toBeUndefined();
  simulator.until(() => false, simulator.clock.now + 60 * second);

  expect(simulator.store.get(podKind, 'ns/web-0')).toMatchObject({
    status: { containerStatuses: [{ restartCount: 1, ready: true }] },
  });
});
