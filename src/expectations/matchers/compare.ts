// How two values compare: numbers as numbers, quantities as quantities, durations as durations, text as text.

import { parseDurationMs } from '../../kubernetes/duration.ts';
import { compareQuantities } from '../../kubernetes/quantity.ts';
import type { Json } from '../../kubernetes/object.ts';

/** Whether two values are equal. Maps and lists are equal member by member. */
export function equalValues(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return (a ?? null) === (b ?? null);
  if (typeof a === 'string' || typeof b === 'string') return equalTexts(a, b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a).filter(([, value]) => value !== undefined);
  const right = b as Readonly<Record<string, Json | undefined>>;
  const size = Object.values(right).filter((value) => value !== undefined).length;
  return (
    left.length === size &&
    left.every(([name, value]) => Object.hasOwn(right, name) && equalValues(value as Json, right[name]))
  );
}

/** Negative, zero or positive; undefined when the two cannot be compared. */
export function compareValues(a: Json | undefined, b: Json | undefined): number | undefined {
  if (typeof a === 'number' && typeof b === 'number') return Math.sign(a - b);
  if (!isScalar(a) || !isScalar(b)) return undefined;
  const quantities = compareQuantities(a, b);
  if (quantities !== undefined) return quantities;
  if (typeof a !== 'string' || typeof b !== 'string') return undefined;
  const left = parseDurationMs(a);
  const right = parseDurationMs(b);
  if (left !== undefined && right !== undefined) return Math.sign(left - right);
  // Times of the API are RFC 3339 in UTC with whole seconds, whose text sorts as time.
  return timestamp.test(a) && timestamp.test(b) ? (a < b ? -1 : a > b ? 1 : 0) : undefined;
}

const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const plainNumber = /^[+-]?\d+(?:\.\d*)?$/;

function isScalar(value: Json | undefined): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

/**
 * Texts that differ are equal when both say one quantity or one duration. Plain digits are compared as text, unless the
 * other is written with a unit or as a number: the labels `1.10` and `1.1` are two labels.
 */
function equalTexts(a: Json, b: Json): boolean {
  if (!isScalar(a) || !isScalar(b)) return false;
  if (typeof a === 'string' && typeof b === 'string' && plainNumber.test(a) && plainNumber.test(b)) return false;
  return compareValues(a, b) === 0;
}
