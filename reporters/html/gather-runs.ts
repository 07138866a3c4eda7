// Collects what the page shows of every run while the messages come.

import { RowWriter } from './write-rows.ts';
import type {
  Message,
  RunFinished,
  RunId,
  RunStarted,
  ScenarioFinished,
  ScenarioStarted,
  StepFinished,
  StepStarted,
} from '../../src/runner/messages.ts';
import type { Guarantee } from '../../src/scenario/guarantees.ts';
import type { ReportDocument, RunSummary, StepSummary } from './document.ts';

/** The report, and the records of each run as JSON text. */
export interface GatheredReport {
  readonly document: ReportDocument;
  readonly blocks: readonly string[];
}

interface UnderWay {
  started?: ScenarioStarted;
  readonly steps: StepSummary[];
  readonly rows: RowWriter;
}

/** Takes the messages of one stream; several streams that were joined may begin and end several times. */
export class RunGatherer {
  readonly #underWay = new Map<string, UnderWay>();
  readonly #guarantees = new Map<string, Guarantee>();
  readonly #runs: { readonly summary: RunSummary; readonly rows: RowWriter }[] = [];
  #started: RunStarted | undefined;
  #finished: RunFinished | undefined;

  take(message: Message): void {
    if (message.kind === 'runStarted') this.#begin(message);
    else if (message.kind === 'runFinished') this.#finish(message);
    else this.#run(message);
  }

  /** Undefined before the run has begun and ended. */
  report(): GatheredReport | undefined {
    const started = this.#started;
    const finished = this.#finished;
    if (started === undefined || finished === undefined) return undefined;
    const { exitCode, realMs, reason } = finished;
    const document: ReportDocument = {
      setpiece: started.setpiece,
      strict: started.strict,
      exitCode,
      realMs,
      ...(reason === undefined ? {} : { reason }),
      guarantees: [...this.#guarantees.values()],
      runs: this.#runs.map(({ summary }) => summary),
    };
    return { document, blocks: this.#runs.map(({ rows }) => rows.text()) };
  }

  #begin(message: RunStarted): void {
    this.#started = { ...message, strict: message.strict || this.#started?.strict === true };
    for (const guarantee of message.guarantees) this.#guarantees.set(guarantee.id, guarantee);
  }

  #finish(message: RunFinished): void {
    const before = this.#finished;
    this.#finished = { ...message, exitCode: message.exitCode === 0 ? (before?.exitCode ?? 0) : message.exitCode };
  }

  #run(message: Exclude<Message, RunStarted | RunFinished>): void {
    const run = this.#of(message.id);
    switch (message.kind) {
      case 'scenarioStarted':
        run.started = message;
        break;
      case 'stepStarted':
        run.steps.push(stepOf(message));
        break;
      case 'stepFinished':
        endStep(run.steps, message);
        break;
      case 'record':
        run.rows.add(message.record);
        break;
      case 'scenarioFinished':
        this.#underWay.delete(keyOf(message.id));
        this.#runs.push({ summary: summaryOf(run, message), rows: run.rows });
        break;
    }
  }

  #of(id: RunId): UnderWay {
    const key = keyOf(id);
    let found = this.#underWay.get(key);
    if (found === undefined) this.#underWay.set(key, (found = { steps: [], rows: new RowWriter() }));
    return found;
  }
}

function stepOf({ step, name, guarantees, span, atMs }: StepStarted): StepSummary {
  return { step, name, guarantees, place: `${span.file}:${span.line}`, startedMs: atMs, verdicts: [] };
}

function endStep(steps: StepSummary[], { atMs, verdicts }: StepFinished): void {
  const last = steps.pop();
  if (last !== undefined) steps.push({ ...last, endedMs: atMs, verdicts });
}

function summaryOf({ started, steps, rows }: UnderWay, finished: ScenarioFinished): RunSummary {
  const { kind: _kind, problems: _problems, retried, bug: _bug, ...told } = finished;
  return {
    ...told,
    kubernetes: started?.header.versions.kubernetes ?? '',
    tags: started?.tags ?? [],
    retried: retried === true,
    steps,
    records: rows.count,
    leftOut: rows.leftOut,
  };
}

function keyOf({ scenario, row, backend, seed, attempt }: RunId): string {
  return JSON.stringify([scenario, row, backend, seed, attempt]);
}
