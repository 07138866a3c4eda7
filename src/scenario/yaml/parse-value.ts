// Parses a short value that somebody wrote on a command line, as kubectl does: JSON or YAML.

import { parse } from 'yaml';

import type { Json } from '../../kubernetes/object.ts';
import { refuseText } from './text-guards.ts';

/** The value, or why there is none. */
export type ParsedValue =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly message: string };

/** Longest text, characters. */
const lengthMax = 20_000;

/** Parses; aliases are refused, since they can make much of little. */
export function parseJsonOrYaml(text: string): ParsedValue {
  const refusal = refuseText(text, lengthMax);
  if (refusal !== undefined) return { ok: false, message: refusal.message };
  try {
    return { ok: true, value: parse(text, { version: '1.1', prettyErrors: false, maxAliasCount: 0 }) as Json };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) };
  }
}
