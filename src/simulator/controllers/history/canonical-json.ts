// JSON as Go's encoding/json writes maps: keys sorted, no blanks, HTML characters escaped. Revision names are hashes of
// this text, so every byte counts (STS-HASH, section 12.2 step 2).

import { compareCodePoints } from './compare-code-points.ts';

/** The text of a value with sorted keys. Members that are undefined are left out. */
export function canonicalJson(value: unknown): string {
  // What JSON.stringify prints for strings and numbers is what Go prints, but for the characters below.
  return write(value).replaceAll(/[<>&\u2028\u2029]/g, escapeForHtml);
}

function write(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  const members = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(members).filter((key) => members[key] !== undefined);
  keys.sort(compareCodePoints);
  return `{${keys.map((key) => `${JSON.stringify(key)}:${write(members[key])}`).join(',')}}`;
}

function escapeForHtml(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
