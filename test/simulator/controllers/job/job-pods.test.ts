import { expect, test } from 'vitest';
import { startCluster } from '../../cluster.ts';
import { removeIn } from '../../../../src/kubernetes/path-copy.ts';
import type { KindKey } from '../../../../src/kubernetes/kind.ts';
import type { Loose, TestCluster } from '../../cluster.ts';

const kind = 'job.batch';

function job(script: string, spec: object = {}): Loose {
  const containers = [{ name: 'c', image: 'busybox:1', command: ['sh', '-c', script] }];
  const template = { spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 1, containers } };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j' }, spec: { template, ...spec } };
}

function run(manifest: Loose, seconds = 3600): TestCluster {
  const cluster = startCluster();
  cluster.create(manifest);
  cluster.run(seconds);
  return cluster;
}

function podsOf(cluster: TestCluster): Loose[] {
  return [...cluster.simulator.store.list('pod' as KindKey).values()];
}

function endOf(cluster: TestCluster): readonly string[] {
  const { conditions } = cluster.get(kind, 'j').status;
  return (conditions ?? []).map(({ type, reason }: Loose) => `${type} ${reason}`);
}

const failsEveryOther = 'exit $(expr $JOB_COMPLETION_INDEX % 2)';

test('a pod whose owner reference was taken comes back, with the finalizer, and one that does not fit is let go', () => {
  const cluster = run(job('sleep 600', { parallelism: 2, completions: 2 }), 60);
  const [first, second] = podsOf(cluster).map(({ metadata }) => metadata.name);

  cluster.change('pod', first, (pod) => removeIn(pod, ['metadata', 'ownerReferences']));
  cluster.change('pod', second, (pod) => ({ ...pod, metadata: { ...pod.metadata, labels: { app: 'other' } } }));
  cluster.run(60);

  expect(cluster.get('pod', first).metadata).toMatchObject({
    ownerReferences: [{ kind: 'Job', name: 'j', controller: true }],
    finalizers: ['batch.kubernetes.io/job-tracking'],
  });
  const released = cluster.get('pod', second).metadata;
  expect([released.ownerReferences, released.finalizers]).toEqual([undefined, undefined]);
  // The one that was let go has a replacement; the one that was adopted again has none.
  expect(podsOf(cluster)).toHaveLength(3);
});

test('a policy on exit codes fails the job with the first pod, before the back-off limit does', () => {
  const rules = [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [3] } }];
  const cluster = run(job('exit 3', { podFailurePolicy: { rules }, parallelism: 2, completions: 4 }));

  expect(endOf(cluster)).toEqual(['FailureTarget PodFailurePolicy', 'Failed PodFailurePolicy']);
  const [{ message }] = cluster.get(kind, 'j').status.conditions;
  expect(message).toMatch(
    /^Container c for pod default\/j-\w{5} failed with exit code 3 matching FailJob rule at index 0$/,
  );
  expect(cluster.get(kind, 'j').spec.podReplacementPolicy).toBe('Failed');
  expect(podsOf(cluster)).toHaveLength(2);
  expect(podsOf(cluster).every(({ metadata }) => metadata.finalizers === undefined)).toBe(true);
});

test('an ignored failure does not count against the back-off limit', () => {
  const rules = [
    { action: 'Count', onExitCodes: { containerName: 'other', operator: 'NotIn', values: [9] } },
    { action: 'Ignore', onExitCodes: { operator: 'NotIn', values: [0, 1] } },
  ];
  const cluster = run(job('exit 42', { podFailurePolicy: { rules }, backoffLimit: 0 }), 100);

  expect(endOf(cluster)).toEqual([]);
  expect(cluster.get(kind, 'j').status.failed).toBeUndefined();
  const ended = podsOf(cluster).filter(({ status }) => status.phase === 'Failed');
  expect(ended.length).toBeGreaterThan(1);
  expect(ended.every(({ metadata }) => metadata.finalizers === undefined)).toBe(true);
});

test('with a limit for each index the others go on, and pods tell how often theirs has failed', () => {
  const spec = { completionMode: 'Indexed', completions: 4, parallelism: 4, backoffLimitPerIndex: 1 };
  const cluster = run(job(failsEveryOther, spec));

  expect(endOf(cluster)).toEqual(['FailureTarget FailedIndexes', 'Failed FailedIndexes']);
  expect(cluster.get(kind, 'j').status).toMatchObject({
    completedIndexes: '0,2',
    failedIndexes: '1,3',
    succeeded: 2,
    failed: 4,
  });
  const counts = podsOf(cluster).map(({ metadata: { annotations } }) =>
    ['completion-index', 'index-failure-count'].map((name) => annotations[`batch.kubernetes.io/job-${name}`]).join(' '),
  );
  expect(counts.toSorted()).toEqual(['0 0', '1 0', '1 1', '2 0', '3 0', '3 1']);
});

test('too many failed indexes, or an index that a rule fails, end it sooner', () => {
  const spec = { completionMode: 'Indexed', completions: 4, parallelism: 2, backoffLimitPerIndex: 5 };
  const rules = [{ action: 'FailIndex', onExitCodes: { operator: 'In', values: [1] } }];

  const cluster = run(job(failsEveryOther, { ...spec, maxFailedIndexes: 0, podFailurePolicy: { rules } }));

  expect(endOf(cluster).at(-1)).toBe('Failed MaxFailedIndexesExceeded');
  expect(cluster.get(kind, 'j').status.failedIndexes).toBe('1');
});

test('a success policy ends the job while indexes are still under way', () => {
  const spec = { completionMode: 'Indexed', completions: 3, parallelism: 3 };
  const script = 'if [ $JOB_COMPLETION_INDEX -eq 0 ]; then exit 0; else sleep 3000; fi';
  const byIndexes = run(job(script, { ...spec, successPolicy: { rules: [{ succeededIndexes: '0' }] } }), 600);
  const byCount = run(job(script, { ...spec, successPolicy: { rules: [{ succeededCount: 1 }] } }), 600);

  expect(endOf(byIndexes)).toEqual(['SuccessCriteriaMet SuccessPolicy', 'Complete SuccessPolicy']);
  expect(endOf(byCount)).toEqual(['SuccessCriteriaMet SuccessPolicy', 'Complete SuccessPolicy']);
  expect(byIndexes.get(kind, 'j').status).toMatchObject({ succeeded: 1, completedIndexes: '0' });
});

test("a job that another controller manages is left alone, and back-off limits are Go's largest with limits by index", () => {
  const cluster = run(job('exit 0', { managedBy: 'example.com/jobs' }), 60);

  expect(podsOf(cluster)).toEqual([]);
  expect(cluster.get(kind, 'j').status).toEqual({});
});

test('failures that come together delay the next pods once each, ignored ones too', () => {
  const rules = [{ action: 'Ignore', onExitCodes: { operator: 'In', values: [42] } }];
  const spec = { completionMode: 'Indexed', completions: 3, parallelism: 3, podFailurePolicy: { rules } };
  const cluster = run(job('exit 42', spec), 50);

  // Three failures: 10 s, doubled twice.
  const added = cluster.of('pod').filter(({ type }) => type === 'ADDED');
  expect(added.map(({ at }) => Math.round(at / 10_000_000))).toEqual([0, 0, 0, 4, 4, 4]);
});

test.each([
  [{ backoffLimitPerIndex: 1 }, 'spec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode'],
  [
    { maxFailedIndexes: 1, completionMode: 'Indexed', completions: 2 },
    'spec.backoffLimitPerIndex: Required value: when maxFailedIndexes is specified',
  ],
  [{ completionMode: 'Indexed', parallelism: 1 }, 'spec.completions: Required value: when completion mode is Indexed'],
])('a job with %j is refused', (spec, message) => {
  const { simulator } = startCluster();
  const manifest = job('exit 0', spec);

  const created = simulator.api.create({ ...manifest, metadata: { name: 'j', namespace: 'default' } });

  expect(created.ok ? undefined : created.status.message).toBe(`Job.batch "j" is invalid: ${message}`);
});
