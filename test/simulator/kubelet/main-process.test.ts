import { expect, test } from 'vitest';
import { podLine, podManifest, second, startCluster } from '../cluster.ts';
import type { Loose, TestCluster } from '../cluster.ts';

function pod(cluster: TestCluster, script: string, spec: object = {}): void {
  cluster.create(podManifest('a', { container: { command: ['sh', '-c', script] }, spec }));
}

function container(cluster: TestCluster): Loose {
  return cluster.get('pod', 'a').status.containerStatuses[0];
}

test.each([
  ['exit 0', 'Never', 'Succeeded'],
  ['exit 3', 'Never', 'Failed'],
  ['exit 0', 'OnFailure', 'Succeeded'],
  ['sleep 5; exit 0', 'OnFailure', 'Succeeded'],
  ['frobnicate --all', 'Never', 'Succeeded'],
])('%s under %s ends as %s (POD-PHASE-03)', (script, restartPolicy, phase) => {
  const cluster = startCluster();
  pod(cluster, script, { restartPolicy });

  cluster.run();

  expect(cluster.get('pod', 'a').status.phase).toBe(phase);
});

test('a process that exits under Always is restarted with back-off, whatever its code (POD-RESTART-01, -02)', () => {
  const cluster = startCluster();
  pod(cluster, 'exit 3');

  cluster.run(120);

  const lines = cluster.of('pod', 'a').map(podLine);
  const states = lines.map((line) => /\| (Error|running|CrashLoopBackOff)[^|]*/.exec(line)?.[0].trim()).filter(Boolean);
  const distinct = states.filter((state, place) => state !== states[place - 1]);
  expect(distinct.slice(0, 6)).toEqual([
    '| running ready',
    '| Error',
    '| running ready x1',
    '| Error x1',
    '| CrashLoopBackOff x1',
    '| running ready x2',
  ]);
  expect(container(cluster).lastState.terminated).toMatchObject({ exitCode: 3, reason: 'Error' });
});

test('a server whose command is not known runs on, behind what the script does first', () => {
  const cluster = startCluster();
  pod(cluster, 'echo ready > /tmp/state && exec-server');

  cluster.run();

  expect(container(cluster)).toMatchObject({ ready: true, restartCount: 0 });
  expect(cluster.simulator.exec({ namespace: 'default', pod: 'a', command: ['cat', '/tmp/state'] })).toMatchObject({
    stdout: 'ready\n',
  });
  expect(cluster.simulator.moving()).toEqual([]);
});

test('process 1 ignores SIGTERM without a handler, and is killed at the end of the grace period (POD-TERM-02)', () => {
  const cluster = startCluster();
  pod(cluster, 'sleep 3600');
  cluster.run(10);
  const { now } = cluster.simulator.clock;

  cluster.remove('pod', 'a');
  cluster.run(30);

  const ended = cluster.of('pod', 'a').find(({ object }) => (object as Loose).status.phase === 'Failed');
  expect((ended!.at - now) / second).toBeGreaterThanOrEqual(10);
  expect((ended!.object as Loose).status.containerStatuses[0].state.terminated.exitCode).toBe(137);
});

test('a trap obeys', () => {
  const cluster = startCluster();
  pod(cluster, "trap 'exit 0' TERM; sleep infinity");
  cluster.run(10);
  const { now } = cluster.simulator.clock;

  cluster.remove('pod', 'a');
  cluster.run(30);

  const ended = cluster.of('pod', 'a').find(({ object }) => (object as Loose).status.phase === 'Succeeded');
  expect((ended!.at - now) / second).toBeLessThan(2);
});

test('an init container that fails holds the pod up, with back-off (POD-INIT-05)', () => {
  const cluster = startCluster();
  cluster.create(
    podManifest('a', { spec: { initContainers: [{ name: 'i', image: 'busybox:1', command: ['false'] }] } }),
  );

  cluster.run(30);

  expect(cluster.get('pod', 'a').status).toMatchObject({
    phase: 'Pending',
    initContainerStatuses: [{ restartCount: 2 }],
  });
  expect(cluster.eventsAbout('a').join('\n')).toContain('Back-off restarting failed container i');
});

test('what an init container writes to a shared volume is there for the others', () => {
  const cluster = startCluster();
  const volumeMounts = [{ name: 'work', mountPath: '/work' }];
  const command = ['sh', '-c', 'echo ${HOSTNAME##*-} > /work/ordinal'];
  cluster.create(
    podManifest('a-7', {
      container: { volumeMounts },
      spec: {
        initContainers: [{ name: 'i', image: 'busybox:1', command, volumeMounts }],
        volumes: [{ name: 'work', emptyDir: {} }],
      },
    }),
  );

  cluster.run();

  expect(cluster.simulator.exec({ namespace: 'default', pod: 'a-7', command: ['cat', '/work/ordinal'] })).toMatchObject(
    {
      stdout: '7\n',
    },
  );
});

test('a preStop hook runs first and takes its time out of the grace period (POD-TERM-04)', () => {
  const cluster = startCluster();
  const lifecycle = { preStop: { exec: { command: ['sh', '-c', 'sleep 4; exit 1'] } } };
  cluster.create(podManifest('a', { container: { lifecycle } }));
  cluster.run();
  const { now } = cluster.simulator.clock;

  cluster.remove('pod', 'a');
  cluster.run();

  const ended = cluster.of('pod', 'a').find(({ object }) => (object as Loose).status.phase === 'Succeeded');
  expect((ended!.at - now) / second).toBeGreaterThan(4);
  expect((ended!.at - now) / second).toBeLessThan(5);
  expect(cluster.eventsAbout('a')).toContain('FailedPreStopHook: PreStopHook failed');
});
