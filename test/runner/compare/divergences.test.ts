import { beforeAll, describe, expect, test } from 'vitest';
import { findDivergences } from '../../../src/runner/compare/divergences.ts';
import { comparedRun } from './runs.ts';
import type { ComparedRun } from '../../../src/runner/compare/compared-run.ts';
import type { Milestone } from '../../../src/trace/milestone-list.ts';

const file = 'scenarios/lessons/mongodb/scale-out-and-in.scenario.yaml';
let seeds: readonly ComparedRun[];
let other: ComparedRun;

beforeAll(async () => {
  seeds = await Promise.all([1, 2, 3, 4, 5].map((seed) => comparedRun(file, seed)));
  other = await comparedRun(file, 99);
});

/** The run with its milestones changed and counted anew. */
function changed(run: ComparedRun, change: (milestones: readonly Milestone[]) => readonly Milestone[]): ComparedRun {
  return { ...run, milestones: change(run.milestones).map((one, place) => Object.assign({}, one, { place })) };
}

/** Lets a milestone come `byMs` before another. */
function moved(key: string, before: string, byMs: number): (milestones: readonly Milestone[]) => readonly Milestone[] {
  return (milestones) => {
    const one = milestones.find((each) => each.key === key)!;
    const at = milestones.find((each) => each.key === before)!;
    const rest = milestones.filter((each) => each !== one);
    return rest.toSpliced(rest.indexOf(at), 0, { ...one, atMs: at.atMs - byMs });
  };
}

describe('divergences', () => {
  test('there are none between seeds', () => {
    expect(findDivergences(seeds, [other])).toEqual([]);
    expect(findDivergences([other], seeds)).toEqual([]);
  });

  test('a pod that comes before its predecessor is ready is found, and is the first', () => {
    const wrong = changed(other, moved('pod/mongo-4 Created', 'pod/mongo-3 Ready', 500));

    const [first] = findDivergences(seeds, [wrong]);

    expect(first).toMatchObject({
      kind: 'order',
      subject: 'pod/mongo-3 Ready < pod/mongo-4 Created',
      side: 'right',
    });
  });

  test('what comes closely together in a single run has no order', () => {
    const near = changed(other, moved('pod/mongo-4 Created', 'pod/mongo-3 Ready', 5));

    expect(findDivergences(seeds, [near])).toEqual([]);
  });

  test('a milestone that one side lacks is named with the side that has it', () => {
    const without = changed(other, (all) => all.filter(({ key }) => key !== 'pod/mongo-4 Deleted'));

    expect(findDivergences(seeds, [without])).toMatchObject([
      { kind: 'missing', subject: 'pod/mongo-4 Deleted', side: 'left' },
    ]);
    expect(findDivergences([without], seeds)).toMatchObject([
      { kind: 'missing', subject: 'pod/mongo-4 Deleted', side: 'right' },
    ]);
  });
});
