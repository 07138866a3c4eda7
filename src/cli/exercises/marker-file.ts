// The small file in a learner's folder that says which exercise it is, and which hints were given.

import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodes } from '../../runner/exit-code.ts';
import { formatPathError } from '../../runner/path-error.ts';
import { ReportedError } from '../reported-error.ts';

/** Its name. */
export const markerName = '.setpiece-exercise.json';

/** What it holds. */
export interface Marker {
  readonly exercise: string;
  /** Number of hints that were given, by check. */
  readonly hints: Readonly<Record<string, number>>;
}

const bytesMax = 10_000;

/** Reads the marker of a folder; undefined without one. Throws `ReportedError` for one that cannot be used. */
export function readMarker(folder: string): Marker | undefined {
  const path = join(folder, markerName);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  let value: unknown;
  try {
    value = stat.isFile() && stat.size <= bytesMax ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
  } catch {
    value = undefined;
  }
  const { exercise, hints } = (value ?? {}) as { readonly exercise?: unknown; readonly hints?: unknown };
  if (typeof exercise !== 'string') {
    throw new ReportedError(
      `${path} does not say which exercise this is; \`--exercise ID\` does, or hand the files out again`,
      exitCodes.invalid,
    );
  }
  return { exercise, hints: numbersOf(hints) };
}

/** Writes the marker. Throws `ReportedError` where that fails. */
export function writeMarker(folder: string, marker: Marker): void {
  const path = join(folder, markerName);
  try {
    writeFileSync(path, `${JSON.stringify(marker, undefined, 2)}\n`);
  } catch (error) {
    throw new ReportedError(`${path} cannot be written: ${formatPathError(error)}`, exitCodes.environment);
  }
}

function numbersOf(value: unknown): Marker['hints'] {
  if (typeof value !== 'object' || value === null) return {};
  const numbers = Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  return Object.fromEntries(numbers);
}
