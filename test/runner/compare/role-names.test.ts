import { expect, test } from 'vitest';
import { roleNames } from '../../../src/runner/compare/role-names.ts';
import { comparedRun } from './runs.ts';
import type { Observation } from '../../../src/trace/record.ts';

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

test.each([
  { generateName: 'web-abc-', name: 'web-abc-85878', owner: 'ReplicaSet', role: 'pod(replicaset/owner)#1' },
  { generateName: 'web-', name: 'web-85878', owner: 'StatefulSet', role: 'pod/web-85878' },
  { generateName: 'web-', name: 'web-12', owner: undefined, role: 'pod/web-12' },
])('$name of $owner is called $role', ({ generateName, name, owner, role }) => {
  const meta = { resourceVersion: '1', creationTimestamp: '' };
  const reference = { apiVersion: 'apps/v1', kind: owner ?? '', name: 'owner', uid: 'o', controller: true };
  const ownerReferences = owner === undefined ? [] : [reference];
  const objects = [
    { apiVersion: 'apps/v1', kind: owner ?? 'StatefulSet', metadata: { ...meta, name: 'owner', uid: 'o' } },
    { apiVersion: 'v1', kind: 'Pod', metadata: { ...meta, name, uid: 'p', generateName, ownerReferences } },
  ];

  const names = roleNames(
    objects.map((object): Observation => ({ kind: 'observation', at: 0, step: 0, type: 'ADDED', object })),
  );

  expect(names.get('p')).toBe(role);
});
