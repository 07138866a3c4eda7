// Runs one scenario, from its needs to its trace file, and tells all of it in messages. Whatever happens, the last message
// is `scenarioFinished`.

import { replayCommand } from './replay-command.ts';
import { ScenarioRun, judgeOf } from './scenario-run.ts';
import { scenarioFailure } from './scenario-failure.ts';
import { writeTraceFile } from './trace-file.ts';
import { TraceRecorder } from './trace-recorder.ts';
import { unmetNeeds } from './unmet-needs.ts';
import { version } from './version.ts';
import { createTraceHash } from '../trace/hash.ts';
import type { Backend, Capability, Cluster } from '../backends/cluster.ts';
import type { RunRow } from '../scenario/expand.ts';
import type { TraceHeader } from '../trace/record.ts';
import type { LoadedScenario } from './load-file.ts';
import type { Message, RunId, ScenarioFinished, ScenarioOutcome } from './messages.ts';
import type { RunOptions } from './run-options.ts';
import type { RunEnd, ScenarioRunInput } from './scenario-run.ts';
import type { StepManner } from './step-manner.ts';

/** Where and how a scenario runs. */
export interface RunScenarioInput {
  readonly loaded: LoadedScenario;
  readonly row: RunRow;
  readonly backend: Backend;
  readonly options: RunOptions;
  readonly emit: (message: Message) => void;
  readonly signal?: AbortSignal;
  /** Number of the try, from 2; absent at the first. */
  readonly attempt?: number;
  /** How a step (by its number, from 0) is done, where it is not as the language says. */
  readonly mannerOf?: (step: number) => StepManner;
}

/** What a run adds to its last message. */
export type RunFacts = Partial<ScenarioFinished> & { readonly outcome: ScenarioOutcome };

/** Runs a scenario and gives its last message. It rejects for nothing: bugs of ours are told as `error` with `bug`. */
export async function runScenario(input: RunScenarioInput): Promise<ScenarioFinished> {
  const { row, options, emit } = input;
  const { scenario } = input.loaded;
  const beganMs = performance.now();
  const id = runIdOf(input);
  const facts = await attempt(input, id);
  const finished: ScenarioFinished = {
    kind: 'scenarioFinished',
    id,
    title: scenario.title,
    file: scenario.file,
    guarantees: scenario.guarantees,
    vacuous: 0,
    problems: [],
    frames: [],
    notRun: [],
    invariants: [],
    virtualMs: 0,
    records: 0,
    replay: replayCommand(scenario.file, row.row, options),
    ...facts,
    realMs: performance.now() - beganMs,
  };
  emit(finished);
  return finished;
}

function runIdOf({ loaded, row, backend, options, attempt }: RunScenarioInput): RunId {
  return {
    scenario: loaded.scenario.id,
    backend: backend.name,
    seed: options.seed,
    ...(row.row === undefined ? {} : { row: row.row }),
    ...(attempt === undefined ? {} : { attempt }),
  };
}

async function attempt(input: RunScenarioInput, id: RunId): Promise<RunFacts> {
  const { loaded, row, backend, options, emit, signal = new AbortController().signal } = input;
  const { scenario } = loaded;
  const recorder = new TraceRecorder(options.records ? (record) => emit({ kind: 'record', id, record }) : undefined);
  const whole: ScenarioRunInput = { ...input, id, recorder, signal, variables: row.variables };
  try {
    const reason = await unmetNeeds(scenario, backend);
    if (reason !== undefined) return { outcome: 'skipped', reason };
    const judge = await judgeOf(whole);
    let recording = true;
    const cluster = await backend.open({
      scenario: scenario.id,
      seed: options.seed,
      nodes: Math.max(options.nodes, scenario.needs.nodes),
      needs: new Set(scenario.needs.capabilities as readonly Capability[]),
      listener: (event) => {
        if (recording) judge.observe(recorder.observe(event));
      },
    });
    try {
      return await runOn(cluster, new ScenarioRun(whole, cluster, judge), whole);
    } finally {
      // The trace is written; what cleaning up does is nobody's business.
      recording = false;
      await cluster.dispose();
    }
  } catch (error) {
    const facts = scenarioFailure(error, loaded.sources);
    // An environment that fails because it was told to stop has not failed.
    return signal.aborted && facts.outcome === 'error' && facts.bug !== true ? { outcome: 'interrupted' } : facts;
  }
}

async function runOn(cluster: Cluster, run: ScenarioRun, whole: ScenarioRunInput): Promise<RunFacts> {
  const header = headerOf(cluster, whole);
  const { id, loaded, emit } = whole;
  const { title, file, tags, guarantees } = loaded.scenario;
  emit({ kind: 'scenarioStarted', id, title, file, tags, guarantees, header, steps: run.steps });
  const facts = await run.run().then(factsOfEnd, (error: unknown) => scenarioFailure(error, loaded.sources));
  return { ...facts, ...traceFacts(header, whole), virtualMs: cluster.nowMs };
}

function headerOf(cluster: Cluster, { backend, options, id }: ScenarioRunInput): TraceHeader {
  return {
    setpieceTrace: 1,
    scenario: id.scenario,
    ...(id.row === undefined ? {} : { row: id.row }),
    ...(id.attempt === undefined ? {} : { attempt: id.attempt }),
    backend: backend.name,
    ...mutantOf(options),
    versions: { setpiece: version, kubernetes: backend.kubernetesVersion },
    namespace: cluster.namespace,
    seed: options.seed,
    ...(backend.profile === undefined ? {} : { profile: backend.profile }),
    quietMs: options.quietMs,
    slackMs: backend.slackMs,
    patience: options.patience,
  };
}

function mutantOf({ backend }: RunOptions): Pick<TraceHeader, 'mutant'> {
  return backend.kind === 'simulator' && backend.mutant !== undefined ? { mutant: backend.mutant } : {};
}

function factsOfEnd({ verdicts, invariants, interrupted, cut, notRun }: RunEnd): RunFacts {
  const all = [...verdicts, ...invariants];
  const vacuous = all.filter((verdict) => verdict.outcome === 'pass' && verdict.vacuous).length;
  const worst = (['fail', 'inconclusive'] as const).find((one) => all.some(({ outcome }) => outcome === one));
  const decided = worst ?? (cut === undefined ? 'pass' : 'inconclusive');
  const reason = cut === undefined ? {} : { reason: cut };
  return { outcome: interrupted ? 'interrupted' : decided, vacuous, invariants, notRun, ...reason };
}

/** The hash tells runs apart only where runs can be alike: where time is virtual. */
function traceFacts(header: TraceHeader, { recorder, options, backend }: ScenarioRunInput): Partial<ScenarioFinished> {
  const { records, observations } = recorder;
  const path =
    options.traceDir === undefined ? {} : { tracePath: writeTraceFile(options.traceDir, { header, records }) };
  if (backend.slackMs > 0) return { records: observations, ...path };
  const hash = createTraceHash();
  for (const record of records) hash.add(record);
  return { records: observations, traceHash: hash.digest(), ...path };
}
