import { expect, test } from 'vitest';
import { podLine, podManifest, second, startCluster } from '../cluster.ts';
import type { KindKey } from '../../../src/kubernetes/kind.ts';
import type { SimulatedFault } from '../../../src/simulator/faults/faults.ts';
import type { PodChoice, TestCluster } from '../cluster.ts';

const pod = 'pod' as KindKey;

function startPod(choice: PodChoice = {}): TestCluster {
  const cluster = startCluster();
  cluster.create(podManifest('web', choice));
  cluster.run();
  return cluster;
}

function inject(cluster: TestCluster, fault: SimulatedFault): number {
  const mark = cluster.changes.length;
  expect(cluster.simulator.inject(fault, 'default')).toBeUndefined();
  return mark;
}

/** What the one container of the pod does, change by change. */
function containers(cluster: TestCluster, since: number): readonly string[] {
  return cluster.of('pod', 'web', since).map((change) => podLine(change).split(' | ').at(4) ?? '');
}

test('a container that crashes three times is restarted at once, then after 10 s and 20 s, and recovers', () => {
  const cluster = startPod();
  const mark = inject(cluster, { how: 'crash', targets: [{ kind: pod, name: 'web' }], times: 3 });
  cluster.run(8);
  const classes = cluster.simulator.moving().map((timer) => timer.class);
  cluster.run();

  expect(containers(cluster, mark)).toEqual([
    'Error',
    'running ready x1',
    'Error x1',
    'CrashLoopBackOff x1',
    'running ready x2',
    'Error x2',
    'CrashLoopBackOff x2',
    'running ready x3',
  ]);
  expect(classes).toEqual(['retry']);
  const [, , ended, , restarted, endedAgain, , last] = cluster.of('pod', 'web', mark).map(({ at }) => at / second);
  expect(restarted! - ended!).toBeGreaterThan(10);
  expect(restarted! - ended!).toBeLessThan(15);
  expect(last! - endedAgain!).toBeGreaterThan(20);
  expect(last! - endedAgain!).toBeLessThan(25);
  const { metadata } = cluster.get('pod', 'web');
  expect(cluster.eventsAbout('web')).toContain(
    `BackOff: Back-off restarting failed container c in pod web_default(${metadata.uid})`,
  );
});

test('the phase of a crashing pod is Running, its last end is told, and it is not ready between runs', () => {
  const cluster = startPod();
  inject(cluster, { how: 'crash', targets: [{ kind: pod, name: 'web' }], times: 2 });
  cluster.run(8);

  expect(cluster.get('pod', 'web').status).toMatchObject({
    phase: 'Running',
    containerStatuses: [
      {
        state: {
          waiting: { reason: 'CrashLoopBackOff', message: expect.stringContaining('back-off 10s restarting failed') },
        },
        lastState: { terminated: { exitCode: 1, reason: 'Error' } },
        ready: false,
        started: false,
      },
    ],
  });
});

test('a crashing pod that is deleted fails at once and keeps its last end (POD-TERM-07)', () => {
  const cluster = startPod();
  inject(cluster, { how: 'crash', targets: [{ kind: pod, name: 'web' }], times: 9 });
  cluster.run(8);
  const mark = cluster.changes.length;

  cluster.remove('pod', 'web');
  cluster.run();

  expect(cluster.of('pod', 'web', mark).map(podLine).slice(1)).toEqual([
    'Failed | bound | S+ P- I+ R- C- | ip | Error x1 | grace 10 | gen 2/2',
    'Failed | bound | S+ P- I+ R- C- | ip | Error x1 | grace 0 | gen 2/2',
    'DELETED | Failed | bound | S+ P- I+ R- C- | ip | Error x1 | grace 0 | gen 2/2',
  ]);
});

test('without restarts a crash is the end of the pod, told before its phase (POD-PHASE-04)', () => {
  const cluster = startPod({ spec: { restartPolicy: 'Never' } });
  const mark = inject(cluster, { how: 'crash', targets: [{ kind: pod, name: 'web' }], times: 1 });
  cluster.run();

  expect(cluster.of('pod', 'web', mark).map(podLine)).toEqual([
    'Running | bound | S+ P+ I+ R- C- | ip | Error | gen 1/1',
    'Failed | bound | S+ P- I+ R- C- | ip | Error | gen 1/1',
  ]);
  expect(cluster.get('pod', 'web').status.conditions[2]).toMatchObject({ type: 'Ready', reason: 'PodFailed' });
});

test('a pod that is held back is not ready until it recovers, and is not restarted', () => {
  const cluster = startPod();
  const { uid } = cluster.get('pod', 'web').metadata;
  const mark = inject(cluster, { how: 'notReady', targets: [{ kind: pod, name: 'web', uid }] });
  cluster.run();
  inject(cluster, { how: 'recover', targets: [{ kind: pod, name: 'web' }] });
  cluster.run();

  expect(cluster.of('pod', 'web', mark).map(podLine)).toEqual([
    'Running | bound | S+ P+ I+ R- C- | ip | running | gen 1/1',
    'Running | bound | S+ P+ I+ R+ C+ | ip | running ready | gen 1/1',
  ]);
});

test('with a probe, readiness is lost after as many failures as it says (PROBE-04)', () => {
  const readinessProbe = { httpGet: { port: 80 }, periodSeconds: 2, failureThreshold: 3 };
  const cluster = startPod({ container: { readinessProbe } });
  const { now } = cluster.simulator.clock;

  const mark = inject(cluster, { how: 'notReady', targets: [{ kind: pod, name: 'web' }] });
  cluster.run();

  const [lost] = cluster.of('pod', 'web', mark);
  expect((lost!.at - now) / second).toBeGreaterThan(4);
  expect((lost!.at - now) / second).toBeLessThan(6.1);
  expect(cluster.eventsAbout('web').at(-1)).toContain('Unhealthy: Readiness probe failed');
});

test('a fault by uid ends with its pod, one by name strikes the next bearer too', () => {
  const cluster = startPod();
  const { uid } = cluster.get('pod', 'web').metadata;
  const again = (): boolean => {
    cluster.remove('pod', 'web');
    cluster.run();
    cluster.create(podManifest('web'));
    cluster.run();
    return cluster.get('pod', 'web').status.containerStatuses[0].ready;
  };

  inject(cluster, { how: 'notReady', targets: [{ kind: pod, name: 'web', uid }] });
  const byUid = again();
  inject(cluster, { how: 'notReady', targets: [{ kind: pod, name: 'web' }] });
  const byName = again();

  expect([byUid, byName]).toEqual([true, false]);
});

test('a fault can wait for a pod that does not exist yet, and for one of its containers', () => {
  const cluster = startCluster();
  inject(cluster, { how: 'crash', targets: [{ kind: pod, name: 'web' }], times: 1, container: 'b' });
  cluster.create(
    podManifest('web', { spec: { containers: ['a', 'b'].map((name) => ({ name, image: 'nginx:1.24' })) } }),
  );
  cluster.run();

  const counts = cluster.get('pod', 'web').status.containerStatuses;
  expect(counts.map(({ restartCount }: { restartCount: number }) => restartCount)).toEqual([0, 1]);
});

test.each<[string, SimulatedFault, string]>([
  ['a pod cannot be stopped', { how: 'stop', targets: [{ kind: pod, name: 'web' }] }, 'pod/web cannot be made to stop'],
  [
    'a node cannot crash',
    { how: 'crash', targets: [{ kind: 'node' as KindKey, name: 'kind-control-plane' }], times: 1 },
    'node/kind-control-plane cannot be made to crash',
  ],
  [
    'a node must exist',
    { how: 'stop', targets: [{ kind: 'node' as KindKey, name: 'nope' }] },
    'node/nope is not a node',
  ],
  [
    'a container must exist',
    { how: 'notReady', targets: [{ kind: pod, name: 'web' }], container: 'x' },
    'pod/web has no container "x"; it has: c',
  ],
  [
    'a service cannot fail',
    { how: 'notReady', targets: [{ kind: 'service' as KindKey, name: 's' }] },
    'service/s cannot fail',
  ],
])('%s, and nothing is done', (_, fault, reason) => {
  const cluster = startPod();
  const mark = cluster.changes.length;

  expect(cluster.simulator.inject(fault, 'default')).toContain(reason);
  cluster.run();

  expect(cluster.changes.length).toBe(mark);
});
