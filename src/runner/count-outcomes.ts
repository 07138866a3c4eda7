// Counts what scenarios came to.

import type { ScenarioOutcome } from './messages.ts';

/** Number of scenarios by outcome. */
export type Counts = Record<ScenarioOutcome, number>;

/** Counts before anything has run. */
export function emptyCounts(): Counts {
  return { pass: 0, flaky: 0, fail: 0, inconclusive: 0, skipped: 0, invalid: 0, error: 0, interrupted: 0 };
}
