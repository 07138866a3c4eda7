import { expect, test } from 'vitest';
import { podLine, second, startCluster } from '../cluster.ts';
import { removeIn } from '../../../src/kubernetes/path-copy.ts';
import { createClaim, createVolume, line, podWithClaim, pv, pvc, storageLines } from './storage.ts';

test('a claim and a volume are bound by four writes, after the volume became available (PV-BIND-06)', () => {
  const cluster = startCluster();
  createVolume(cluster, 'pv001');
  cluster.run();
  createClaim(cluster, 'data');
  cluster.run();

  expect(storageLines(cluster)).toEqual([
    'ADDED pv Pending',
    'MODIFIED pv Available',
    'ADDED pvc Pending',
    'MODIFIED pv Available linked',
    'MODIFIED pv Bound linked',
    'MODIFIED pvc Pending linked',
    'MODIFIED pvc Bound linked',
  ]);
  const [volume, claim] = [cluster.get(pv, 'pv001'), cluster.get(pvc, 'data')];
  expect(volume.metadata.annotations).toEqual({ 'pv.kubernetes.io/bound-by-controller': 'yes' });
  expect(volume.spec.claimRef).toMatchObject({ kind: 'PersistentVolumeClaim', name: 'data', uid: claim.metadata.uid });
  expect(claim.metadata.annotations).toEqual({
    'pv.kubernetes.io/bind-completed': 'yes',
    'pv.kubernetes.io/bound-by-controller': 'yes',
  });
  expect(claim.status).toEqual({ phase: 'Bound', accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' } });
});

test('a pod whose claim is being bound is unschedulable, then scheduled, as in the recorded lesson', () => {
  const cluster = startCluster();
  cluster.create(podWithClaim('web', 'data'));
  cluster.run(1);
  createVolume(cluster, 'pv001');
  cluster.run(1);
  createClaim(cluster, 'data');
  cluster.run();

  const lines = cluster.of('pod', 'web').map(podLine);
  expect(lines[0]).toBe('ADDED | Pending | S P I R C | gen -/1');
  expect(lines[1]).toBe('Pending | S- P I R C | gen -/1');
  expect(lines.at(-1)).toBe('Running | bound | S+ P+ I+ R+ C+ | ip | running ready | gen 1/1');
  expect(cluster.eventsAbout('web').slice(0, 3)).toEqual([
    'FailedScheduling: 0/1 nodes are available: persistentvolumeclaim "data" not found. not found',
    'FailedScheduling: 0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found',
    'Scheduled: Successfully assigned default/web to kind-control-plane',
  ]);
  const bound = cluster.changes.findIndex((change) => change.kind === pvc && line(change).includes('Bound'));
  const scheduled = cluster.changes.findIndex(
    (change) => change.kind === 'pod' && podLine(change).includes('bound | S+'),
  );
  expect(scheduled).toBeGreaterThan(bound);
});

test('a claim that finds nothing says so, and is looked at again within 15 s of a fitting volume (PV-BIND-10)', () => {
  const cluster = startCluster();
  createClaim(cluster, 'data');
  cluster.run();
  const idle = cluster.simulator.moving();
  createVolume(cluster, 'small', { capacity: { storage: '1Mi' } });
  cluster.run();
  const stillIdle = cluster.simulator.moving();
  const added = cluster.simulator.clock.now;
  createVolume(cluster, 'pv001');
  cluster.run(1);
  const waiting = cluster.simulator.moving().map((timer) => timer.class);
  cluster.run();

  expect(idle).toEqual([]);
  expect(stillIdle).toEqual([]);
  expect(waiting).toEqual(['deadline']);
  expect(cluster.get(pvc, 'data').status.phase).toBe('Bound');
  expect(cluster.simulator.clock.now - added).toBeLessThan(16 * second);
  expect(cluster.eventsAbout('data')).toEqual([
    'FailedBinding: no persistent volumes available for this claim and no storage class is set',
  ]);
});

test('each of several equal volumes is bound once', () => {
  const cluster = startCluster();
  for (const name of ['pv001', 'pv002', 'pv003']) createVolume(cluster, name);
  cluster.run();
  for (const name of ['a', 'b', 'c']) createClaim(cluster, name);
  cluster.run();

  const volumes = ['a', 'b', 'c'].map((name) => cluster.get(pvc, name).spec.volumeName);
  expect(new Set(volumes)).toEqual(new Set(['pv001', 'pv002', 'pv003']));
});

test('a retained volume is Released without its claim, and never given to a new claim of the same name', () => {
  const cluster = startCluster();
  createVolume(cluster, 'pv001');
  cluster.run();
  createClaim(cluster, 'data');
  cluster.run();
  const mark = cluster.changes.length;

  cluster.remove(pvc, 'data');
  cluster.run();
  createClaim(cluster, 'data');
  cluster.run();

  expect(storageLines(cluster, mark)).toEqual([
    'MODIFIED pvc Bound linked terminating',
    'DELETED pvc Bound linked terminating',
    'MODIFIED pv Released linked',
    'ADDED pvc Pending',
  ]);
});

test('a Released volume whose claimRef is removed becomes available and is bound to the waiting claim', () => {
  const cluster = startCluster();
  createVolume(cluster, 'pv001');
  cluster.run();
  createClaim(cluster, 'data');
  cluster.run();
  cluster.remove(pvc, 'data');
  cluster.run();
  createClaim(cluster, 'data');
  cluster.run();

  cluster.change(pv, 'pv001', (volume) => removeIn(volume, ['spec', 'claimRef']));
  cluster.run();

  expect(cluster.get(pvc, 'data').status.phase).toBe('Bound');
});

test('a claim in use stays until its pod is gone', () => {
  const cluster = startCluster();
  createVolume(cluster, 'pv001');
  createClaim(cluster, 'data');
  cluster.run();
  cluster.create(podWithClaim('web', 'data'));
  cluster.run();

  cluster.remove(pvc, 'data');
  cluster.run();
  const during = cluster.get(pvc, 'data');
  cluster.remove('pod', 'web');
  cluster.run();

  expect(during.metadata.deletionTimestamp).toBeDefined();
  expect(during.status.phase).toBe('Bound');
  expect(cluster.get(pvc, 'data')).toBeUndefined();
  const gone = cluster.changes.filter(({ type }) => type === 'DELETED').map(({ kind }) => kind);
  expect(gone).toEqual(['pod', pvc]);
});

test('a pod that is not scheduled does not keep a claim', () => {
  const cluster = startCluster();
  createClaim(cluster, 'data');
  cluster.create(podWithClaim('web', 'data'));
  cluster.run(5);

  cluster.remove(pvc, 'data');
  cluster.run(5);

  expect(cluster.get(pvc, 'data')).toBeUndefined();
  expect(cluster.get('pod', 'web').status.conditions[0].message).toContain('persistentvolumeclaim "data" not found');
});

test('a bound volume that is deleted stays until its claim is gone (PV-DEL-01)', () => {
  const cluster = startCluster();
  createVolume(cluster, 'pv001');
  createClaim(cluster, 'data');
  cluster.run();

  cluster.remove(pv, 'pv001');
  cluster.run();
  const during = cluster.get(pv, 'pv001');
  cluster.remove(pvc, 'data');
  cluster.run();

  expect(during).toMatchObject({ status: { phase: 'Bound' }, metadata: { deletionTimestamp: expect.any(String) } });
  expect(cluster.get(pv, 'pv001')).toBeUndefined();
});

test('a claim that names its volume is bound to it, unless that does not satisfy it', () => {
  const cluster = startCluster();
  createVolume(cluster, 'small', { capacity: { storage: '1Mi' } });
  createVolume(cluster, 'big', { capacity: { storage: '5Gi' } });
  createVolume(cluster, 'fits');
  cluster.run();

  createClaim(cluster, 'a', { volumeName: 'big' });
  createClaim(cluster, 'b', { volumeName: 'small' });
  createClaim(cluster, 'c', { volumeName: 'missing' });
  cluster.run();

  expect(cluster.get(pvc, 'a').status.phase).toBe('Bound');
  expect(cluster.get(pvc, 'a').metadata.annotations).toEqual({ 'pv.kubernetes.io/bind-completed': 'yes' });
  expect(cluster.get(pvc, 'b').status.phase).toBe('Pending');
  expect(cluster.eventsAbout('b')).toEqual([
    'VolumeMismatch: Cannot bind to requested volume "small": requested PV is too small',
  ]);
  expect(cluster.get(pvc, 'c').status.phase).toBe('Pending');
});

test('a claim whose volume vanishes is lost', () => {
  const cluster = startCluster();
  createVolume(cluster, 'pv001');
  createClaim(cluster, 'data');
  cluster.run();
  cluster.remove(pv, 'pv001');

  cluster.change(pv, 'pv001', (volume) => ({ ...volume, metadata: { ...volume.metadata, finalizers: [] } }));
  cluster.change(pvc, 'data', (claim) => ({ ...claim, metadata: { ...claim.metadata, labels: { touched: 'yes' } } }));
  cluster.run();

  expect(cluster.get(pvc, 'data').status.phase).toBe('Lost');
  expect(cluster.eventsAbout('data')).toEqual([
    'ClaimLost: Bound claim has lost its PersistentVolume. Data on the volume is lost!',
  ]);
});

test('any write of a volume gives waiting pods another turn, that of Bound too (VB-09)', () => {
  const cluster = startCluster();
  cluster.create({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'local' },
    provisioner: 'kubernetes.io/no-provisioner',
    volumeBindingMode: 'WaitForFirstConsumer',
  });
  createVolume(cluster, 'elsewhere', { storageClassName: 'other' });
  createClaim(cluster, 'data', { storageClassName: 'local' });
  cluster.create(podWithClaim('p', 'data'));
  cluster.run();
  const tries = (): number =>
    cluster.changes.filter(({ kind, object }) => kind === 'event' && object['reason'] === 'FailedScheduling').length;
  createClaim(cluster, 'other', { storageClassName: 'other' });
  cluster.run();
  const before = tries();

  cluster.change(pv, 'elsewhere', (volume) => ({ ...volume, metadata: { ...volume.metadata, labels: { a: 'b' } } }));
  cluster.run();

  expect(cluster.get(pv, 'elsewhere').status.phase).toBe('Bound');
  expect(tries() - before).toBe(1);
});
