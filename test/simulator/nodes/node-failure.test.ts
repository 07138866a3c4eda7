import { expect, test } from 'vitest';
import { podLine, podManifest, second, startCluster } from '../cluster.ts';
import type { TestCluster } from '../cluster.ts';
import type { KindKey } from '../../../src/kubernetes/kind.ts';

function unreachableFor(tolerationSeconds: number): object {
  const key = 'node.kubernetes.io/unreachable';
  return { tolerations: [{ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds }] };
}

/** Two nodes with one pod each; `web` is on the first. */
function twoNodes(): TestCluster {
  const cluster = startCluster({ nodes: 2 });
  cluster.create(podManifest('web', { spec: unreachableFor(10) }));
  cluster.run();
  cluster.create(podManifest('other'));
  cluster.run();
  return cluster;
}

function strike(cluster: TestCluster, how: 'stop' | 'partitioned' | 'recover', name = 'kind-worker'): void {
  const targets = [{ kind: 'node' as KindKey, name }];
  expect(cluster.simulator.inject({ how, targets }, 'default')).toBeUndefined();
}

function taints(cluster: TestCluster, since: number): readonly string[] {
  return cluster.of('node', 'kind-worker', since).map(({ object }) => {
    const { spec, status } = object as unknown as {
      spec: { taints?: { key: string; effect: string }[] };
      status: { conditions: { type: string; status: string }[] };
    };
    const ready = status.conditions.find(({ type }) => type === 'Ready')?.status;
    return [`Ready ${ready}`, ...(spec.taints ?? []).map(({ key, effect }) => `${key.split('/')[1]}:${effect}`)].join(
      ' ',
    );
  });
}

test('a silent node is noticed after 40 to 55 s, tainted, and its pods are marked and evicted', () => {
  const cluster = twoNodes();
  const mark = cluster.changes.length;
  const { now } = cluster.simulator.clock;

  strike(cluster, 'stop');
  cluster.run(3600);

  const unknown = 'Ready Unknown';
  expect(taints(cluster, mark)).toEqual([
    unknown,
    `${unknown} unreachable:NoSchedule`,
    `${unknown} unreachable:NoSchedule unreachable:NoExecute`,
  ]);
  const [first] = cluster.of('node', 'kind-worker', mark);
  expect((first!.at - now) / second).toBeGreaterThanOrEqual(40);
  expect((first!.at - now) / second).toBeLessThanOrEqual(55);
  expect(cluster.of('pod', 'web', mark).map(podLine)).toEqual([
    'Running | bound | S+ P+ I+ R- C+ | ip | running ready | gen 1/1',
    'Running | bound | S+ P+ I+ R- C+ | ip | running ready | gen 1/1',
    'Running | bound | S+ P+ I+ R- C+ | ip | running ready | grace 10 | gen 1/2',
  ]);
  expect(cluster.of('pod', 'other', mark)).toEqual([]);
  expect(cluster.eventsAbout('web').slice(-2)).toEqual([
    'NodeNotReady: Node is not ready',
    'TaintManagerEviction: Marking for deletion Pod default/web',
  ]);
});

test('an evicted pod waits for its node, and is stopped when that is back', () => {
  const cluster = twoNodes();
  strike(cluster, 'stop');
  cluster.run(3600);
  const mark = cluster.changes.length;

  strike(cluster, 'recover');
  cluster.run(3600);

  expect(cluster.get('pod', 'web')).toBeUndefined();
  expect(taints(cluster, mark)).toEqual([
    'Ready True unreachable:NoSchedule unreachable:NoExecute',
    'Ready True unreachable:NoExecute',
    'Ready True',
  ]);
  expect(cluster.simulator.moving()).toEqual([]);
});

test('a node that is back before the toleration ran out keeps its pods, which become ready again', () => {
  const cluster = startCluster({ nodes: 2 });
  cluster.create(podManifest('web'));
  cluster.run();
  const { uid } = cluster.get('pod', 'web').metadata;
  strike(cluster, 'stop');
  cluster.run(100);
  const marked = cluster.of('pod', 'web').at(-1)!;

  strike(cluster, 'recover');
  cluster.run(3600);

  expect(podLine(marked)).toContain('R- C+');
  expect(cluster.get('pod', 'web')).toMatchObject({
    metadata: { uid },
    status: { containerStatuses: [{ restartCount: 0 }] },
  });
  expect(podLine(cluster.of('pod', 'web').at(-1)!)).toContain('R+ C+');
  expect(cluster.eventsAbout('web')).toContain('TaintManagerEviction: Cancelling deletion of Pod default/web');
});

test('a short silence goes unnoticed', () => {
  const cluster = twoNodes();
  const mark = cluster.changes.length;

  strike(cluster, 'partitioned');
  cluster.run(10);
  strike(cluster, 'recover');
  cluster.run();

  expect(cluster.changes.slice(mark)).toEqual([]);
});

test('the only node is marked, but nothing is evicted from it (NODE-FAIL-04)', () => {
  const cluster = startCluster();
  cluster.create(podManifest('web', { spec: unreachableFor(1) }));
  cluster.run();

  strike(cluster, 'stop', 'kind-control-plane');
  cluster.run(3600);

  expect(podLine(cluster.of('pod', 'web').at(-1)!)).toBe(
    'Running | bound | S+ P+ I+ R- C+ | ip | running ready | gen 1/1',
  );
  const { taints: left } = cluster.get('node', 'kind-control-plane').spec;
  expect(left.map(({ effect }: { effect: string }) => effect)).toEqual(['NoSchedule']);
});

test('a pod that is bound to a node that is cut off starts when the node is back', () => {
  const cluster = startCluster();
  strike(cluster, 'partitioned', 'kind-control-plane');
  cluster.create(podManifest('web'));
  cluster.run(5);
  const during = cluster.of('pod', 'web').map(podLine);

  strike(cluster, 'recover', 'kind-control-plane');
  cluster.run();

  expect(during.at(-1)).toBe('Pending | bound | S+ P I R C | gen -/1');
  expect(podLine(cluster.of('pod', 'web').at(-1)!)).toContain('running ready');
});

test('a cordon is a taint, and goes with it', () => {
  const cluster = startCluster();
  const cordon = (unschedulable: boolean) => {
    cluster.change('node', 'kind-control-plane', (node) => ({ ...node, spec: { ...node.spec, unschedulable } }));
    cluster.run();
  };

  cordon(true);
  const cordoned = cluster.get('node', 'kind-control-plane').spec.taints;
  cordon(false);

  expect(cordoned).toMatchObject([{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }]);
  expect(cluster.get('node', 'kind-control-plane').spec.taints).toBeUndefined();
});

test("a user's NoExecute taint deletes the pods that do not tolerate it (NODE-07)", () => {
  const cluster = startCluster();
  const key = 'maintenance';
  cluster.create(podManifest('web'));
  cluster.create(podManifest('agent', { spec: { tolerations: [{ key, operator: 'Exists' }] } }));
  cluster.run();

  cluster.change('node', 'kind-control-plane', (node) => ({
    ...node,
    spec: { ...node.spec, taints: [{ key, effect: 'NoExecute' }] },
  }));
  cluster.run();

  expect(cluster.get('pod', 'web')).toBeUndefined();
  expect(cluster.get('pod', 'agent').status.phase).toBe('Running');
});

test('nodes are named as kind names them and have leases', () => {
  const cluster = startCluster({ nodes: 3 });

  expect([...cluster.simulator.store.list('node' as KindKey).keys()]).toEqual([
    'kind-worker',
    'kind-worker2',
    'kind-worker3',
  ]);
  expect([...cluster.simulator.store.list('lease.coordination.k8s.io' as KindKey).keys()]).toEqual([
    'kube-node-lease/kind-worker',
    'kube-node-lease/kind-worker2',
    'kube-node-lease/kind-worker3',
  ]);
  expect(cluster.get('node', 'kind-worker').spec.podCIDR).toBe('10.244.0.0/24');
});
