// Collects the problems of a file: each once, in the order of the file, and none about a value that only a run knows.

import type { Located, LocatedEntry } from './located.ts';
import type { Span } from './model.ts';
import type { ProblemCode } from './problem-codes.ts';
import type { Problem } from './problem.ts';

/** Where a problem is: a value, a key, or any span. */
export type Place = Located | { readonly keyOf: LocatedEntry } | { readonly span: Span };

/** A file with more problems than this is no scenario; the rest would only cost time. */
const problemsMax = 500;

/** Collects problems. */
export class ProblemList {
  readonly #problems = new Map<string, Problem>();
  readonly #severity: Problem['severity'];
  readonly #mutedLines = new Set<number>();

  constructor(severity: Problem['severity'] = 'error') {
    this.#severity = severity;
  }

  /** Notes a problem, unless the place holds a guessed value. */
  add(code: ProblemCode, place: Place, message: string, hint?: string): void {
    if (isGuessed(place)) return;
    const span = 'keyOf' in place ? place.keyOf.keySpan : place.span;
    if (this.#mutedLines.has(span.line)) return;
    this.take([{ code, severity: this.#severity, message, span, ...(hint === undefined ? {} : { hint }) }]);
  }

  /** From now on nothing is noted about this line: its YAML is broken, and that has been said. */
  muteLine(line: number): void {
    this.#mutedLines.add(line);
  }

  /** Adds problems found elsewhere. */
  take(problems: readonly Problem[]): void {
    for (const problem of problems) {
      if (this.full) return;
      const { code, span, message } = problem;
      this.#problems.set(`${span.file}:${span.start}:${span.end} ${code} ${message}`, problem);
    }
  }

  /** No more problems are taken. */
  get full(): boolean {
    return this.#problems.size >= problemsMax;
  }

  /** How many there are. */
  get size(): number {
    return this.#problems.size;
  }

  /** All problems by place; of two at one place the one found first comes first. */
  get sorted(): readonly Problem[] {
    return [...this.#problems.values()].sort(
      (a, b) => (a.span.file < b.span.file ? -1 : a.span.file > b.span.file ? 1 : 0) || a.span.start - b.span.start,
    );
  }
}

function isGuessed(place: Place): boolean {
  if ('keyOf' in place) return place.keyOf.guessed === true;
  return 'kind' in place && place.kind === 'scalar' && place.guessed === true;
}
