// What an expectation comes to, and why: data, rendered by reporters.

import type { Span } from '../scenario/model.ts';

/**
 * The temporal words and answer checks that have a verdict of their own. `accepted` is no word of the language: it is what
 * every step expects of its action that says neither `rejected` nor `answered`.
 */
export type ExpectationWord =
  | 'order'
  | 'eventually'
  | 'settled'
  | 'never'
  | 'always'
  | 'whenever'
  | 'holds'
  | 'until'
  | 'rejected'
  | 'answered'
  | 'prints'
  | 'accepted';

/** How an expectation ended. */
export type Outcome = 'pass' | 'fail' | 'inconclusive';

/** One expectation of a step, judged. */
export interface Verdict {
  readonly word: ExpectationWord;
  /** The author's words, shortened. */
  readonly text: string;
  readonly span: Span;
  readonly outcome: Outcome;
  /** A pass that nothing could have broken: no object ever matched, no event ever came. */
  readonly vacuous: boolean;
  /** When it was decided, milliseconds on the backend's clock. */
  readonly atMs: number;
  /** Why it failed or could not be decided. */
  readonly explanation?: Explanation;
}

/** Why: enough to print the rule, the events, the shortest history and what was awaited, without looking at the trace again. */
export interface Explanation {
  /** One sentence: `pod/web-3 must be Ready before pod/web-4 is Created`. */
  readonly rule: string;
  /** One sentence: what was seen instead. */
  readonly seen: string;
  /** The author's lines that take part, with a remark each (`← happened first`). */
  readonly lines: readonly { readonly span: Span; readonly text: string; readonly remark?: string }[];
  /** The shortest history that shows it, oldest first. */
  readonly history: readonly HistoryRow[];
  /** Fields that were compared, where values are the point. */
  readonly compared: readonly { readonly field: string; readonly expected: string; readonly received: string }[];
  /** What is likely awaited or moving: `pod/web-2 Pending since +42s  FailedScheduling: …`. */
  readonly waitingOn: readonly string[];
  readonly hint?: string;
}

/** One row of a history: at a record, what happened to an object. */
export interface HistoryRow {
  readonly atMs: number;
  /** Of the record's object; absent for requests and faults. */
  readonly resourceVersion?: string;
  /** `pod/web-3`; absent for rows about the whole run (a request). */
  readonly object?: string;
  /** Milestones or state: `Created`, `Running`, `scale 3→5 requested`. */
  readonly what: string;
  /** This row decided the verdict. */
  readonly decisive: boolean;
}
