// A run as a stream of plain, serialisable messages. Reporters see nothing else, so that a report can be made later from
// a file, and files of shards and backends can be merged.

import type { Problem } from '../scenario/problem.ts';
import type { Guarantee } from '../scenario/guarantees.ts';
import type { Span } from '../scenario/model.ts';
import type { TraceHeader, TraceRecord } from '../trace/record.ts';
import type { Verdict } from '../expectations/verdict.ts';

/**
 * What a scenario came to. `invalid` files never ran; `error` is a failed environment; `flaky` did not pass at first and did
 * when it was tried again (`--retries`, real backends only).
 */
export type ScenarioOutcome =
  | 'pass'
  | 'flaky'
  | 'fail'
  | 'inconclusive'
  | 'skipped'
  | 'invalid'
  | 'error'
  | 'interrupted';

/**
 * Identifies one run of one scenario; unique in a stream. Files that could not be read have the file's name for a scenario.
 */
export interface RunId {
  readonly scenario: string;
  /** Row of `matrix`, where there is one. */
  readonly row?: number;
  readonly backend: string;
  readonly seed: number;
  /** Number of the try, from 2; absent at the first. */
  readonly attempt?: number;
}

/** One message. */
export type Message =
  | RunStarted
  | ScenarioStarted
  | StepStarted
  | RecordSeen
  | StepFinished
  | ScenarioFinished
  | RunFinished;

/** The whole run begins. */
export interface RunStarted {
  readonly kind: 'runStarted';
  readonly format: 1;
  readonly setpiece: string;
  readonly backend: string;
  readonly kubernetes: string;
  readonly scenarios: number;
  readonly patience: number;
  readonly quietMs: number;
  /** Whether a vacuous pass is red and makes exit code 4. */
  readonly strict: boolean;
  /** What the guarantees that the scenarios name promise; ids that no catalogue explains are left out. */
  readonly guarantees: readonly Guarantee[];
}

/** A scenario begins. Those that are skipped or invalid never do: they have only a `scenarioFinished`. */
export interface ScenarioStarted {
  readonly kind: 'scenarioStarted';
  readonly id: RunId;
  readonly title: string;
  readonly file: string;
  readonly tags: readonly string[];
  readonly guarantees: readonly string[];
  readonly header: TraceHeader;
  readonly steps: number;
}

/** A step begins; its action is about to be sent. */
export interface StepStarted {
  readonly kind: 'stepStarted';
  readonly id: RunId;
  readonly step: number;
  readonly name: string;
  readonly guarantees: readonly string[];
  readonly span: Span;
  readonly atMs: number;
}

/** A record of the trace; sent only to reporters that ask for observations. */
export interface RecordSeen {
  readonly kind: 'record';
  readonly id: RunId;
  readonly record: TraceRecord;
}

/** A step's window has closed. */
export interface StepFinished {
  readonly kind: 'stepFinished';
  readonly id: RunId;
  readonly step: number;
  readonly atMs: number;
  readonly verdicts: readonly Verdict[];
}

/** A scenario has ended, whichever way. */
export interface ScenarioFinished {
  readonly kind: 'scenarioFinished';
  readonly id: RunId;
  readonly title: string;
  readonly file: string;
  readonly outcome: ScenarioOutcome;
  /** Number of passing verdicts that nothing could have broken. */
  readonly vacuous: number;
  /** Skip reason, environment failure. */
  readonly reason?: string;
  readonly problems: readonly Problem[];
  /** The problems as shown to people, one text each with its frame; the source is not at hand where a report is made. */
  readonly frames: readonly string[];
  /** Names of the steps that were not run because one before them did not pass. */
  readonly notRun: readonly string[];
  /** True when setpiece itself broke (`outcome` is `error`): exit code 70. */
  readonly bug?: boolean;
  /** True when another try follows: this end does not count. */
  readonly retried?: boolean;
  /** Of the scenario, also where it never started. */
  readonly guarantees: readonly string[];
  /** Verdicts of `invariants:`, whose window is the run. */
  readonly invariants: readonly Verdict[];
  readonly virtualMs: number;
  readonly realMs: number;
  readonly records: number;
  /** Hex; present where the trace is deterministic or was asked for. */
  readonly traceHash?: string;
  readonly tracePath?: string;
  /** Command line that replays this run. */
  readonly replay: string;
}

/** The whole run has ended. */
export interface RunFinished {
  readonly kind: 'runFinished';
  readonly counts: Readonly<Record<ScenarioOutcome, number>>;
  readonly vacuous: number;
  readonly realMs: number;
  /** Process exit code that this run deserves (DESIGN, section 7). */
  readonly exitCode: number;
  /** Why the run could not be made or finished: no scenario found, a bug of ours. */
  readonly reason?: string;
}

/** Turns messages into output. Reporters are functions of the stream; they never see the runner. */
export interface Reporter {
  /** Whether `record` messages are wanted; they are many. */
  readonly wantsRecords?: boolean;
  on(message: Message): void;
  /** Called once after `runFinished`; may write files. */
  end?(): void | Promise<void>;
}
