// Binds steps and invariants of a scenario: every variable in its place, every selection, state and matcher parsed.

import { dirname } from 'node:path';

import type { BindContext } from './bind/context.ts';
import { selectionsOf } from './bind/context.ts';
import { bindInvariantWords } from './bind/expect.ts';
import { bindStepTree } from './bind/step.ts';
import { itemsOf, memberOf } from './located.ts';
import type { Located } from './located.ts';
import type { BoundStep, Expect, Scenario, Variables } from './model.ts';
import { ProblemList } from './problem-list.ts';
import type { Problem } from './problem.ts';
import { replaceVariables } from './variables.ts';

/** What binding needs of a scenario. */
export type Bindable = Pick<Scenario, 'file' | 'tree'>;

/** A step for the runner. With problems the step must not be run; they can only be about values that came with the run. */
export function bindStep(
  scenario: Bindable,
  position: number,
  variables: Variables,
): { readonly step: BoundStep; readonly problems: readonly Problem[] } {
  const problems = new ProblemList();
  const node = stepNodes(scenario)[position];
  if (node?.kind !== 'map') throw new RangeError(`${scenario.file} has no step ${position}`);
  const step = bindStepIn(node, position, contextOf(scenario, { variables, problems }));
  return { step, problems: problems.sorted };
}

/** The invariants of a scenario, whose window is the run. */
export function bindInvariants(
  scenario: Bindable,
  variables: Variables,
): { readonly invariants?: Expect; readonly problems: readonly Problem[] } {
  const problems = new ProblemList();
  const node = memberOf(scenario.tree, 'invariants');
  if (node === undefined) return { problems: [] };
  const invariants = bindInvariantsIn(node, contextOf(scenario, { variables, problems }));
  return { ...(invariants === undefined ? {} : { invariants }), problems: problems.sorted };
}

/** The steps of a scenario as written. */
export function stepNodes({ tree }: Pick<Scenario, 'tree'>): readonly Located[] {
  return itemsOf(memberOf(tree, 'steps'));
}

/** Values for a binding, and names whose values are not known yet. */
export interface Binding {
  readonly variables: Variables;
  readonly unknown?: ReadonlySet<string>;
  readonly placeholder?: string;
  readonly problems: ProblemList;
}

/** The context of a binding. */
export function contextOf(
  { file, tree }: Bindable,
  { variables, unknown, placeholder, problems }: Binding,
): BindContext {
  const objects = memberOf(tree, 'objects');
  const selections = selectionsOf(objects?.kind === 'map' ? objects : undefined);
  return {
    problems,
    scope: {
      values: variables,
      unknown: unknown ?? new Set(),
      selections: new Set(selections.keys()),
      ...(placeholder === undefined ? {} : { placeholder }),
    },
    selections,
    folder: dirname(file).replaceAll('\\', '/'),
    reading: [],
  };
}

/** Replaces variables in a step and reads it. Rows of `each` and names of `remember` hold no variables. */
export function bindStepIn(node: Located & { kind: 'map' }, position: number, context: BindContext): BoundStep {
  const entries = node.entries.map((entry) =>
    entry.key === 'each' ? entry : { ...entry, value: replaceVariables(entry.value, context.scope, context.problems) },
  );
  return bindStepTree({ ...node, entries }, position, context);
}

/** Replaces variables in the invariants and reads them. */
export function bindInvariantsIn(node: Located, context: BindContext): Expect | undefined {
  return bindInvariantWords(replaceVariables(node, context.scope, context.problems), context);
}
