import { expect, test } from 'vitest';
import { startCluster } from '../../cluster.ts';
import type { KindKey } from '../../../../src/kubernetes/kind.ts';
import type { Loose, TestCluster } from '../../cluster.ts';

const kind = 'job.batch';

function job(script: string, spec: object = {}, podSpec: object = {}): Loose {
  const containers = [{ name: 'c', image: 'busybox:1', command: ['sh', '-c', script] }];
  const template = { spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 1, containers, ...podSpec } };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j' }, spec: { template, ...spec } };
}

function run(manifest: Loose, { seconds = 3600, seed = 1 } = {}): TestCluster {
  const cluster = startCluster({ seed });
  cluster.create(manifest);
  cluster.run(seconds);
  return cluster;
}

function podsOf(cluster: TestCluster): Loose[] {
  return [...cluster.simulator.store.list('pod' as KindKey).values()];
}

/** The statuses that were written, as far as they count something. */
function statuses(cluster: TestCluster): Loose[] {
  return cluster.of(kind, 'j').map(({ object }) => (object as Loose).status);
}

test.each([1, 2, 3])('a job runs one pod after another and counts each once (JOB-01, JOB-02), seed %i', (seed) => {
  const cluster = run(job('sleep 2; exit 0', { completions: 2 }), { seed });

  const pods = podsOf(cluster);
  expect(pods.map(({ status }) => status.phase)).toEqual(['Succeeded', 'Succeeded']);
  expect(pods[0].metadata).toMatchObject({
    generateName: 'j-',
    labels: { 'batch.kubernetes.io/job-name': 'j', 'job-name': 'j' },
  });
  expect(pods.every(({ metadata }) => metadata.finalizers === undefined)).toBe(true);
  const [created, first, ...rest] = statuses(cluster);
  expect(created).toEqual({});
  expect(first).toMatchObject({ active: 1, ready: 0, terminating: 0, uncountedTerminatedPods: {} });
  expect(first.startTime).toBeDefined();
  const counts = rest.map((status) => [status.uncountedTerminatedPods.succeeded?.length ?? 0, status.succeeded ?? 0]);
  const distinct = counts.map(String).filter((count, place, all) => count !== all[place - 1]);
  expect(distinct).toEqual(['0,0', '1,0', '0,1', '1,1', '0,2']);
  const last = statuses(cluster).at(-1);
  expect(last).toMatchObject({ succeeded: 2, ready: 0, terminating: 0 });
  expect(last.active).toBeUndefined();
  expect(last.completionTime).toBeDefined();
  expect(last.conditions.map(({ type, reason, message }: Loose) => [type, reason, message])).toEqual([
    ['SuccessCriteriaMet', 'CompletionsReached', 'Reached expected number of succeeded pods'],
    ['Complete', 'CompletionsReached', 'Reached expected number of succeeded pods'],
  ]);
  expect(cluster.eventsAbout('j').at(-1)).toBe('Completed: Job completed');
  expect(cluster.simulator.moving()).toEqual([]);
});

test('never more pods than the parallelism, never more than are still needed', () => {
  const cluster = run(job('sleep 2', { completions: 5, parallelism: 2 }));

  const active = statuses(cluster).map((status) => status.active ?? 0);
  expect(Math.max(...active)).toBe(2);
  expect(podsOf(cluster)).toHaveLength(5);
  expect(statuses(cluster).at(-1).succeeded).toBe(5);
});

test('failed pods stay, new ones come later and later, and beyond the limit the job has failed (JOB-03)', () => {
  const cluster = run(job('exit 1', { backoffLimit: 2 }));

  const added = cluster.of('pod').filter(({ type }) => type === 'ADDED');
  const pauses = added.slice(1).map(({ at }, place) => Math.round((at - (added[place]?.at ?? 0)) / 1_000_000));
  expect(pauses).toHaveLength(2);
  expect(pauses[0]).toBeGreaterThanOrEqual(9);
  expect(pauses[0]).toBeLessThanOrEqual(14);
  expect(pauses[1]).toBeGreaterThanOrEqual(19);
  expect(pauses[1]).toBeLessThanOrEqual(24);
  expect(podsOf(cluster).map(({ status }) => status.phase)).toEqual(['Failed', 'Failed', 'Failed']);
  const last = statuses(cluster).at(-1);
  expect(last).toMatchObject({ failed: 3 });
  expect(last.conditions.map(({ type, reason }: Loose) => [type, reason])).toEqual([
    ['FailureTarget', 'BackoffLimitExceeded'],
    ['Failed', 'BackoffLimitExceeded'],
  ]);
  expect(cluster.eventsAbout('j')).toContain('BackoffLimitExceeded: Job has reached the specified backoff limit');
});

test('a job that is active for too long fails, and its pods go', () => {
  const cluster = run(job('sleep infinity', { activeDeadlineSeconds: 20 }));

  const last = statuses(cluster).at(-1);
  expect(last.conditions.at(-1)).toMatchObject({
    type: 'Failed',
    reason: 'DeadlineExceeded',
    message: 'Job was active longer than specified deadline',
  });
  expect(last).toMatchObject({ failed: 1 });
  expect(podsOf(cluster)).toEqual([]);
  expect(cluster.simulator.moving()).toEqual([]);
});

test('an Indexed job has a pod for every index (JOB-06)', () => {
  const cluster = run(
    job('echo $JOB_COMPLETION_INDEX; hostname', { completions: 3, parallelism: 3, completionMode: 'Indexed' }),
  );

  const pods = podsOf(cluster).toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  expect(pods.map(({ metadata }) => metadata.annotations['batch.kubernetes.io/job-completion-index'])).toEqual([
    '0',
    '1',
    '2',
  ]);
  expect(pods.map(({ metadata, spec }) => [metadata.generateName, spec.hostname])).toEqual([
    ['j-0-', 'j-0'],
    ['j-1-', 'j-1'],
    ['j-2-', 'j-2'],
  ]);
  expect(statuses(cluster).at(-1)).toMatchObject({ succeeded: 3, completedIndexes: '0-2' });
});

test('a suspended job has no pods and no start; resumed, it begins anew (JOB-05)', () => {
  const cluster = run(job('sleep 30'), { seconds: 5 });
  const suspend = (value: boolean, seconds: number): void => {
    cluster.change(kind, 'j', (stored) => ({ ...stored, spec: { ...stored.spec, suspend: value } }));
    cluster.run(seconds);
  };

  suspend(true, 20);
  const suspended = cluster.get(kind, 'j').status;
  const pods = podsOf(cluster);
  suspend(false, 3600);

  expect(suspended.conditions).toMatchObject([{ type: 'Suspended', status: 'True', reason: 'JobSuspended' }]);
  expect(suspended.startTime).toBeUndefined();
  expect(pods).toEqual([]);
  expect(cluster.get(kind, 'j').status).toMatchObject({ succeeded: 1 });
  expect(cluster.eventsAbout('j')).toEqual(
    expect.arrayContaining(['Suspended: Job suspended', 'Resumed: Job resumed']),
  );
});

test('pods of a deleted job lose their finalizer, and go or stay as the request says (JOB-05)', () => {
  const remove = (propagationPolicy?: 'Background'): TestCluster => {
    const cluster = run(job('sleep infinity'), { seconds: 10 });
    const body = propagationPolicy && { kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy };
    const where = { group: 'batch', version: 'v1', resource: 'jobs', namespace: 'default', name: 'j' };
    cluster.simulator.api.handle({ verb: 'delete', ...where, ...(body !== undefined && { body }) });
    cluster.run(30);
    return cluster;
  };

  const orphaned = podsOf(remove());
  expect(orphaned).toHaveLength(1);
  expect(orphaned[0].metadata.finalizers).toBeUndefined();
  expect(orphaned[0].status.phase).toBe('Running');
  expect(podsOf(remove('Background'))).toEqual([]);
});

test('a finished job goes when its time is over', () => {
  const cluster = run(job('exit 0', { ttlSecondsAfterFinished: 60 }), { seconds: 50 });
  const before = cluster.get(kind, 'j');

  cluster.run(60);

  expect(before.status.succeeded).toBe(1);
  expect(cluster.get(kind, 'j')).toBeUndefined();
  expect(podsOf(cluster)).toEqual([]);
});

test('containers that are restarted in place count against the limit', () => {
  const cluster = run(job('exit 1', { backoffLimit: 1 }, { restartPolicy: 'OnFailure' }));

  expect(statuses(cluster).at(-1).conditions.at(-1)).toMatchObject({ type: 'Failed', reason: 'BackoffLimitExceeded' });
  expect(podsOf(cluster)).toEqual([]);
});
