import { expect, test } from 'vitest';
import { podLine, podManifest, second, startCluster } from '../cluster.ts';
import type { TestCluster } from '../cluster.ts';

function start(container: object, spec: object = {}): TestCluster {
  const cluster = startCluster();
  cluster.create(podManifest('a', { container, spec }));
  cluster.run();
  return cluster;
}

function sh(cluster: TestCluster, script: string): void {
  expect(cluster.simulator.exec({ namespace: 'default', pod: 'a', command: ['sh', '-c', script] })).toMatchObject({
    exitCode: 0,
  });
}

function last(cluster: TestCluster): string {
  return podLine(cluster.of('pod', 'a').at(-1)!);
}

const check = { exec: { command: ['test', '-f', '/tmp/ready'] }, periodSeconds: 2, failureThreshold: 2 };

test('a pod is ready while the file is there that its readiness probe looks for (PROBE-04, -09)', () => {
  const cluster = start({ readinessProbe: check });
  const before = last(cluster);
  expect(cluster.simulator.moving()).toEqual([]);

  sh(cluster, 'touch /tmp/ready');
  cluster.run();
  const ready = last(cluster);
  const { now } = cluster.simulator.clock;
  sh(cluster, 'rm /tmp/ready');
  cluster.run();

  expect(before).toContain('R- C- | ip | running | gen');
  expect(ready).toContain('R+ C+ | ip | running ready | gen');
  const lost = cluster.of('pod', 'a').at(-1)!;
  expect(podLine(lost)).toContain('R- C- | ip | running | gen');
  expect((lost.at - now) / second).toBeGreaterThanOrEqual(2);
  expect((lost.at - now) / second).toBeLessThanOrEqual(4.1);
  expect(cluster.eventsAbout('a')).toContain('Unhealthy: Readiness probe failed: ');
});

test('a web server is not ready without the page that is asked for, and is again with it', () => {
  const page = '/usr/share/nginx/html/index.html';
  const cluster = start({
    readinessProbe: { httpGet: { path: '/index.html', port: 80 }, periodSeconds: 1, failureThreshold: 1 },
  });

  sh(cluster, `mv -v ${page} /tmp/`);
  cluster.run();
  const without = last(cluster);
  sh(cluster, `mv /tmp/index.html ${page}`);
  cluster.run();

  expect(without).toContain('running | gen');
  expect(last(cluster)).toContain('running ready | gen');
  expect(cluster.eventsAbout('a')).toContain(
    'Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 404',
  );
});

test('a failing liveness probe restarts the container, at once the first time (PROBE-06)', () => {
  const cluster = start({ livenessProbe: { ...check, exec: { command: ['sh', '-c', 'test ! -f /tmp/sick'] } } });
  const { uid } = cluster.get('pod', 'a').metadata;
  const mark = cluster.changes.length;
  const { podIP } = cluster.get('pod', 'a').status;

  sh(cluster, 'touch /tmp/sick');
  cluster.run();

  expect(cluster.eventsAbout('a')).toContain('Killing: Container c failed liveness probe, will be restarted');
  const lines = cluster.of('pod', 'a', mark).map(podLine);
  expect(lines.every((line) => line.includes('R+ C+'))).toBe(true);
  expect(cluster.get('pod', 'a')).toMatchObject({
    metadata: { uid },
    status: { podIP, containerStatuses: [{ restartCount: 1, lastState: { terminated: { exitCode: 137 } } }] },
  });
  expect(cluster.simulator.moving()).toEqual([]);
});

test('liveness that fails again and again backs off', () => {
  const cluster = start({
    command: ['sh', '-c', 'touch /tmp/sick; sleep infinity'],
    livenessProbe: { ...check, exec: { command: ['sh', '-c', 'test ! -f /tmp/sick'] } },
  });

  cluster.run(60);

  const lines = cluster.of('pod', 'a').map(podLine);
  expect(lines.some((line) => line.includes('CrashLoopBackOff'))).toBe(true);
  expect(cluster.get('pod', 'a').status.containerStatuses[0].restartCount).toBeGreaterThanOrEqual(2);
});

test('under Never a failing liveness probe ends the pod (PROBE-07)', () => {
  const cluster = start({ livenessProbe: check }, { restartPolicy: 'Never' });

  expect(cluster.get('pod', 'a').status.phase).toBe('Failed');
});

test('nothing but the startup probe runs until it has passed; then the container is started (PROBE-02, POD-NEW-04)', () => {
  const startupProbe = { ...check, failureThreshold: 30 };
  const cluster = startCluster();
  cluster.create(podManifest('a', { container: { startupProbe } }));
  cluster.run(10);
  const before = cluster.get('pod', 'a').status.containerStatuses[0];

  sh(cluster, 'touch /tmp/ready');
  cluster.run();

  expect(before).toMatchObject({ started: false, ready: false });
  expect(cluster.get('pod', 'a').status.containerStatuses[0]).toMatchObject({
    started: true,
    ready: true,
    restartCount: 0,
  });
});

test('a startup probe that never passes restarts the container', () => {
  const cluster = startCluster();
  cluster.create(podManifest('a', { container: { startupProbe: check } }));

  cluster.run(30);

  expect(cluster.eventsAbout('a')).toContain('Killing: Container c failed startup probe, will be restarted');
  expect(cluster.get('pod', 'a').status.containerStatuses[0].restartCount).toBeGreaterThan(0);
});

test('a check that cannot be made succeeds', () => {
  const cluster = start({
    readinessProbe: { exec: { command: ['mongosh', '--eval', 'rs.status()'] } },
    livenessProbe: { exec: { command: ['sh', '-c', 'mongosh --eval 1 | grep ok'] } },
  });

  expect(last(cluster)).toContain('running ready | gen');
});
