// The differences that are known, each with its cause. The list cannot rot: a difference that is not listed fails, and so
// does a listed one that no longer occurs.

import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { RecordingError } from './recording.ts';
import { checks } from './finding.ts';
import type { Check, Finding } from './finding.ts';

/** A known difference. */
export interface ExpectedDifference {
  /** Names of recordings, with `*` for any text. */
  readonly recipe: string;
  readonly check: Check;
  /** As in the finding, with `*` for any text. */
  readonly subject: string;
  readonly cause: string;
}

/** The differences of a recording, told apart. */
export interface Judged {
  readonly unexpected: readonly Finding[];
  readonly expected: readonly Finding[];
}

/** Reads the list of a folder; a folder without one expects no differences. */
export function readExpectations(file: string): readonly ExpectedDifference[] {
  if (!existsSync(file)) return [];
  const entries = parse(readFileSync(file, 'utf8')) as unknown;
  if (!Array.isArray(entries)) throw new RecordingError(`${file}: expected a list of differences`);
  return entries.map((entry, place) =>
    readEntry(entry as Readonly<Record<string, unknown>>, `${file}, entry ${place + 1}`),
  );
}

function readEntry(entry: Readonly<Record<string, unknown>>, place: string): ExpectedDifference {
  const { recipe, check, subject, cause } = entry;
  const known = checks.find((each) => each === check);
  if (known === undefined) {
    throw new RecordingError(`${place}: \`check\` is one of ${checks.join(', ')}; found ${JSON.stringify(check)}`);
  }
  if (typeof recipe !== 'string' || typeof subject !== 'string' || typeof cause !== 'string' || cause.trim() === '') {
    throw new RecordingError(`${place}: \`recipe\`, \`subject\` and \`cause\` must be texts`);
  }
  return { recipe, check: known, subject, cause };
}

/** Judges the differences of recordings against a list, and notes which entries of it were needed. */
export class Expectations {
  readonly #entries: readonly {
    readonly entry: ExpectedDifference;
    readonly recipe: RegExp;
    readonly subject: RegExp;
  }[];
  readonly #needed = new Set<ExpectedDifference>();
  readonly #judged = new Set<string>();

  constructor(entries: readonly ExpectedDifference[]) {
    this.#entries = entries.map((entry) => ({ entry, recipe: glob(entry.recipe), subject: glob(entry.subject) }));
  }

  judge(recipe: string, findings: readonly Finding[]): Judged {
    this.#judged.add(recipe);
    const unexpected: Finding[] = [];
    const expected: Finding[] = [];
    for (const finding of findings) (this.#expects(recipe, finding) ? expected : unexpected).push(finding);
    return { unexpected, expected };
  }

  /** The entries about judged recordings that no difference needed. */
  unneeded(): readonly ExpectedDifference[] {
    return this.#entries
      .filter(({ entry, recipe }) => !this.#needed.has(entry) && [...this.#judged].some((name) => recipe.test(name)))
      .map(({ entry }) => entry);
  }

  #expects(name: string, { check, subject: about }: Finding): boolean {
    let expected = false;
    for (const { entry, recipe, subject } of this.#entries) {
      if (entry.check !== check || !recipe.test(name) || !subject.test(about)) continue;
      this.#needed.add(entry);
      expected = true;
    }
    return expected;
  }
}

function glob(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}
