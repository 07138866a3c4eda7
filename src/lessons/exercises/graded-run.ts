// One run of an exercise under one seed, step by step.

import { completeRunOptions } from '../../runner/run-options.ts';
import { runScenario } from '../../runner/run-scenario.ts';
import { plainPaths } from './plain-paths.ts';
import type { BackendOptions } from '../../backends/backend-options.ts';
import type { Backend } from '../../backends/cluster.ts';
import type { Verdict } from '../../expectations/verdict.ts';
import type { Message, ScenarioFinished } from '../../runner/messages.ts';
import type { StepManner } from '../../runner/step-manner.ts';
import type { RequestRecord } from '../../trace/record.ts';
import type { ComposedExercise } from './composed-exercise.ts';

/** What a run came to. Steps are numbered from 0. */
export interface GradedRun {
  readonly seed: number;
  readonly finished: ScenarioFinished;
  readonly messages: readonly Message[];
  readonly verdicts: ReadonlyMap<number, readonly Verdict[]>;
  readonly requests: ReadonlyMap<number, readonly RequestRecord[]>;
  readonly names: ReadonlyMap<number, string>;
}

/** How a run is made. */
export interface RunSettings {
  readonly backend: Backend;
  readonly options: BackendOptions;
  readonly seed: number;
  readonly signal?: AbortSignal;
  /** How the steps of a command list are done. */
  readonly mannerOf: (step: number) => StepManner;
  /** Verdicts as they are told, of a step's own. */
  readonly tell: (step: number, verdicts: readonly Verdict[]) => readonly Verdict[];
}

/** Runs all steps, whatever becomes of each. */
export async function runGraded(
  { loaded, row }: Extract<ComposedExercise, { kind: 'composed' }>,
  { backend, options, seed, signal, mannerOf, tell }: RunSettings,
): Promise<GradedRun> {
  const messages: Message[] = [];
  const verdicts = new Map<number, readonly Verdict[]>();
  const requests = new Map<number, RequestRecord[]>();
  const names = new Map<number, string>();
  const plain = plainPaths(loaded.scenario);
  const emit = (emitted: Message): void => {
    const message = plainly(emitted, plain, tell);
    messages.push(message);
    if (message.kind === 'stepStarted') names.set(message.step, message.name);
    if (message.kind === 'stepFinished') verdicts.set(message.step, message.verdicts);
    if (message.kind !== 'record' || message.record.kind !== 'request') return;
    const { record } = message;
    const ofStep = requests.get(record.step);
    if (ofStep === undefined) requests.set(record.step, [record]);
    else ofStep.push(record);
  };
  const finished = await runScenario({
    loaded,
    row,
    backend,
    options: completeRunOptions({ backend: options, seed, keepGoing: true, records: true }),
    emit,
    mannerOf,
    ...(signal === undefined ? {} : { signal }),
  });
  const invariants = finished.invariants.map(plain);
  return { seed, finished: { ...finished, invariants }, messages, verdicts, requests, names };
}

function plainly(message: Message, plain: (verdict: Verdict) => Verdict, tell: RunSettings['tell']): Message {
  if (message.kind === 'stepFinished')
    return { ...message, verdicts: tell(message.step, message.verdicts.map(plain)) };
  if (message.kind === 'scenarioFinished') return { ...message, invariants: message.invariants.map(plain) };
  return message;
}
