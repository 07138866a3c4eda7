import { describe, expect, test } from 'vitest';
import { mutationReport } from '../../src/runner/mutation-report.ts';

describe('the report of a mutation', () => {
  const one = { scenario: 'one', file: 'one.scenario.yaml' };
  const two = { scenario: 'two', file: 'two.scenario.yaml' };
  const named = (id: string) => ({ id, about: 'Does it wrong.', breaks: 'STS-ID-01' });
  const base = { seed: 1, mutants: [named('a'), named('b')], all: true, interrupted: false };

  test('tells survivors and idle scenarios', () => {
    const report = mutationReport({
      ...base,
      baseline: [
        { ...one, outcome: 'pass' },
        { ...two, outcome: 'pass' },
      ],
      mutated: [
        { ...one, outcome: 'fail', mutant: 'a' },
        { ...one, outcome: 'pass', mutant: 'b' },
        { ...two, outcome: 'pass', mutant: 'a' },
        { ...two, outcome: 'skipped', mutant: 'b' },
      ],
    });

    expect(report.survivors).toEqual(['b']);
    expect(report.idle).toEqual(['two']);
    expect(report.mutants[0]?.killedBy).toEqual(['one']);
    expect(report.runs).toBe(6);
  });

  test('takes a bug of setpiece for no kill', () => {
    const report = mutationReport({
      ...base,
      baseline: [{ ...one, outcome: 'pass' }],
      mutated: [{ ...one, outcome: 'error', bug: true, mutant: 'a' }],
    });

    expect(report.survivors).toEqual(['a', 'b']);
    expect(report.bugs).toHaveLength(1);
  });

  test('calls no scenario idle when only some mutants were run', () => {
    const report = mutationReport({ ...base, all: false, baseline: [{ ...one, outcome: 'pass' }], mutated: [] });

    expect(report.idle).toEqual([]);
  });

  test('tells scenarios that do not pass by themselves, and their rows count for one', () => {
    const report = mutationReport({
      ...base,
      baseline: [
        { ...one, outcome: 'fail' },
        { ...two, outcome: 'pass' },
        { ...two, outcome: 'pass' },
      ],
      mutated: [
        { ...two, outcome: 'pass', mutant: 'a' },
        { ...two, outcome: 'inconclusive', mutant: 'a' },
      ],
    });

    expect(report.unsound.map(({ scenario }) => scenario)).toEqual(['one']);
    expect(report.scenarios).toEqual([{ id: 'two', file: 'two.scenario.yaml', kills: ['a'] }]);
  });
});
