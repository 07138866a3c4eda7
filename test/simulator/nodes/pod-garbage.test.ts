import { expect, test } from 'vitest';
import { podLine, podManifest, second, startCluster } from '../cluster.ts';
import type { KindKey } from '../../../src/kubernetes/kind.ts';
import type { Loose, TestCluster } from '../cluster.ts';

/** `web` on the first of two nodes; `outOfService` marks the node as users do when it is switched off for good. */
function webOnFirst(spec: object = {}, seed = 1): TestCluster {
  const cluster = startCluster({ nodes: 2, seed });
  cluster.create(podManifest('web', { spec: { nodeName: 'kind-worker', ...spec } }));
  cluster.run();
  return cluster;
}

function stop(cluster: TestCluster): void {
  const targets = [{ kind: 'node' as KindKey, name: 'kind-worker' }];
  expect(cluster.simulator.inject({ how: 'stop', targets }, 'default')).toBeUndefined();
}

function outOfService(cluster: TestCluster): void {
  const taint = { key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute' };
  cluster.change('node', 'kind-worker', (node) => ({
    ...node,
    spec: { ...node.spec, taints: [...(node.spec.taints ?? []), taint] },
  }));
}

test.each([1, 2, 3, 4, 5])('pods of a deleted node fail and go after 40 to 60 s (NODE-FAIL-07 b), seed %i', (seed) => {
  const cluster = webOnFirst({}, seed);
  const mark = cluster.changes.length;
  const { now } = cluster.simulator.clock;

  cluster.remove('node', 'kind-worker');
  cluster.run(3600);

  const changes = cluster.of('pod', 'web', mark);
  expect(changes.map(podLine).slice(-3)).toEqual([
    'Failed | bound | S+ P+ I+ R+ C+ | ip | running ready | gen 1/1',
    'Failed | bound | S+ P+ I+ R+ C+ | ip | running ready | grace 0 | gen 1/2',
    'DELETED | Failed | bound | S+ P+ I+ R+ C+ | ip | running ready | grace 0 | gen 1/2',
  ]);
  expect((changes[0]!.object as Loose).status.conditions.at(-1)).toMatchObject({
    type: 'DisruptionTarget',
    reason: 'DeletionByPodGC',
    message: 'PodGC: node no longer exists',
  });
  const after = (changes[0]!.at - now) / second;
  expect(after).toBeGreaterThanOrEqual(40);
  expect(after).toBeLessThanOrEqual(60);
  expect(cluster.simulator.moving()).toEqual([]);
});

test('a StatefulSet pod of a deleted node comes back on another one', () => {
  const cluster = startCluster({ nodes: 2 });
  const labels = { app: 'web' };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'nginx:1.24' }] } };
  const spec = { serviceName: 'web', replicas: 1, selector: { matchLabels: labels }, template };
  cluster.create({ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'web' }, spec });
  cluster.run();
  const before = cluster.get('pod', 'web-0');

  cluster.remove('node', before.spec.nodeName);
  cluster.run(30);
  const early = cluster.get('pod', 'web-0').metadata.uid;
  cluster.run(3600);

  const after = cluster.get('pod', 'web-0');
  expect(early).toBe(before.metadata.uid);
  expect(after.metadata.uid).not.toBe(before.metadata.uid);
  expect(after.spec.nodeName).not.toBe(before.spec.nodeName);
  expect(podLine(cluster.of('pod', 'web-0').at(-1)!)).toContain('running ready');
});

test('the lease of a deleted node goes with it', () => {
  const cluster = webOnFirst();

  cluster.remove('node', 'kind-worker');
  cluster.run();

  const leases = cluster.simulator.store.list('lease.coordination.k8s.io' as KindKey);
  expect([...leases.keys()]).toEqual(['kube-node-lease/kind-worker2']);
});

test('out of service, a terminating pod is removed within 20 s, although its kubelet is silent (NODE-FAIL-07 c)', () => {
  const cluster = webOnFirst();
  stop(cluster);
  cluster.run(100);
  const mark = cluster.changes.length;
  const { now } = cluster.simulator.clock;

  outOfService(cluster);
  cluster.run(3600);

  expect(cluster.get('pod', 'web')).toBeUndefined();
  const changes = cluster.of('pod', 'web', mark);
  expect(changes.map(podLine).slice(-3)).toEqual([
    'Failed | bound | S+ P+ I+ R- C+ | ip | running ready | grace 10 | gen 1/2',
    'Failed | bound | S+ P+ I+ R- C+ | ip | running ready | grace 0 | gen 1/2',
    'DELETED | Failed | bound | S+ P+ I+ R- C+ | ip | running ready | grace 0 | gen 1/2',
  ]);
  expect((changes.at(-1)!.at - now) / second).toBeLessThanOrEqual(21);
});

test('a pod that tolerates the taint, and is not being deleted, stays', () => {
  const cluster = webOnFirst({ tolerations: [{ operator: 'Exists' }] });
  stop(cluster);
  cluster.run(100);

  outOfService(cluster);
  cluster.run(3600);

  expect(cluster.get('pod', 'web').metadata.deletionTimestamp).toBeUndefined();
});

test('the taint does nothing to terminating pods while the node is ready', () => {
  const cluster = webOnFirst({ tolerations: [{ operator: 'Exists' }], terminationGracePeriodSeconds: 300 });
  outOfService(cluster);
  cluster.run();
  const targets = [{ kind: 'node' as KindKey, name: 'kind-worker' }];
  cluster.simulator.inject({ how: 'partitioned', targets }, 'default');

  cluster.remove('pod', 'web');
  cluster.run(25);

  expect(cluster.get('pod', 'web').status.phase).toBe('Running');
});
