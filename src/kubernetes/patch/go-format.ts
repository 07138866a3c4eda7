// Values as Go's `%v` prints them: refusals of the API server quote them so.

import type { Json } from '../object.ts';
import { isJsonList, isJsonObject } from './with-members.ts';

/** `map[image:q name:x]`, `[a b]`, `<nil>`. */
export function goFormat(value: Json | undefined): string {
  if (value === null || value === undefined) return '<nil>';
  if (isJsonList(value)) return `[${value.map(goFormat).join(' ')}]`;
  if (!isJsonObject(value)) return String(value);
  const members = Object.keys(value)
    .sort()
    .map((name) => `${name}:${goFormat(value[name])}`);
  return `map[${members.join(' ')}]`;
}

/** What Go's decoder calls a JSON value in its complaints. */
export function goKindOf(value: Json): string {
  if (value === null) return 'null';
  if (isJsonList(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
