// What is said of each part of a lesson.

import type { LineRange, ShownOutput } from '../markdown/lesson.ts';

/** Whether what a lesson says there is so. */
export type BlockVerdict = 'true' | 'false' | 'not-checkable';

/** A line of a diff; numbers are those of the lesson. */
export interface BlockDiffLine {
  readonly kind: 'same' | 'missing' | 'extra' | 'skipped';
  readonly text: string;
  /** Line of the lesson; absent for what is only printed. */
  readonly line?: number;
  readonly remark?: string;
}

/** A part of a lesson, and what came of it. */
export interface BlockResult {
  readonly kind: 'file' | 'command' | 'other';
  readonly lines: LineRange;
  /** The command, or the name of the file. */
  readonly title: string;
  readonly verdict: BlockVerdict;
  /** Why it is false or not checkable. */
  readonly reason?: string;
  /** What else a reader should know: what was taken for what. */
  readonly notes: readonly string[];
  readonly diff?: readonly BlockDiffLine[];
  /** What was printed, where the command ran. */
  readonly printed?: string;
  /** What the lesson shows. */
  readonly shown?: ShownOutput;
}

/** A lesson that was checked. */
export interface LessonCheck {
  readonly path: string;
  /** What ran the commands: `kubectl 1.33.1`, or that none was used; undefined when there was nothing to run. */
  readonly runner: string | undefined;
  /** What the cluster was given before the lesson began, in words. */
  readonly given: readonly string[];
  readonly results: readonly BlockResult[];
}

/** Number of results by verdict. */
export function countVerdicts(results: readonly BlockResult[]): Readonly<Record<BlockVerdict, number>> {
  const counts = { true: 0, false: 0, 'not-checkable': 0 };
  for (const { verdict } of results) counts[verdict]++;
  return counts;
}
