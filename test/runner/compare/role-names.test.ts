import { expect, test } from 'vitest';
import { comparedRun } from './runs.ts';

const lessons = 'scenarios/lessons';

test('pods of a Deployment are called by their deployment and rank, whatever their suffix', async () => {
  const run = await comparedRun(`${lessons}/statefulset-test/deployment-undo.scenario.yaml`, 3);

  const subjects = new Set(run.milestones.map(({ subject }) => subject));

  expect([...subjects].filter((name) => name.startsWith('pod(')).slice(0, 3)).toEqual([
    'pod(deployment/mynginx)#1',
    'pod(deployment/mynginx)#2',
    'pod(deployment/mynginx)#3',
  ]);
  expect(subjects).toContain('replicaset(deployment/mynginx)#1');
  expect([...subjects].some((name) => /[bcdfghjklmnpqrstvwxz2456789]{5}$/.test(name))).toBe(false);
});

test('a pod of a StatefulSet keeps its name, which says which it is', async () => {
  const run = await comparedRun(`${lessons}/mongodb/scale-out-and-in.scenario.yaml`, 3);

  const subjects = new Set(run.milestones.map(({ subject }) => subject));

  expect(subjects).toContain('pod/mongo-4');
  expect(subjects).toContain('persistentvolumeclaim/mongo-data-mongo-0');
});

test('two seeds call the same things by the same names', async () => {
  const [a, b] = await Promise.all(
    [1, 2].map((seed) => comparedRun(`${lessons}/statefulset-test/deployment-undo.scenario.yaml`, seed)),
  );

  const keys = (run: typeof a): readonly string[] => (run?.milestones ?? []).map(({ key }) => key).toSorted();

  expect(keys(a)).toEqual(keys(b));
});
