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
  /** The watch event that decided it; absent where an answer, time, or the end of the window did. */
  readonly decidedBy?: RecordReference;
  /** Why it failed or could not be decided. */
  readonly explanation?: Explanation;
}

/** Names one observation of a trace, whichever backend recorded it. */
export interface RecordReference {
  /** `pod/web-3`. */
  readonly object: string;
  readonly resourceVersion: string;
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
  /** Of `prints`: the author's lines against what was printed. */
  readonly transcript?: Transcript;
}

/** A transcript that is not true, line by line. */
export interface Transcript {
  readonly lines: readonly TranscriptLine[];
  /** All that was printed. */
  readonly actual: string;
  /** The place of the author's `output`. */
  readonly output: Span;
}

/** A line of a transcript's diff. */
export interface TranscriptLine {
  /** `missing`: only the author has it; `extra`: only printed; `skipped`: the author's `…`. */
  readonly kind: 'same' | 'missing' | 'extra' | 'skipped';
  readonly text: string;
  /** In the author's file; absent for `extra`. */
  readonly line?: number;
  /** What differs. */
  readonly remark?: string;
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
