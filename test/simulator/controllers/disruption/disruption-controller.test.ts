import { expect, test } from 'vitest';
import { podManifest, startCluster } from '../../cluster.ts';
import type { Loose, TestCluster } from '../../cluster.ts';

const kind = 'poddisruptionbudget.policy';
const labels = { app: 'web' };

function setOf(replicas: number): object {
  const container = { name: 'c', image: 'nginx:1.24' };
  const template = { metadata: { labels }, spec: { terminationGracePeriodSeconds: 5, containers: [container] } };
  return { serviceName: 'web', podManagementPolicy: 'Parallel', replicas, selector: { matchLabels: labels }, template };
}

function createSet(cluster: TestCluster, replicas: number): void {
  cluster.create({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'web' },
    spec: setOf(replicas),
  });
}

function createBudget(cluster: TestCluster, spec: object): void {
  const manifest = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'b' } };
  cluster.create({ ...manifest, spec: { selector: { matchLabels: labels }, ...spec } });
}

function evict(cluster: TestCluster, name: string): Loose {
  const metadata = { name, namespace: 'default' };
  const where = { group: '', version: 'v1', resource: 'pods', namespace: 'default', name, subresource: 'eviction' };
  const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata };
  return cluster.simulator.api.handle({ verb: 'create', ...where, body });
}

function statusOf(cluster: TestCluster): Loose {
  return cluster.get(kind, 'b').status;
}

test.each([
  [{ maxUnavailable: 1 }, { expectedPods: 3, desiredHealthy: 2, currentHealthy: 3, disruptionsAllowed: 1 }],
  [{ maxUnavailable: '34%' }, { expectedPods: 3, desiredHealthy: 1, currentHealthy: 3, disruptionsAllowed: 2 }],
  [{ minAvailable: 3 }, { expectedPods: 3, desiredHealthy: 3, currentHealthy: 3, disruptionsAllowed: 0 }],
  [{ minAvailable: '50%' }, { expectedPods: 3, desiredHealthy: 2, currentHealthy: 3, disruptionsAllowed: 1 }],
  [{ minAvailable: 5 }, { expectedPods: 3, desiredHealthy: 5, currentHealthy: 3, disruptionsAllowed: 0 }],
])('a budget with %o counts %o (PDB-02)', (spec, counts) => {
  const cluster = startCluster();
  createSet(cluster, 3);
  createBudget(cluster, spec);
  cluster.run();

  const allowed = counts.disruptionsAllowed > 0;
  expect(statusOf(cluster)).toMatchObject({
    ...counts,
    observedGeneration: 1,
    conditions: [
      {
        type: 'DisruptionAllowed',
        status: allowed ? 'True' : 'False',
        reason: allowed ? 'SufficientPods' : 'InsufficientPods',
      },
    ],
  });
});

test('a budget is created with zeros, and follows its pods as they get ready (PDB-03)', () => {
  const cluster = startCluster();
  createBudget(cluster, { maxUnavailable: 1 });
  cluster.run();
  const alone = statusOf(cluster);
  createSet(cluster, 2);
  cluster.run();

  expect(cluster.of(kind, 'b')[0]?.object).toMatchObject({ status: { disruptionsAllowed: 0, expectedPods: 0 } });
  expect(alone).toMatchObject({ observedGeneration: 1, expectedPods: 0, disruptionsAllowed: 0 });
  expect(cluster.eventsAbout('b')[0]).toBe('NoPods: No matching pods found');
  const healthy = cluster.of(kind, 'b').map(({ object }) => (object as Loose).status.currentHealthy);
  expect(healthy).toEqual([...healthy].sort((a, b) => a - b));
  expect(statusOf(cluster)).toMatchObject({ expectedPods: 2, currentHealthy: 2, disruptionsAllowed: 1 });
});

test('evictions take from the budget until it is spent; the refusal says what is needed (EVICT-01, -02)', () => {
  const cluster = startCluster();
  createSet(cluster, 3);
  createBudget(cluster, { maxUnavailable: 1 });
  cluster.run();
  const mark = cluster.changes.length;

  const first = evict(cluster, 'web-0');
  const second = evict(cluster, 'web-1');
  const seen = cluster.changes.slice(mark).map(({ kind: of, object }) => `${of} ${object.metadata.name}`);
  cluster.run();

  expect(first.code).toBe(201);
  expect(seen).toEqual([`${kind} b`, 'pod web-0', 'pod web-0']);
  expect(second).toMatchObject({
    code: 429,
    body: {
      reason: 'TooManyRequests',
      message: "Cannot evict pod as it would violate the pod's disruption budget.",
      details: {
        causes: [
          {
            reason: 'DisruptionBudget',
            message: 'The disruption budget b needs 2 healthy pods and has 3 currently',
          },
        ],
      },
    },
  });
  const after = cluster.of(kind, 'b', mark).map(({ object }) => (object as Loose).status);
  expect(after[0]).toMatchObject({ disruptionsAllowed: 0, disruptedPods: { 'web-0': expect.any(String) as string } });
  expect(after.some(({ currentHealthy }) => currentHealthy === 2)).toBe(true);
  expect(statusOf(cluster)).toMatchObject({ currentHealthy: 3, disruptionsAllowed: 1 });
  expect(statusOf(cluster).disruptedPods).toBeUndefined();
  expect(cluster.simulator.moving()).toEqual([]);
});

test('pods without a controller cannot be counted by their scale (PDB-W-02)', () => {
  const cluster = startCluster();
  createSet(cluster, 1);
  cluster.create(podManifest('lone', { metadata: { labels } }));
  createBudget(cluster, { maxUnavailable: 1 });
  cluster.run();

  expect(cluster.eventsAbout('b').some((text) => text.startsWith('UnmanagedPods: Pods selected by'))).toBe(true);
  expect(statusOf(cluster)).toMatchObject({ expectedPods: 1 });
});

test('an owner without a scale makes the budget fail safe', () => {
  const cluster = startCluster();
  const { serviceName: _, podManagementPolicy: __, replicas: ___, ...spec } = setOf(1) as Loose;
  cluster.create({ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'agent' }, spec });
  const owner = cluster.get('daemonset.apps', 'agent');
  const reference = {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    name: 'agent',
    uid: owner.metadata.uid,
    controller: true,
  };
  cluster.create(podManifest('agent-x', { metadata: { labels, ownerReferences: [reference] } }));
  createBudget(cluster, { maxUnavailable: 1 });
  cluster.run(30);

  const message = 'daemonsets.apps does not implement the scale subresource';
  expect(statusOf(cluster).conditions).toMatchObject([{ status: 'False', reason: 'SyncFailed', message }]);
  expect(cluster.eventsAbout('b')).toContain(
    `CalculateExpectedPodCountFailed: Failed to calculate the number of expected pods: ${message}`,
  );
});

test('a pod of two budgets is told of, and cannot be evicted (EVICT-03)', () => {
  const cluster = startCluster();
  createSet(cluster, 1);
  createBudget(cluster, { maxUnavailable: 1 });
  cluster.create({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'c' },
    spec: { selector: { matchLabels: labels }, maxUnavailable: 1 },
  });
  cluster.run();

  expect(cluster.eventsAbout('web-0').join('\n')).toContain('MultiplePodDisruptionBudgets: Pod "default"/"web-0"');
  expect(evict(cluster, 'web-0').code).toBe(500);
});

test('a mark that was not followed by a deletion is taken back after two minutes (PDB-05)', () => {
  const cluster = startCluster();
  cluster.create(podManifest('a'));
  cluster.run();
  const { clock, api } = cluster.simulator;
  const mark = { type: 'DisruptionTarget', status: 'True', lastProbeTime: null, lastTransitionTime: clock.timestamp };
  api.update(
    'pod' as Loose,
    'default/a',
    (pod: Loose) => ({ ...pod, status: { ...pod.status, conditions: [...pod.status.conditions, mark] } }),
    { subresource: 'status' },
  );
  const conditionOf = (): Loose =>
    cluster.get('pod', 'a').status.conditions.find(({ type }: Loose) => type === mark.type);

  cluster.run(119);
  const before = conditionOf();
  cluster.run(10);

  expect(before.status).toBe('True');
  expect(conditionOf().status).toBe('False');
});
