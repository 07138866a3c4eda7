import { expect, test } from 'vitest';
import { podLine, podManifest, startCluster } from '../cluster.ts';
import type { TestCluster } from '../cluster.ts';

function message(cluster: TestCluster, name: string): string {
  return cluster.get('pod', name).status.conditions[0].message;
}

function nodeOf(cluster: TestCluster, name: string): string | undefined {
  return cluster.get('pod', name).spec.nodeName;
}

function cordon(cluster: TestCluster, name: string, unschedulable: boolean): void {
  cluster.change('node', name, (node) => ({ ...node, spec: { ...node.spec, unschedulable } }));
}

test('a cordoned node takes no pod, and the pod is placed when the cordon is lifted', () => {
  const cluster = startCluster();
  cordon(cluster, 'kind-control-plane', true);
  cluster.run();
  cluster.create(podManifest('web'));
  cluster.run();
  const refused = message(cluster, 'web');

  cordon(cluster, 'kind-control-plane', false);
  cluster.run();

  expect(refused).toBe(
    '0/1 nodes are available: 1 node(s) were unschedulable. no new claims to deallocate, ' +
      'preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.',
  );
  // The taint of the cordon goes a moment later than the cordon, so one more refusal may be told in between.
  const lines = [...new Set(cluster.of('pod', 'web').map(podLine))];
  expect(lines.slice(0, 3)).toEqual([
    'ADDED | Pending | S P I R C | gen -/1',
    'Pending | S- P I R C | gen -/1',
    'Pending | bound | S+ P I R C | gen -/1',
  ]);
  expect(nodeOf(cluster, 'web')).toBe('kind-control-plane');
});

test('the condition and the event of a pod without a node say the same, with the generation', () => {
  const cluster = startCluster();
  cluster.create(podManifest('web', { spec: { nodeSelector: { disk: 'fast' } } }));
  cluster.run();

  const [condition] = cluster.get('pod', 'web').status.conditions;
  expect(condition).toMatchObject({ status: 'False', reason: 'Unschedulable', observedGeneration: 1 });
  expect(condition.message).toContain(`1 node(s) didn't match Pod's node affinity/selector`);
  expect(cluster.eventsAbout('web')).toEqual([`FailedScheduling: ${condition.message}`]);
});

test('requests are added up per node, and a terminating pod makes room when it has stopped, not before (SCHED-07)', () => {
  const cluster = startCluster();
  const requests = { resources: { requests: { cpu: '1500m' } } };
  cluster.create(podManifest('first', { container: requests }));
  cluster.run();
  cluster.create(podManifest('second', { container: requests }));
  cluster.run();
  const refused = message(cluster, 'second');

  const mark = cluster.changes.length;
  cluster.remove('pod', 'first');
  cluster.run();

  expect(refused).toContain('0/1 nodes are available: 1 Insufficient cpu.');
  expect(refused).toContain('1 No preemption victims found for incoming pod.');
  const lines = cluster.changes
    .slice(mark)
    .filter(({ kind }) => kind === 'pod')
    .map((change) => `${change.object.metadata.name} ${podLine(change)}`);
  const stopped = lines.findIndex((each) => each.startsWith('first Succeeded'));
  const placed = lines.findIndex((each) => each.startsWith('second Pending | bound'));
  expect(stopped).toBeGreaterThan(0);
  expect(placed).toBeGreaterThan(stopped);
});

test('what a whole node could not give is told as beyond preemption', () => {
  const cluster = startCluster();
  cluster.create(podManifest('huge', { container: { resources: { requests: { cpu: '3', memory: '1Ti' } } } }));
  cluster.run();

  expect(message(cluster, 'huge')).toContain('0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory.');
  expect(message(cluster, 'huge')).toContain('1 Preemption is not helpful for scheduling.');
});

test('a node has a number of places', () => {
  const cluster = startCluster({ capacity: { pods: '1' } });
  cluster.create(podManifest('first'));
  cluster.run();
  cluster.create(podManifest('second'));
  cluster.run();

  expect(message(cluster, 'second')).toContain('1 Too many pods');
});

test('taints keep pods away that do not tolerate them', () => {
  const cluster = startCluster();
  const taint = { key: 'dedicated', value: 'db', effect: 'NoSchedule' };
  cluster.change('node', 'kind-control-plane', (node) => ({ ...node, spec: { ...node.spec, taints: [taint] } }));
  cluster.create(podManifest('web'));
  cluster.create(podManifest('db', { spec: { tolerations: [{ key: 'dedicated', operator: 'Exists' }] } }));
  cluster.run();

  expect(message(cluster, 'web')).toContain('1 node(s) had untolerated taint(s)');
  expect(nodeOf(cluster, 'db')).toBe('kind-control-plane');
});

test('pods of one controller are spread over the nodes', () => {
  const cluster = startCluster({ nodes: 3 });
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'nobody', controller: true };
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
    cluster.create(podManifest(name, { metadata: { ownerReferences: [owner] } }));
  }
  // The collector would soon remove pods of an owner that does not exist.
  cluster.run(0.03);

  const nodes = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => nodeOf(cluster, name));
  expect(new Set(nodes)).toEqual(new Set(['kind-worker', 'kind-worker2', 'kind-worker3']));
  for (const node of new Set(nodes)) expect(nodes.filter((each) => each === node)).toHaveLength(2);
});

test('required anti-affinity gives each pod a node of its own, in both directions', () => {
  const cluster = startCluster({ nodes: 2 });
  const labels = { app: 'db' };
  const term = { labelSelector: { matchLabels: labels }, topologyKey: 'kubernetes.io/hostname' };
  const affinity = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
  for (const name of ['a', 'b', 'c']) cluster.create(podManifest(name, { metadata: { labels }, spec: { affinity } }));
  cluster.run();
  cluster.create(podManifest('plain', { metadata: { labels } }));
  cluster.run();

  expect(new Set([nodeOf(cluster, 'a'), nodeOf(cluster, 'b')])).toEqual(new Set(['kind-worker', 'kind-worker2']));
  expect(message(cluster, 'c')).toContain(`2 node(s) didn't satisfy existing pods anti-affinity rules`);
  expect(message(cluster, 'plain')).toContain(`2 node(s) didn't satisfy existing pods anti-affinity rules`);
});

test('required affinity goes where its like is, and the first of its kind anywhere', () => {
  const cluster = startCluster({ nodes: 3 });
  const labels = { app: 'web' };
  const term = { labelSelector: { matchLabels: labels }, topologyKey: 'kubernetes.io/hostname' };
  const affinity = { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
  cluster.create(podManifest('first', { metadata: { labels }, spec: { affinity } }));
  cluster.run();
  cluster.create(podManifest('second', { metadata: { labels }, spec: { affinity } }));
  cluster.create(
    podManifest('stranger', {
      spec: {
        affinity: {
          podAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
              { ...term, labelSelector: { matchLabels: { app: 'none' } } },
            ],
          },
        },
      },
    }),
  );
  cluster.run();

  expect(nodeOf(cluster, 'second')).toBe(nodeOf(cluster, 'first'));
  expect(message(cluster, 'stranger')).toContain(`3 node(s) didn't match pod affinity rules`);
});

test('a hard spread constraint keeps a group even, and lets it grow when room was made', () => {
  const cluster = startCluster({ nodes: 2 });
  const labels = { app: 'web' };
  const constraint = {
    topologyKey: 'kubernetes.io/hostname',
    maxSkew: 1,
    whenUnsatisfiable: 'DoNotSchedule',
    labelSelector: { matchLabels: labels },
  };
  const even = { metadata: { labels }, spec: { topologySpreadConstraints: [constraint] } };
  cordon(cluster, 'kind-worker2', true);
  for (const name of ['a', 'b']) {
    cluster.create(podManifest(name, even));
    cluster.run();
  }
  const refused = message(cluster, 'b');
  cluster.remove('pod', 'a');
  cluster.run();

  expect(nodeOf(cluster, 'b')).toBe('kind-worker');
  expect(refused).toContain(
    `0/2 nodes are available: 1 node(s) didn't match pod topology spread constraints, 1 node(s) were unschedulable.`,
  );
});

test('a node outside of every domain does not take part in spreading', () => {
  const cluster = startCluster();
  const constraint = { topologyKey: 'zone', maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule' };
  cluster.create(podManifest('web', { spec: { topologySpreadConstraints: [constraint] } }));
  cluster.run();

  expect(message(cluster, 'web')).toContain(
    `1 node(s) didn't match pod topology spread constraints (missing required label)`,
  );
});

test('the pod of higher priority has the first turn', () => {
  const cluster = startCluster({ capacity: { pods: '1' } });
  cluster.create({
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name: 'high' },
    value: 1000,
  });
  cluster.create(podManifest('low'));
  cluster.create(podManifest('high', { spec: { priorityClassName: 'high', priority: 1000 } }));
  cluster.run();

  expect(nodeOf(cluster, 'high')).toBe('kind-control-plane');
  expect(nodeOf(cluster, 'low')).toBeUndefined();
});

test('pods of another scheduler are left alone', () => {
  const cluster = startCluster();
  cluster.create(podManifest('web', { spec: { schedulerName: 'mine' } }));
  cluster.run();

  expect(cluster.of('pod', 'web')).toHaveLength(1);
});

test('an unscheduled pod goes at once when it is deleted, and nothing is tried for it any more', () => {
  const cluster = startCluster();
  cluster.create(podManifest('web', { spec: { nodeSelector: { disk: 'fast' } } }));
  cluster.run();
  cluster.remove('pod', 'web');
  cluster.change('node', 'kind-control-plane', (node) => ({
    ...node,
    metadata: { ...node.metadata, labels: { ...node.metadata.labels, disk: 'fast' } },
  }));
  cluster.run();

  expect(cluster.get('pod', 'web')).toBeUndefined();
  expect(cluster.simulator.moving()).toEqual([]);
});
