// Reads what a step remembers when its window has ended.

import { fieldReader } from '../expectations/matchers/field.ts';
import { selectNames } from '../expectations/clauses/select.ts';
import type { Json } from '../kubernetes/object.ts';
import type { BoundStep, Remember } from '../scenario/model.ts';
import type { Problem } from '../scenario/problem.ts';
import type { World } from '../trace/world.ts';

/** The values by name, and for each name without one the reason: there is none, or several and no `pick`. */
export interface RememberedValues {
  readonly values: Readonly<Record<string, Json>>;
  readonly missing: ReadonlyMap<string, Problem>;
}

/** Reads all values of a step. */
export function rememberValues(step: BoundStep, world: World): RememberedValues {
  const values: Record<string, Json> = {};
  const missing = new Map<string, Problem>();
  for (const remember of step.remember) {
    const read = valueOf(remember, step, world);
    if ('value' in read) values[remember.name] = read.value;
    else missing.set(remember.name, read.problem);
  }
  return { values, missing };
}

type ReadValue = { readonly value: Json } | { readonly problem: Problem };

function valueOf(remember: Remember, step: BoundStep, world: World): ReadValue {
  const { of: selection, field, pick } = remember;
  const reader = fieldReader(field, selection.of);
  const values = selectNames(selection, world).flatMap((name) => {
    const object = world.get(selection.of, name);
    const value = object === undefined ? undefined : reader.read(object, { world, kind: selection.of, name });
    return value === undefined ? [] : [value];
  });
  if (values.length > 1 && pick === undefined) {
    return mistake(remember, step, {
      found: `${values.length} values`,
      hint: 'choose one with `pick: first` or `pick: last`',
    });
  }
  const value = pick === 'last' ? values.at(-1) : values[0];
  if (value !== undefined) return { value };
  return mistake(remember, step, { found: 'nothing', hint: 'what is remembered must be there when the step ends' });
}

function mistake(
  remember: Remember,
  step: BoundStep,
  what: { readonly found: string; readonly hint: string },
): { readonly problem: Problem } {
  const { name, of: selection, field, span } = remember;
  return {
    problem: {
      code: 'undefined-variable',
      severity: 'error',
      message: `\`${name}\` wants one value of ${field} of ${selection.text} when step "${step.name}" ends; found ${what.found}`,
      span,
      hint: what.hint,
    },
  };
}
