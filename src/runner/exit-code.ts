// The exit code that a run deserves (DESIGN, section 7). Where several apply, the one that says most for certain wins:
// interrupted, a bug of ours, an expectation that failed, an invalid scenario, the environment, then what is undecided.

import type { ScenarioOutcome } from './messages.ts';

/** Exit codes by meaning. */
export const exitCodes = {
  pass: 0,
  fail: 1,
  invalid: 2,
  environment: 3,
  inconclusive: 4,
  bug: 70,
  interrupted: 130,
} as const;

/** What the code is made from. */
export interface RunTotals {
  readonly counts: Readonly<Record<ScenarioOutcome, number>>;
  /** Number of vacuous passes. */
  readonly vacuous: number;
  readonly strict: boolean;
  readonly interrupted: boolean;
  /** Whether setpiece itself broke. */
  readonly bug: boolean;
}

/** One of `exitCodes`. */
export function exitCodeOf({ counts, vacuous, strict, interrupted, bug }: RunTotals): number {
  if (interrupted || counts.interrupted > 0) return exitCodes.interrupted;
  if (bug) return exitCodes.bug;
  if (counts.fail > 0) return exitCodes.fail;
  if (counts.invalid > 0) return exitCodes.invalid;
  if (counts.error > 0) return exitCodes.environment;
  if (counts.inconclusive > 0 || (strict && (vacuous > 0 || counts.flaky > 0))) return exitCodes.inconclusive;
  return exitCodes.pass;
}
