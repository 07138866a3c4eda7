// What comparing a scenario on two backends comes to: plain data, rendered by reporters/.

import type { Outcome } from '../../expectations/verdict.ts';
import type { Span } from '../../scenario/model.ts';
import type { ScenarioOutcome } from '../messages.ts';
import type { Divergence } from './divergences.ts';

/**
 * `same`: no divergence; `expected`: all divergences are known; `diverges`: at least one is not; `inconclusive`: watch events
 * were lost or a run was broken off, so that nobody knows; `incomparable`: one side has no trace (skipped, invalid, no environment).
 */
export type ComparisonOutcome = 'same' | 'expected' | 'diverges' | 'inconclusive' | 'incomparable';

/** One scenario, or one row of its matrix, on two backends. */
export interface Comparison {
  readonly scenario: string;
  readonly row?: number;
  readonly title: string;
  readonly file: string;
  readonly outcome: ComparisonOutcome;
  readonly left: SideSummary;
  readonly right: SideSummary;
  readonly divergences: readonly JudgedDivergence[];
  /** Milestones up to the first divergence, and all of them, on the side that shows it. */
  readonly agreed: number;
  readonly milestones: number;
  readonly steps: readonly StepTiming[];
}

/** One side. */
export interface SideSummary {
  /** `simulator`, `kind`, `cluster`, or the path of a trace. */
  readonly label: string;
  /** Name of the backend that made the trace. */
  readonly backend: string;
  readonly kubernetes: string;
  readonly outcome: ScenarioOutcome;
  /** Why it was skipped or broke. */
  readonly reason?: string;
  /** Number of runs (seeds) that speak for this side. */
  readonly runs: number;
  readonly observations: number;
  readonly gaps: number;
  /** On the backend's clock. */
  readonly durationMs: number;
  /** Milestones around the first divergence, oldest first. */
  readonly history: readonly Moment[];
}

/** A milestone in a history. */
export interface Moment {
  /** Since the step began, milliseconds. */
  readonly sinceStepMs: number;
  readonly key: string;
  /** Part of the first divergence. */
  readonly decisive: boolean;
}

/** A divergence, and whether it is known. */
export interface JudgedDivergence {
  readonly kind: Divergence['kind'] | 'verdict';
  /** What an entry of the list of known divergences names. */
  readonly subject: string;
  readonly message: string;
  /** Of a verdict: the expectation. */
  readonly span?: Span;
  /** Reason from the list; absent: nobody has recorded it. */
  readonly known?: string;
}

/** How long a step took on each side; undefined where it was not finished. */
export interface StepTiming {
  readonly name: string;
  readonly leftMs: number | undefined;
  readonly rightMs: number | undefined;
}

/** Outcome of an expectation on a side: `not judged` where its step was not reached. */
export type SideOutcome = Outcome | 'not judged';
