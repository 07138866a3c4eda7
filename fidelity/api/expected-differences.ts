// The facets of answers that are known to differ, with their causes. A difference that is not listed fails, and so does one
// that is listed but no longer occurs.

import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { RecordingError } from '../recording.ts';
import { facets } from './compare-answer.ts';
import type { ComparedAnswer, Facet } from './compare-answer.ts';

/** A question whose answer is known to differ. */
export interface ExpectedDifference {
  readonly request: string;
  readonly facets: readonly Facet[];
  readonly cause: string;
}

/** Reads a list; a file that is not there expects no differences. */
export function readExpectedDifferences(file: string): readonly ExpectedDifference[] {
  if (!existsSync(file)) return [];
  const entries = parse(readFileSync(file, 'utf8')) as unknown;
  if (!Array.isArray(entries)) throw new RecordingError(`${file}: expected a list of differences`);
  return entries.map((entry, index) =>
    readEntry(entry as Readonly<Record<string, unknown>>, `${file}, entry ${index + 1}`),
  );
}

function readEntry(
  { request, facets: listed, cause }: Readonly<Record<string, unknown>>,
  place: string,
): ExpectedDifference {
  if (typeof request !== 'string' || typeof cause !== 'string' || cause.trim() === '') {
    throw new RecordingError(`${place}: \`request\` and \`cause\` must be texts`);
  }
  const known = Array.isArray(listed) ? facets.filter((facet) => listed.includes(facet)) : [];
  if (!Array.isArray(listed) || known.length === 0 || known.length !== listed.length) {
    throw new RecordingError(`${place}: \`facets\` is a list of ${facets.join(', ')}; found ${JSON.stringify(listed)}`);
  }
  return { request, facets: known, cause };
}

/** What is otherwise than the list says, one line each. */
export function unexpectedOf(
  compared: readonly ComparedAnswer[],
  expected: readonly ExpectedDifference[],
): readonly string[] {
  const lines: string[] = [];
  for (const { name, outcomes } of compared) {
    const listed = new Set(expected.filter(({ request }) => request === name).flatMap((entry) => entry.facets));
    for (const facet of facets) {
      const difference = outcomes.get(facet);
      if (difference !== undefined && !listed.has(facet)) lines.push(`${name}: ${facet}: ${difference}`);
      if (difference === undefined && listed.has(facet)) {
        lines.push(`${name}: ${facet}: listed as a difference, but it agrees now; take it off the list`);
      }
    }
  }
  const names = new Set(compared.map(({ name }) => name));
  for (const { request } of expected) {
    if (!names.has(request)) lines.push(`${request}: listed as a difference, but it is not asked`);
  }
  return lines;
}
