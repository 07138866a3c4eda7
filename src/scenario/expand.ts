// Spells out rows: `matrix` makes several runs of a scenario, `each` several steps of one run.

import type { Scenario, Variables } from './model.ts';

/** One run of a scenario. */
export interface RunRow {
  /** Number of the row of `matrix`, from 0; absent without one. */
  readonly row?: number;
  readonly variables: Variables;
}

/** One step of a run. */
export interface StepRow {
  /** Position of the step in the file. */
  readonly position: number;
  /** What is known when the run begins; the runner adds what was remembered until then. */
  readonly variables: Variables;
}

/** The runs of a scenario: one for each row of `matrix`, or one. Rows win over constants. */
export function expandRuns(scenario: Pick<Scenario, 'constants' | 'rows' | 'content'>): readonly RunRow[] {
  const numbered = scenario.content['matrix'] !== undefined;
  return scenario.rows.map((values, row) => ({
    ...(numbered ? { row } : {}),
    variables: { ...scenario.constants, ...values },
  }));
}

/** The steps of a run: one for each row of `each`, or one. Rows win over the run's variables. */
export function expandSteps(scenario: Pick<Scenario, 'steps'>, variables: Variables): readonly StepRow[] {
  return scenario.steps.flatMap(({ position, each }) =>
    each.length === 0
      ? [{ position, variables }]
      : each.map((values) => ({ position, variables: { ...variables, ...values } })),
  );
}
