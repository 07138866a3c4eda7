// Judges a trace as the live run was judged: the same records, times and windows, fed to the same judge.

import { createJudge } from './create-judge.ts';
import { judgedAnswer } from './judged-answer.ts';
import type { Json, KubernetesObject } from '../kubernetes/object.ts';
import type { BoundStep, Expect, Variables } from '../scenario/model.ts';
import type { RequestRecord, TraceHeader, TraceRecord, WindowEnd, WindowRecord } from '../trace/record.ts';
import type { Judge, JudgedAnswer } from './judge.ts';
import type { Verdict } from './verdict.ts';

/** What is judged, and by what. */
export interface Replay {
  /** How time was counted; of a header only these are read. */
  readonly header: Pick<TraceHeader, 'quietMs' | 'slackMs' | 'patience'>;
  /** In resourceVersion order (`orderRecords` for recordings). */
  readonly records: readonly TraceRecord[];
  /** The step of this number in the run, with what was remembered before it; undefined when the scenario has no more. */
  readonly stepAt: (step: number, remembered: Variables) => BoundStep | undefined;
  readonly invariants?: Expect | undefined;
}

/** One step, judged. */
export interface ReplayedStep {
  readonly step: number;
  readonly name: string;
  /** Undefined: the trace ends before the window did. */
  readonly end: WindowEnd | undefined;
  readonly verdicts: readonly Verdict[];
}

/** What came of it. */
export interface Replayed {
  readonly steps: readonly ReplayedStep[];
  readonly invariants: readonly Verdict[];
  /** The first step of the trace that the scenario does not have; the trace is of another scenario then. */
  readonly unknownStep?: number;
}

/** Judges a trace against the steps of a scenario. */
export function judgeTrace(replay: Replay): Replayed {
  return new Replayer(replay).run();
}

class Replayer {
  readonly #replay: Replay;
  readonly #judge: Judge;
  /** Steps with window records; others (of recordings) are opened by their last request. */
  readonly #lastRequests: ReadonlyMap<number, RequestRecord>;
  readonly #steps: ReplayedStep[] = [];
  readonly #answers = new Map<string, JudgedAnswer>();
  #remembered: Record<string, Json> = {};
  #step = -1;
  #bound: BoundStep | undefined;
  #opened = false;
  #objects: ReadonlyMap<string, KubernetesObject> | undefined;

  constructor(replay: Replay) {
    const { quietMs, slackMs, patience } = replay.header;
    const invariants = replay.invariants === undefined ? {} : { invariants: replay.invariants };
    this.#replay = replay;
    this.#judge = createJudge({ quietMs, slackMs, patience, ...invariants });
    this.#lastRequests = lastRequestsOf(replay.records);
  }

  run(): Replayed {
    let unknownStep: number | undefined;
    for (const record of this.#replay.records) {
      this.#judge.advance(record.at);
      if (record.step > this.#step && !this.#enter(record)) {
        unknownStep = record.step;
        break;
      }
      this.#take(record);
    }
    this.#leave();
    const result = { steps: this.#steps, invariants: this.#judge.end() };
    return unknownStep === undefined ? result : { ...result, unknownStep };
  }

  /** Ends the step at hand and begins the record's. Steps in between left no record: they asked and expected nothing. */
  #enter({ step, at }: TraceRecord): boolean {
    while (this.#step < step) {
      this.#leave();
      this.#step += 1;
      const bound = this.#replay.stepAt(this.#step, this.#remembered);
      if (bound === undefined) return false;
      this.#bound = bound;
      this.#judge.beginStep(bound, at);
      if (this.#step < step) this.#judge.openWindow(at, []);
    }
    return true;
  }

  #leave(): void {
    if (this.#bound === undefined) return;
    const end = this.#judge.windowEnd;
    this.#steps.push({ step: this.#step, name: this.#bound.name, end, verdicts: this.#judge.endStep() });
    this.#bound = undefined;
    this.#opened = false;
    this.#answers.clear();
  }

  #take(record: TraceRecord): void {
    if (record.kind === 'observation' || record.kind === 'gap') this.#judge.observe(record);
    else if (record.kind === 'request') this.#answered(record);
    else if (record.kind === 'window') this.#turn(record);
    else if (record.kind === 'remember') this.#remembered = { ...this.#remembered, ...record.values };
  }

  #answered(record: RequestRecord): void {
    if (this.#bound === undefined) return;
    const { request, response } = record;
    const answer = judgedAnswer(request, response, this.#objectOf(response.resourceVersion));
    // A repeated read brings a newer answer of the same target.
    const again = this.#opened ? (request.target ?? '') : `${this.#answers.size} ${request.target ?? ''}`;
    const key = this.#opened ? this.#keyOf(again) : again;
    this.#answers.set(key, answer);
    if (this.#opened) this.#judge.openWindow(record.at, [...this.#answers.values()]);
    else if (this.#lastRequests.get(record.step) === record) this.#open(record.at);
  }

  #keyOf(target: string): string {
    for (const key of this.#answers.keys()) if (key.endsWith(` ${target}`)) return key;
    return `${this.#answers.size} ${target}`;
  }

  #turn({ at, window, reason }: WindowRecord): void {
    if (window === 'opened') {
      this.#open(at);
      return;
    }
    this.#judge.advance(at, reason === 'idle');
    this.#leave();
  }

  #open(at: number): void {
    this.#opened = true;
    this.#judge.openWindow(at, [...this.#answers.values()]);
  }

  /** What an accepted write gave back: its body is not recorded, but its observation is. */
  #objectOf(resourceVersion: string | undefined): KubernetesObject | undefined {
    if (resourceVersion === undefined) return undefined;
    this.#objects ??= objectsByVersion(this.#replay.records);
    return this.#objects.get(resourceVersion);
  }
}

/** Of steps without window records, the last request: behind it their points begin. */
function lastRequestsOf(records: readonly TraceRecord[]): ReadonlyMap<number, RequestRecord> {
  const last = new Map<number, RequestRecord>();
  const windows = new Set<number>();
  for (const record of records) {
    if (record.kind === 'request') last.set(record.step, record);
    else if (record.kind === 'window') windows.add(record.step);
  }
  for (const step of windows) last.delete(step);
  return last;
}

function objectsByVersion(records: readonly TraceRecord[]): ReadonlyMap<string, KubernetesObject> {
  const objects = new Map<string, KubernetesObject>();
  for (const record of records) {
    if (record.kind === 'observation') objects.set(record.object.metadata.resourceVersion, record.object);
  }
  return objects;
}
