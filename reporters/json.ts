// The report for programs: one JSON document for the whole run, written on every path, crashes included. Its shape is
// `JsonReport`; members are only ever added while `format` stays 1.

import { Gatherer } from './gather.ts';
import type { Verdict } from '../src/expectations/verdict.ts';
import type { Message, Reporter, RunFinished, RunStarted, ScenarioOutcome } from '../src/runner/messages.ts';
import type { Problem } from '../src/scenario/problem.ts';
import type { Span } from '../src/scenario/model.ts';
import type { ScenarioReport } from './gather.ts';

/** The document. Times are milliseconds; `virtualMs` and `atMs` are on the backend's clock. */
export interface JsonReport {
  readonly format: 1;
  readonly setpiece: string;
  readonly backend: string;
  readonly kubernetes: string;
  readonly patience: number;
  readonly quietMs: number;
  readonly strict: boolean;
  /** What the process exits with: 0 pass, 1 fail, 2 invalid, 3 environment, 4 inconclusive or vacuous when strict, 70 bug, 130 interrupted. */
  readonly exitCode: number;
  /** Why the run could not be made or finished. */
  readonly reason?: string;
  readonly counts: Readonly<Record<ScenarioOutcome, number>>;
  readonly vacuous: number;
  readonly realMs: number;
  readonly scenarios: readonly JsonScenario[];
}

/** One run of one scenario. */
export interface JsonScenario {
  readonly id: string;
  readonly row?: number;
  readonly title: string;
  readonly file: string;
  readonly backend: string;
  readonly seed: number;
  readonly tags: readonly string[];
  readonly guarantees: readonly string[];
  readonly outcome: ScenarioOutcome;
  readonly vacuous: number;
  readonly bug?: boolean;
  readonly reason?: string;
  readonly problems: readonly Problem[];
  readonly virtualMs: number;
  readonly realMs: number;
  readonly records: number;
  readonly traceHash?: string;
  readonly tracePath?: string;
  readonly replay: string;
  readonly steps: readonly JsonStep[];
  readonly notRun: readonly string[];
  readonly invariants: readonly Verdict[];
}

/** One step that was begun; `endedMs` is absent when it was broken off. */
export interface JsonStep {
  readonly step: number;
  readonly name: string;
  readonly guarantees: readonly string[];
  readonly span: Span;
  readonly startedMs: number;
  readonly endedMs?: number;
  readonly verdicts: readonly Verdict[];
}

/** Hands the document to `write` at the run's end, as indented JSON with a newline at its end. */
export function createJsonReporter(write: (text: string) => void): Reporter {
  const gatherer = new Gatherer();
  const scenarios: JsonScenario[] = [];
  let started: RunStarted | undefined;
  let finished: RunFinished | undefined;

  return {
    on(message: Message): void {
      if (message.kind === 'runStarted') started = message;
      if (message.kind === 'runFinished') finished = message;
      const report = gatherer.take(message);
      if (report !== undefined) scenarios.push(scenarioOf(report));
    },
    end(): void {
      if (started === undefined || finished === undefined) return;
      write(`${JSON.stringify(reportOf(started, finished, scenarios), undefined, 2)}\n`);
    },
  };
}

function reportOf(started: RunStarted, finished: RunFinished, scenarios: readonly JsonScenario[]): JsonReport {
  return {
    format: 1,
    setpiece: started.setpiece,
    backend: started.backend,
    kubernetes: started.kubernetes,
    patience: started.patience,
    quietMs: started.quietMs,
    strict: started.strict,
    exitCode: finished.exitCode,
    ...(finished.reason === undefined ? {} : { reason: finished.reason }),
    counts: finished.counts,
    vacuous: finished.vacuous,
    realMs: finished.realMs,
    scenarios,
  };
}

function scenarioOf({ started, steps, finished }: ScenarioReport): JsonScenario {
  const { kind: _kind, id, frames: _frames, title, file, ...rest } = finished;
  return {
    id: id.scenario,
    ...(id.row === undefined ? {} : { row: id.row }),
    title,
    file,
    backend: id.backend,
    seed: id.seed,
    tags: started?.tags ?? [],
    ...rest,
    steps: steps.map((step) => ({
      step: step.started.step,
      name: step.started.name,
      guarantees: step.started.guarantees,
      span: step.started.span,
      startedMs: step.started.atMs,
      ...(step.finished === undefined ? {} : { endedMs: step.finished.atMs }),
      verdicts: step.finished?.verdicts ?? [],
    })),
  };
}
