// Runs one run of a scenario inside of a test, and makes its verdict the test's.

import { selectBackend } from '../backends/select.ts';
import { expandRuns } from '../scenario/expand.ts';
import { loadFile } from '../runner/load-file.ts';
import { completeRunOptions } from '../runner/run-options.ts';
import { runScenario } from '../runner/run-scenario.ts';
import { formatHeader, formatRecord } from '../trace/file.ts';
import { ExpectationError } from './expectation-error.ts';
import type { TestContext } from 'vitest';
import type { Verdict } from '../expectations/verdict.ts';
import type { Message, ScenarioFinished } from '../runner/messages.ts';
import type { RunOptions } from '../runner/run-options.ts';

/** How scenarios run; the defaults are those of `setpiece run`. */
export type RehearsalOptions = Partial<Omit<RunOptions, 'records' | 'retries'>>;

/** Which run. */
export interface Rehearsal {
  readonly file: string;
  /** Of the run among those of the scenario. */
  readonly position: number;
  readonly options: RehearsalOptions;
}

/**
 * Runs it. Throws what vitest shows: each expectation that did not hold with its own frame in the scenario and what was
 * expected and received. A scenario that cannot run here is a skipped test with the reason.
 */
export async function rehearse(context: TestContext, { file, position, options: given }: Rehearsal): Promise<void> {
  const read = loadFile(file);
  if (read.kind === 'invalid') throw new Error(read.frames.join('\n'));
  const { loaded } = read;
  const row = expandRuns(loaded.scenario)[position];
  if (row === undefined) throw new Error(`${file} has no run ${position}; it was changed while the tests ran`);
  const options = completeRunOptions({ ...given, records: true });
  const backend = await selectBackend(options.backend, { signal: context.signal });
  const messages: Message[] = [];
  try {
    const emit = (message: Message): void => void messages.push(message);
    const finished = await runScenario({ loaded, row, backend, options, emit, signal: context.signal });
    await annotate(context, finished, messages);
    judge(context, { finished, messages, strict: options.strict });
  } finally {
    await backend.dispose();
  }
}

/** More than this is no help in a report; `traceDir` keeps the whole. */
const traceBytesMax = 1_000_000;

async function annotate(context: TestContext, finished: ScenarioFinished, messages: readonly Message[]): Promise<void> {
  const { outcome, traceHash, tracePath, vacuous } = finished;
  if (vacuous > 0)
    await context.annotate(`${vacuous} expectations were vacuous: nothing could have broken them`, 'vacuous');
  if (outcome === 'pass' || outcome === 'skipped') return;
  const told = traceHash === undefined ? 'trace' : `trace ${traceHash}`;
  if (tracePath !== undefined) {
    await context.annotate(told, 'trace', { path: tracePath, contentType: 'application/jsonl' });
    return;
  }
  const lines = messages.flatMap((message) => {
    if (message.kind === 'scenarioStarted') return [formatHeader(message.header)];
    return message.kind === 'record' ? [formatRecord(message.record)] : [];
  });
  const body = `${lines.join('\n')}\n`;
  if (body.length > traceBytesMax) return;
  await context.annotate(told, 'trace', { body: new TextEncoder().encode(body), contentType: 'application/jsonl' });
}

interface Judged {
  readonly finished: ScenarioFinished;
  readonly messages: readonly Message[];
  readonly strict: boolean;
}

function judge(context: TestContext, { finished, messages, strict }: Judged): void {
  const { outcome, reason = outcome, replay, invariants } = finished;
  if (outcome === 'skipped') context.skip(reason);
  const steps = messages.flatMap((message) => (message.kind === 'stepFinished' ? [message] : []));
  const verdicts = [...steps.flatMap((step) => step.verdicts), ...invariants];
  const red = verdicts.filter((verdict) => verdict.outcome !== 'pass' || (strict && verdict.vacuous));
  const errors = red.map((verdict) => new ExpectationError(verdict, { step: stepOf(verdict, messages), replay }));
  const [first, ...others] = errors;
  if (first !== undefined) throw others.length === 0 ? first : new AggregateError(errors, reason);
  if (outcome !== 'pass' && outcome !== 'flaky')
    throw new Error(`${outcome}: ${[reason, ...finished.frames].join('\n')}`);
}

/** The name of the step whose verdict it is; undefined for invariants. */
function stepOf(verdict: Verdict, messages: readonly Message[]): string | undefined {
  let name: string | undefined;
  for (const message of messages) {
    if (message.kind === 'stepStarted') ({ name } = message);
    if (message.kind === 'stepFinished' && message.verdicts.includes(verdict)) return name;
  }
  return undefined;
}
