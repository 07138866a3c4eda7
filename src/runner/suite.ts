// A run of several files: plans the runs, makes them one by one or on workers, and tells everything in a stable order.

import { setImmediate } from 'node:timers/promises';
import { selectBackend } from '../backends/select.ts';
import { exitCodes } from './exit-code.ts';
import { planSuite } from './plan-suite.ts';
import { runPlanned } from './run-planned.ts';
import { Totals, runStarted } from './totals.ts';
import type { BackendSetup } from '../backends/backend-options.ts';
import type { Backend } from '../backends/cluster.ts';
import type { Message } from './messages.ts';
import type { PlannedRun, SuiteFilter } from './plan-suite.ts';
import type { RunOptions } from './run-options.ts';

/** What a suite is made of. */
export interface SuiteInput {
  /** Scenario files as named. */
  readonly files: readonly string[];
  readonly filter: SuiteFilter;
  readonly options: RunOptions;
  /** Number of scenarios that run at the same time, from 1. */
  readonly workers: number;
  /** Stops after so many runs that came to anything but pass or skip. */
  readonly maxFailures?: number;
}

/** Runs the scenarios of the files and gives the exit code. Every path ends with `runFinished`. */
export async function runSuite(
  input: SuiteInput,
  emit: (message: Message) => void,
  signal: AbortSignal,
  setup: Pick<BackendSetup, 'onProgress'> = {},
): Promise<number> {
  const beganMs = performance.now();
  const { options } = input;
  const backend = await selectBackend(options.backend, { signal, ...setup });
  const totals = new Totals(options.strict);
  const tell = (message: Message): void => {
    totals.take(message);
    emit(message);
  };
  let reason: string | undefined;
  let nothingToDo = false;
  try {
    const plan = planSuite(input.files, input.filter);
    tell(runStarted(options, { backend, scenarios: plan.runs.length, guarantees: [] }));
    nothingToDo = plan.runs.length === 0;
    reason = nothingToDo ? plan.reason : await runAll(plan.runs, { ...input, backend, emit: tell, signal, totals });
  } finally {
    await backend.dispose();
  }
  const exitCode = nothingToDo ? exitCodes.invalid : totals.exitCode(signal.aborted);
  const realMs = performance.now() - beganMs;
  emit(totals.finished(reason === undefined ? { exitCode, realMs } : { exitCode, realMs, reason }));
  return exitCode;
}

interface RunAll extends SuiteInput {
  readonly backend: Backend;
  readonly emit: (message: Message) => void;
  readonly signal: AbortSignal;
  readonly totals: Totals;
}

/** Runs until all have run or something says stop; gives the reason why some have not run. */
async function runAll(runs: readonly PlannedRun[], all: RunAll): Promise<string | undefined> {
  const { backend, options, emit, signal, totals, maxFailures = Infinity } = all;
  let begun = 0;
  const next = (): PlannedRun | undefined => {
    if (signal.aborted || totals.failures >= maxFailures) return undefined;
    const planned = runs[begun];
    if (planned !== undefined) begun += 1;
    return planned;
  };
  if (all.workers > 1 && runs.length > 1) {
    const { runOnWorkers } = await import('./run-on-workers.ts');
    await runOnWorkers({ next, backend, options, emit, signal, workers: Math.min(all.workers, runs.length) });
  } else {
    for (let planned = next(); planned !== undefined; planned = next()) {
      await runPlanned(planned, { backend, options, emit, signal });
      // Short scenarios leave no gap in which a signal could be heard.
      await setImmediate();
    }
  }
  const left = runs.length - begun;
  if (left === 0) return undefined;
  const why = signal.aborted ? 'interrupted' : `stopped after ${maxFailures} that did not pass (--max-failures)`;
  return `${why}: ${left} of ${runs.length} scenarios were not run`;
}
