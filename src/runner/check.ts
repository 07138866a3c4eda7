// Judges a recorded trace by a scenario: the same runner on the trace instead of a cluster, so the verdict is the live one.

import { readFileSync } from 'node:fs';
import { BackendError, InvalidTrace } from '../backends/cluster.ts';
import { createRecordedBackend } from '../backends/recorded.ts';
import { expandRuns } from '../scenario/expand.ts';
import { readTrace } from '../trace/file.ts';
import { findDisorder } from '../trace/find-disorder.ts';
import { formatPathError } from './path-error.ts';
import { loadFile } from './load-file.ts';
import { completeRunOptions } from './run-options.ts';
import { runPlanned } from './run-planned.ts';
import { guaranteesOfRuns } from './plan-suite.ts';
import { Totals, runStarted } from './totals.ts';
import type { RunRow } from '../scenario/expand.ts';
import type { Scenario } from '../scenario/model.ts';
import type { Trace } from '../trace/record.ts';
import type { Message } from './messages.ts';
import type { PlannedRun } from './plan-suite.ts';

/** What is to be judged, by what. */
export interface CheckInput {
  /** A trace file that `run` wrote. */
  readonly trace: string;
  /** A scenario file. */
  readonly scenario: string;
  readonly strict: boolean;
}

/** Judges and gives the exit code. Rejects with `BackendError` or `InvalidTrace` for a trace that cannot be read or used. */
export async function checkTrace(input: CheckInput, emit: (message: Message) => void): Promise<number> {
  const beganMs = performance.now();
  const trace = readTraceFile(input.trace);
  const { seed = 0, quietMs, patience } = trace.header;
  const backend = createRecordedBackend(trace);
  const options = completeRunOptions({ backend: { kind: 'recorded' }, seed, quietMs, patience, strict: input.strict });
  const totals = new Totals(input.strict);
  const tell = (message: Message): void => {
    totals.take(message);
    emit(message);
  };
  const planned = planOf(input, trace);
  tell(runStarted(options, { backend, scenarios: 1, guarantees: guaranteesOfRuns([planned]) }));
  const signal = new AbortController().signal;
  let steps = Infinity;
  const pass = (message: Message): void => {
    if (message.kind === 'scenarioStarted') ({ steps } = message);
    tell(withReplay(withoutRest(message, { trace, steps }), input));
  };
  await runPlanned(planned, { backend, options, emit: pass, signal });
  const exitCode = totals.exitCode(false);
  emit(totals.finished({ exitCode, realMs: performance.now() - beganMs }));
  return exitCode;
}

/**
 * The trace of a file. A last line that ends in the middle is left out: the trace ends early then, which the judge says.
 * Throws `InvalidTrace` with the first other problem, by line; `BackendError` where there is no such file.
 */
export function readTraceFile(path: string): Trace {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new BackendError(`the trace ${path} cannot be read: ${formatPathError(error)}`, { cause: error });
  }
  const { header, records, problems: found } = readTrace(bytes);
  const problems = found.filter(({ code }) => code !== 'TRUNCATED_LINE');
  const [problem] = problems;
  if (problem !== undefined) {
    const hint = problem.hint === undefined ? '' : ` (${problem.hint})`;
    const more = problems.length > 1 ? `; ${problems.length - 1} more problems behind it` : '';
    throw new InvalidTrace(`${path}:${problem.line} ${problem.code}: ${problem.message}${hint}${more}`);
  }
  if (header === undefined) {
    throw new InvalidTrace(
      `${path} has no header line: only traces that \`setpiece run --output\` wrote can be checked`,
    );
  }
  const disorder = findDisorder(records, header.slackMs);
  if (disorder !== undefined) {
    const hint = 'a run writes its trace in order; this file was changed, or put together of several';
    throw new InvalidTrace(`${path}:${lineOf(disorder.index, bytes)} OUT_OF_ORDER: ${disorder.message} (${hint})`);
  }
  return { header, records };
}

/** The line of a record of a file in which everything could be read, from 1; the header is the first that is not empty. */
function lineOf(index: number, bytes: Uint8Array): number {
  const filled = new TextDecoder()
    .decode(bytes)
    .split('\n')
    .flatMap((line, at) => (line.trim() === '' ? [] : [at + 1]));
  return filled[index + 1] ?? 0;
}

function planOf({ trace: path, scenario: file }: CheckInput, { header }: Trace): PlannedRun {
  const read = loadFile(file);
  if (read.kind === 'invalid') return { ...read, file };
  const { scenario } = read.loaded;
  if (scenario.id !== header.scenario) {
    throw new InvalidTrace(`${path} is a trace of the scenario \`${header.scenario}\`; ${file} is \`${scenario.id}\``);
  }
  const { row, position } = rowOf(scenario, header.row);
  return { kind: 'run', loaded: read.loaded, row, position };
}

function rowOf(scenario: Scenario, number: number | undefined): { readonly row: RunRow; readonly position: number } {
  const rows = expandRuns(scenario);
  const position = rows.findIndex(({ row }) => row === number);
  const row = rows[position];
  if (row === undefined) {
    const wanted = number === undefined ? 'a run without a matrix' : `row ${number} of its matrix`;
    throw new InvalidTrace(`the trace is of ${wanted}, which ${scenario.file} does not have`);
  }
  return { row, position };
}

/** A trace of more steps than the scenario has is of another scenario, whatever was judged of its beginning. */
function withoutRest(message: Message, known: { readonly trace: Trace; readonly steps: number }): Message {
  const { trace, steps } = known;
  if (message.kind !== 'scenarioFinished' || message.outcome === 'invalid') return message;
  const rest = trace.records.find(({ step }) => step >= steps);
  if (rest === undefined) return message;
  const found = `it has a step ${rest.step + 1}, the scenario has ${steps}`;
  return { ...message, outcome: 'invalid', reason: `the trace is not of this scenario as it is now: ${found}` };
}

/** A trace is not run again with a seed but checked again. */
function withReplay(message: Message, { trace, scenario }: CheckInput): Message {
  return message.kind === 'scenarioFinished'
    ? { ...message, replay: `setpiece check ${trace} ${scenario}`, tracePath: trace }
    : message;
}
