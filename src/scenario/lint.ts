// Lint: warnings that need knowledge of the workload. A scenario with warnings can be run.

import { bindEverything } from './bind-everything.ts';
import { idUnlikeFile, unstableId } from './lint/id-rules.ts';
import { collectMakeable } from './lint/makeable.ts';
import type { Manifests } from './lint/makeable.ts';
import type { Rule } from './lint/rule.ts';
import {
  alreadyHappened,
  contradictingOrder,
  duplicateExpectation,
  settledWithoutAnchor,
  withinTooLarge,
} from './lint/time-rules.ts';
import { unknownContainer, unknownObject, willBeVacuous } from './lint/world-rules.ts';
import type { Scenario } from './model.ts';
import { collectNames } from './names.ts';
import { ProblemList } from './problem-list.ts';
import type { Problem } from './problem.ts';

export { findDuplicateIds } from './lint/id-rules.ts';

const rules: readonly Rule[] = [
  unstableId,
  idUnlikeFile,
  settledWithoutAnchor,
  willBeVacuous,
  unknownObject,
  unknownContainer,
  duplicateExpectation,
  contradictingOrder,
  alreadyHappened,
  withinTooLarge,
];

/** No name of an object has it, so that names with it can be told from those that are written. */
const placeholder = '0a0unknown0a0';

/** Warnings about a scenario that has been read; `manifests` as `loadScenario` gives them. */
export function lintScenario(scenario: Scenario, manifests: Manifests): readonly Problem[] {
  // What a placeholder breaks is nobody's mistake: the scenario itself has been read without problems.
  const silent = new ProblemList();
  const names = collectNames(scenario.tree, silent);
  const { runs, invariants } = bindEverything(scenario, { names, problems: silent, placeholder });
  const makeable = collectMakeable(scenario, { steps: runs.flat(), manifests, placeholder });
  const steps = runs[0] ?? [];
  const warnings = new ProblemList('warning');
  for (const rule of rules) rule({ scenario, steps, invariants, makeable, placeholder }, warnings);
  return warnings.sorted;
}
