// Reads what a step remembers when its window has ended.

import { fieldReader } from '../expectations/matchers/field.ts';
import { selectNames } from '../expectations/clauses/select.ts';
import { ScenarioError } from '../scenario/problem.ts';
import type { Json } from '../kubernetes/object.ts';
import type { BoundStep, Remember } from '../scenario/model.ts';
import type { World } from '../trace/world.ts';

/** The values by name. Throws `ScenarioError` where there is none, or several and no `pick`. */
export function rememberValues(step: BoundStep, world: World): Readonly<Record<string, Json>> {
  return Object.fromEntries(step.remember.map((remember) => [remember.name, valueOf(remember, step, world)]));
}

function valueOf(remember: Remember, step: BoundStep, world: World): Json {
  const { of: selection, field, pick } = remember;
  const reader = fieldReader(field, selection.of);
  const values = selectNames(selection, world).flatMap((name) => {
    const object = world.get(selection.of, name);
    const value = object === undefined ? undefined : reader.read(object, { world, kind: selection.of, name });
    return value === undefined ? [] : [value];
  });
  if (values.length > 1 && pick === undefined) {
    throw mistake(remember, step, {
      found: `${values.length} values`,
      hint: 'choose one with `pick: first` or `pick: last`',
    });
  }
  const value = pick === 'last' ? values.at(-1) : values[0];
  if (value !== undefined) return value;
  throw mistake(remember, step, { found: 'nothing', hint: 'what is remembered must be there when the step ends' });
}

function mistake(
  remember: Remember,
  step: BoundStep,
  what: { readonly found: string; readonly hint: string },
): ScenarioError {
  const { name, of: selection, field, span } = remember;
  return new ScenarioError([
    {
      code: 'undefined-variable',
      severity: 'error',
      message: `\`${name}\` wants one value of ${field} of ${selection.text} when step "${step.name}" ends; found ${what.found}`,
      span,
      hint: what.hint,
    },
  ]);
}
