// What a step is called that was not run: as it would be called, as far as the values in its name are known.

import { bindStep } from '../scenario/bind.ts';
import type { Scenario, Variables } from '../scenario/model.ts';
import type { StepRow } from '../scenario/expand.ts';

/** The name of a row of a step. `remembered`: what the steps before it have left. */
export function stepName(scenario: Scenario, { position, variables }: StepRow, remembered: Variables): string {
  const known = { ...variables, ...remembered };
  const { step, problems } = bindStep(scenario, position, known);
  if (problems.length === 0) return step.name;
  // Steps behind the one that failed may need what was not remembered any more.
  const written = scenario.steps[position]?.name ?? `step ${position + 1}`;
  return written.replaceAll(/\$\((\w+)\)/g, (token, name: string) => {
    const value = Object.hasOwn(known, name) ? known[name] : undefined;
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : token;
  });
}
