import { expect, test } from 'vitest';
import { emptyCounts } from '../../src/runner/count-outcomes.ts';
import { exitCodeOf } from '../../src/runner/exit-code.ts';
import type { RunTotals } from '../../src/runner/exit-code.ts';

function totals(counts: Partial<RunTotals['counts']>, more: Partial<RunTotals> = {}): RunTotals {
  return {
    counts: { ...emptyCounts(), ...counts },
    vacuous: 0,
    strict: false,
    interrupted: false,
    bug: false,
    ...more,
  };
}

test.each([
  ['everything passes', totals({ pass: 3 }), 0],
  ['something is skipped', totals({ pass: 1, skipped: 2 }), 0],
  ['an expectation failed', totals({ pass: 1, fail: 1 }), 1],
  ['a file is invalid', totals({ pass: 1, invalid: 1 }), 2],
  ['the environment failed', totals({ error: 1 }), 3],
  ['something is undecided', totals({ inconclusive: 1 }), 4],
  ['a pass is vacuous', totals({ pass: 1 }, { vacuous: 1 }), 0],
  ['a pass is vacuous under --strict', totals({ pass: 1 }, { vacuous: 1, strict: true }), 4],
  ['setpiece broke', totals({ error: 1, fail: 1 }, { bug: true }), 70],
  ['somebody interrupted', totals({ fail: 1 }, { interrupted: true, bug: true }), 130],
  [
    'a failure stands beside everything that is less certain',
    totals({ fail: 1, invalid: 1, error: 1, inconclusive: 1 }),
    1,
  ],
  ['an invalid file stands beside a failed environment', totals({ invalid: 1, error: 1, inconclusive: 1 }), 2],
])('when %s, the exit code says so', (_, given, code) => {
  expect(exitCodeOf(given)).toBe(code);
});
