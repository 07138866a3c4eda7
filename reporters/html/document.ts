// What the page is given: the report as plain data, in the shape in which it is embedded in the file.

import type { Delta } from './delta.ts';
import type { Verdict } from '../../src/expectations/verdict.ts';
import type { RunId, ScenarioOutcome } from '../../src/runner/messages.ts';
import type { Guarantee } from '../../src/scenario/guarantees.ts';
import type { TraceRecord, WatchEventType } from '../../src/trace/record.ts';

/** The whole report but the records, which stand in a block of their own for each run. Times are milliseconds. */
export interface ReportDocument {
  readonly setpiece: string;
  /** A vacuous pass is red. */
  readonly strict: boolean;
  readonly exitCode: number;
  readonly realMs: number;
  /** Why the run could not be made or finished. */
  readonly reason?: string;
  readonly guarantees: readonly Guarantee[];
  readonly runs: readonly RunSummary[];
}

/** One run of one scenario. Its records are in the block `records-N`, N being its position in `runs`. */
export interface RunSummary {
  readonly id: RunId;
  readonly title: string;
  readonly file: string;
  /** Version that the scenario ran against; empty where it never started. */
  readonly kubernetes: string;
  readonly tags: readonly string[];
  readonly guarantees: readonly string[];
  readonly outcome: ScenarioOutcome;
  readonly vacuous: number;
  readonly reason?: string;
  readonly frames: readonly string[];
  readonly notRun: readonly string[];
  readonly virtualMs: number;
  readonly realMs: number;
  readonly replay: string;
  readonly traceHash?: string;
  readonly tracePath?: string;
  /** Another try followed; this one does not count. */
  readonly retried: boolean;
  readonly steps: readonly StepSummary[];
  readonly invariants: readonly Verdict[];
  /** Number of records that the block holds. */
  readonly records: number;
  /** Number of records that were too many for a page. */
  readonly leftOut: number;
}

/** One step that was begun; `endedMs` is absent when it was broken off. */
export interface StepSummary {
  readonly step: number;
  readonly name: string;
  readonly guarantees: readonly string[];
  /** `scenarios/scale.scenario.yaml:18`. */
  readonly place: string;
  readonly startedMs: number;
  readonly endedMs?: number;
  readonly verdicts: readonly Verdict[];
}

/**
 * One record as it is embedded: a watch event with the difference of its object from that of an earlier row (`base`, a
 * position; -1: from nothing) and the manager who made the change where that is known, or any other record as it is.
 */
export type RecordRow =
  | readonly [type: WatchEventType, at: number, step: number, base: number, delta: Delta, manager?: string]
  | readonly [record: Exclude<TraceRecord, { kind: 'observation' }>];
