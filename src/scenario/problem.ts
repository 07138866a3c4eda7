// A user's mistake, as a value. Readers collect all problems of a file and go on; rendering is one function (`frame.ts`).

import type { ProblemCode } from './problem-codes.ts';
import type { Span } from './model.ts';

/** One mistake in an author's file. Warnings come from lint and do not stop a run. */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: 'error' | 'warning';
  /** What was wanted and what was found, one sentence without a full stop. */
  readonly message: string;
  readonly span: Span;
  /** What to change. */
  readonly hint?: string;
}

/** A file cannot be run because of its problems: exit code 2. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  readonly code = 'SCENARIO_INVALID';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(
      problems
        .map(
          (problem) =>
            `${problem.span.file}:${problem.span.line}:${problem.span.column} ${problem.code} ${problem.message}`,
        )
        .join('\n'),
    );
    this.problems = problems;
  }
}
