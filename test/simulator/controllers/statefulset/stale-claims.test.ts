// A claim that goes with its pod, and the pod that comes back (STS-RET-13): the collector has to be faster than the
// controller's last look, which nothing repeats.

import { expect, test } from 'vitest';
import { second, startCluster } from '../../cluster.ts';

/** Scales 3 -> 2 -> 3; the answer is whether web-2 is there five minutes later. */
function comesBack(seed: number, pauseSeconds: number): boolean {
  const cluster = startCluster({ seed, freeze: false });
  const labels = { app: 'web' };
  const template = {
    metadata: { labels },
    spec: { terminationGracePeriodSeconds: 1, containers: [{ name: 'c', image: 'nginx:1.24' }] },
  };
  const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
  const spec = {
    serviceName: 'web',
    replicas: 3,
    selector: { matchLabels: labels },
    persistentVolumeClaimRetentionPolicy: { whenScaled: 'Delete', whenDeleted: 'Retain' },
    template,
    volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claim }],
  };
  cluster.create({ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'web' }, spec });
  cluster.run(60);
  const scale = (replicas: number): void =>
    cluster.change('statefulset.apps', 'web', (set) => ({ ...set, spec: { ...set.spec, replicas } }));
  scale(2);
  cluster.simulator.until(() => false, cluster.simulator.clock.now + pauseSeconds * second);
  scale(3);
  cluster.run(300);
  return cluster.get('pod', 'web-2') !== undefined;
}

test('a set that is scaled back while its pod stops nearly always waits for ever, and now and then does not', () => {
  const seeds = Array.from({ length: 150 }, (_, place) => place + 1);
  const through = seeds.filter((seed) => comesBack(seed, 0.5));

  expect(through.length).toBeGreaterThan(0);
  expect(through.length).toBeLessThan(75);
});

test('a set that is scaled back when the claim is gone gets a new one', () => {
  expect([1, 2, 3].map((seed) => comesBack(seed, 5))).toEqual([true, true, true]);
});
