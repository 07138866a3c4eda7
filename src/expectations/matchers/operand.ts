// Reads what a matcher compares with: a value as written, or one of an object at the same point.

import { fieldReader } from './field.ts';
import type { Json } from '../../kubernetes/object.ts';
import type { Operand } from '../../scenario/model.ts';
import type { Place } from './place.ts';

/** The value of an operand; undefined when it cannot be read, which the explanation of a failure says. */
export function readOperand(operand: Operand, place: Place): Json | undefined {
  if (operand.kind === 'value') return operand.value;
  const { world } = place;
  const { kind, name } = operand.of === 'it' ? place : { kind: operand.of.of, name: operand.of.name };
  const now = operand.of === 'it' ? place.object : world.get(kind, name);
  const object = operand.at === 'start' ? world.atStart(kind, name) : now;
  return object === undefined ? undefined : fieldReader(operand.field, kind).read(object, { world, kind, name });
}

/** An operand in words: `"web"`, `spec.replicas of statefulset/web`. */
export function formatOperand(operand: Operand): string {
  if (operand.kind === 'value') return formatValue(operand.value);
  const of = operand.of === 'it' ? 'it' : `${operand.of.of}/${operand.of.name}`;
  return `${operand.field} of ${of}${operand.at === 'start' ? ' at the start' : ''}`;
}

/** A value in a message: text without quotes where that is clear, everything else as JSON, shortened. */
export function formatValue(value: Json | undefined): string {
  if (value === undefined || value === null) return 'nothing';
  const text = typeof value === 'string' && /^[\w./:@ -]+$/.test(value) ? value : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
