import { expect, test } from 'vitest';
import { podLine, podManifest, second, startCluster } from '../cluster.ts';
import type { Loose } from '../cluster.ts';

test.each([
  [
    { nodeSelector: { disk: 'fast' } },
    {},
    'NodeAffinity',
    "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector",
  ],
  [
    {},
    { resources: { requests: { cpu: '3' } } },
    'OutOfcpu',
    "Node didn't have enough resource: cpu, requested: 3000, used: 0, capacity: 2000",
  ],
])('a pod that was put on a node that cannot take it fails there (POD-REJ-01) %#', (spec, container, reason, told) => {
  const cluster = startCluster();
  cluster.create(podManifest('a', { container, spec: { nodeName: 'kind-control-plane', ...spec } }));
  cluster.run();

  const { status } = cluster.get('pod', 'a');
  expect(status).toMatchObject({ phase: 'Failed', reason, message: `Pod was rejected: ${told}` });
  expect(status.conditions).toBeUndefined();
  expect(status.containerStatuses).toBeUndefined();
  expect(cluster.eventsAbout('a')).toEqual([`${reason}: ${told}`]);
  cluster.remove('pod', 'a');
  expect(cluster.get('pod', 'a')).toBeUndefined();
});

test.each([
  [{ hostPort: 80 }, { hostPort: 80 }, 'Failed'],
  [{ hostPort: 80 }, { hostPort: 80, hostIP: '10.0.0.1' }, 'Failed'],
  [{ hostPort: 80, hostIP: '10.0.0.2' }, { hostPort: 80, hostIP: '10.0.0.1' }, 'Running'],
  [{ hostPort: 80 }, { hostPort: 80, protocol: 'UDP' }, 'Running'],
])('a pod fails on a node where its host port is taken: %j, then %j (POD-REJ-01)', (first, later, phase) => {
  const cluster = startCluster();
  const onNode = { spec: { nodeName: 'kind-control-plane' } };
  const port = (more: object): object => ({ ports: [{ containerPort: 80, ...more }] });
  cluster.create(podManifest('a', { container: port(first), ...onNode }));
  cluster.run();
  cluster.create(podManifest('b', { container: port(later), ...onNode }));
  cluster.run();

  const { status } = cluster.get('pod', 'b');
  expect(status.phase).toBe(phase);
  expect(status.reason).toBe(phase === 'Failed' ? 'NodePorts' : undefined);
});

test('a pod that was put on a node that can take it runs', () => {
  const cluster = startCluster();
  cluster.create(podManifest('a', { spec: { nodeName: 'kind-control-plane' } }));
  cluster.run();

  expect(cluster.get('pod', 'a').status.phase).toBe('Running');
});

test('a pod that is active for too long is ended: conditions first, then the phase with its reason (POD-REJ-02)', () => {
  const cluster = startCluster();
  cluster.create(podManifest('a', { spec: { activeDeadlineSeconds: 30 } }));
  cluster.run(10);
  const mark = cluster.changes.length;

  cluster.run();

  const changes = cluster.of('pod', 'a', mark);
  expect(changes.map(podLine).slice(0, 2)).toEqual([
    'Running | bound | S+ P+ I+ R- C- | ip | running ready | gen 1/1',
    'Failed | bound | S+ P- I+ R- C- | ip | Completed | gen 1/1',
  ]);
  expect((changes[0]!.object as Loose).status.conditions.at(2)).toMatchObject({ type: 'Ready', reason: 'PodFailed' });
  const { startTime, reason, message } = cluster.get('pod', 'a').status;
  expect([reason, message]).toEqual([
    'DeadlineExceeded',
    'Pod was active on the node longer than the specified deadline',
  ]);
  const began = cluster.of('pod', 'a').find(({ object }) => (object as Loose).status.startTime === startTime);
  expect((changes[0]!.at - began!.at) / second).toBeCloseTo(30, 0);
  expect(cluster.eventsAbout('a')).toContain(
    'DeadlineExceeded: Pod was active on the node longer than the specified deadline',
  );
  expect(cluster.simulator.moving()).toEqual([]);
});

test('the deadline can be shortened while the pod runs', () => {
  const cluster = startCluster();
  cluster.create(podManifest('a', { spec: { activeDeadlineSeconds: 3000 } }));
  cluster.run(10);

  cluster.change('pod', 'a', (pod) => ({ ...pod, spec: { ...pod.spec, activeDeadlineSeconds: 15 } }));
  cluster.run(20);

  expect(cluster.get('pod', 'a').status.reason).toBe('DeadlineExceeded');
});
