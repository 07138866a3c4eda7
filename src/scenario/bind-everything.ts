// Binds all of a scenario before a run, once for each row, so that mistakes show early. Values that a run remembers stay
// open: what depends on them is read as far as it can be.

import { bindInvariantsIn, bindStepIn, contextOf, stepNodes } from './bind.ts';
import { bindSelection } from './bind/selection.ts';
import { memberOf } from './located.ts';
import type { BoundStep, Expect, Scenario, Variables } from './model.ts';
import type { Names } from './names.ts';
import type { ProblemList } from './problem-list.ts';
import { replaceVariables } from './variables.ts';

/** Rows after this many, and rows of steps once so many steps were bound, are read when they are run: a table of values must not make reading slow. */
const rowsChecked = 20;
const stepsChecked = 2000;

/** How to bind. */
export interface EarlyBinding {
  readonly names: Names;
  readonly problems: ProblemList;
  /** Stands in texts for values that only a run knows. */
  readonly placeholder?: string;
}

/** What was bound: the steps of each run, and its invariants. */
export interface BoundEarly {
  readonly runs: readonly (readonly BoundStep[])[];
  readonly invariants: readonly Expect[];
}

/** Binds steps, invariants and selections. */
export function bindEverything(scenario: Scenario, { names, problems, placeholder }: EarlyBinding): BoundEarly {
  const runs: BoundStep[][] = [];
  const nodes = stepNodes(scenario);
  let count = 0;
  const invariants: Expect[] = [];
  const base = { problems, ...(placeholder === undefined ? {} : { placeholder }) };
  for (const [number, row] of names.rows.slice(0, rowsChecked).entries()) {
    if (number > 0 && count > stepsChecked) break;
    const variables = withRow(names.constants, row);
    const unknown = new Set<string>();
    const steps: BoundStep[] = [];
    for (const { position, each } of scenario.steps) {
      const node = nodes[position];
      const rows = each.length === 0 ? [{}] : each.slice(0, count > stepsChecked ? 1 : rowsChecked);
      for (const values of rows) {
        if (node?.kind !== 'map') continue;
        count += 1;
        const context = contextOf(scenario, { ...base, variables: withRow(variables, values), unknown });
        steps.push(bindStepIn(node, position, context));
      }
      for (const name of names.remembered[position] ?? []) unknown.add(name);
    }
    runs.push(steps);
    const node = memberOf(scenario.tree, 'invariants');
    const bound = node && bindInvariantsIn(node, contextOf(scenario, { ...base, variables }));
    if (bound !== undefined) invariants.push(bound);
  }
  bindSelections(scenario, { names, problems });
  return { runs, invariants };
}

/** A row over what is known already; without values nothing is copied, since every step asks. */
function withRow(known: Variables, row: Variables): Variables {
  return Object.keys(row).length === 0 ? known : { ...known, ...row };
}

/** Selections that no step uses are read, too; what rows and steps define is open here. */
function bindSelections(scenario: Scenario, { names, problems }: EarlyBinding): void {
  const objects = memberOf(scenario.tree, 'objects');
  if (objects?.kind !== 'map') return;
  const rows = [...names.rows, ...names.each.flat()].flatMap((row) => Object.keys(row));
  const unknown = new Set([...rows, ...names.remembered.flat()]);
  const context = contextOf(scenario, { variables: names.constants, unknown, problems });
  for (const { key, value } of objects.entries) {
    bindSelection(replaceVariables(value, context.scope, problems), { ...context, reading: [key] });
  }
}
