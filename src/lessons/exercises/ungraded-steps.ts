// What is said of the exercise's own steps that did not pass: whose fault that is depends on the checks before them.

import { outcomeOf, verdictsOf } from './judge-checks.ts';
import type { StepOrigin } from '../../scenario/exercise/compose-scenario.ts';
import type { Exercise, ExerciseCheck, Grade } from './exercise.ts';
import type { GradedRun } from './graded-run.ts';

type Checks = Pick<Exercise, 'checks'>;

/** A run, and which checks passed in it. */
export interface RunWithChecks {
  readonly run: GradedRun;
  readonly origins: readonly StepOrigin[];
  readonly passed: ReadonlySet<ExerciseCheck>;
}

/** The checks that passed in one run. */
export function passedIn(
  { checks }: Checks,
  run: GradedRun,
  origins: readonly StepOrigin[],
): ReadonlySet<ExerciseCheck> {
  return new Set(checks.filter((check) => outcomeOf(verdictsOf(check, run, origins)) === 'pass'));
}

/** Remarks on the steps that had a chance, and the steps that had none. */
export function ungradedSteps(
  { checks }: Checks,
  { run, origins, passed }: RunWithChecks,
): Pick<Grade, 'remarks' | 'untried'> {
  const remarks: string[] = [];
  const untried: Grade['untried'][number][] = [];
  for (const [number, { answer, step }] of origins.entries()) {
    if (answer !== undefined || checks.some((check) => check.step === step)) continue;
    const faults = (run.verdicts.get(number) ?? []).filter(({ outcome }) => outcome !== 'pass');
    if (faults.length === 0) continue;
    const name = run.names.get(number) ?? '';
    const before = checks.find((check) => check.step !== undefined && check.step < step && !passed.has(check));
    if (before !== undefined) untried.push({ step: name, check: before.id });
    else remarks.push(...faults.map(({ text, explanation }) => `${name}: ${text}: ${explanation?.seen ?? ''}`));
  }
  return { remarks, untried };
}
