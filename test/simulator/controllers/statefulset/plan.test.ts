import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { planPods } from '../../../../src/simulator/controllers/statefulset/plan.ts';
import { ordinalRange } from '../../../../src/simulator/controllers/statefulset/types.ts';
import { decideNaively } from './naive.ts';
import { changes, play, revisions, setOf, wellPod } from './worlds.ts';
import type { Plan } from '../../../../src/simulator/controllers/statefulset/plan.ts';
import type { ReplicaStep } from '../../../../src/simulator/controllers/statefulset/replicas-walk.ts';
import type { Change } from './worlds.ts';

/** Worlds in which most pods are well, so that the later walks are reached. */
const worlds = fc
  .record({
    set: setOf,
    revision: fc.constantFrom('web-a', 'web-b'),
    parallel: fc.boolean(),
    condemned: fc.boolean(),
    happened: changes,
  })
  .map(({ set, revision, parallel, condemned, happened }) => {
    const { start, end } = ordinalRange(set);
    const [from, to] = condemned ? [0, 10] : [start, Math.min(end, 10)];
    const podManagementPolicy = parallel ? ('Parallel' as const) : ('OrderedReady' as const);
    const begin: Change[] = [];
    for (let at = from; at < to; at++) begin.push({ kind: 'pod', pod: wellPod(at, revision) });
    begin.push({ kind: 'time', by: 9_000_000 });
    return {
      set: { ...set, spec: { ...set.spec, podManagementPolicy } },
      // The management policy of a set never changes.
      happened: [...begin, ...happened.slice(0, 12).filter(({ kind }) => kind !== 'set')],
    };
  });

test('the plan of a pass is what a naive walk over all pods decides', () => {
  fc.assert(
    fc.property(worlds, ({ set, happened }) => {
      const { world, index } = play(set, happened);

      const plan = planPods(index, world.set, revisions);

      const naive = decideNaively(world, revisions);
      expect(inWords(plan)).toEqual(naive);
    }),
    { numRuns: 3000 },
  );
});

test('the worlds of that property reach every walk', () => {
  const reached = new Set<string>();
  for (const { set, happened } of fc.sample(worlds, { numRuns: 2000, seed: 1 })) {
    const { world } = play(set, happened);
    const naive = decideNaively(world, revisions);
    const policy = world.set.spec.podManagementPolicy;
    for (const line of naive.replicas.flat()) reached.add(`${policy} ${line.split(' ')[0]}`);
    if (naive.claims.length > 0) reached.add(`${policy} condemned claims`);
    if (naive.deletions.length > 0) reached.add(`${policy} condemned`);
    if (naive.outdated !== undefined) reached.add(`${policy} outdated`);
  }

  const walks = ['create', 'remove', 'claims', 'repair', 'condemned claims', 'condemned', 'outdated'];
  expect([...reached].sort()).toEqual(
    ['OrderedReady', 'Parallel'].flatMap((policy) => walks.map((walk) => `${policy} ${walk}`)).sort(),
  );
});

function inWords(plan: Plan): ReturnType<typeof decideNaively> {
  return {
    replicas: plan.replicas.batches.map((batch) => batch.flatMap(stepInWords)),
    claims: plan.condemned?.claims.flat().map(({ ordinal }) => `claims ${ordinal}`) ?? [],
    deletions: plan.condemned?.deletions.flat().map(({ ordinal }) => `delete ${ordinal}`) ?? [],
    outdated: plan.outdated === undefined ? undefined : `delete ${plan.outdated}`,
  };
}

function stepInWords(step: ReplicaStep): string[] {
  if (step.kind === 'create') return [`create ${step.ordinal} ${revisions[step.revision]}`];
  const line = `${step.kind} ${step.ordinal}`;
  return step.kind === 'claims' && step.repair ? [line, `repair ${step.ordinal}`] : [line];
}
