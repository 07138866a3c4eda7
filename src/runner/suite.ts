// A run of several files: plans the runs, makes them one by one or on workers, and tells everything in a stable order.

import { setImmediate } from 'node:timers/promises';
import { selectBackend } from '../backends/select.ts';
import { exitCodes } from './exit-code.ts';
import { planSuite } from './plan-suite.ts';
import { runPlanned, tellInvalid } from './run-planned.ts';
import { Totals, runStarted } from './totals.ts';
import type { BackendSetup } from '../backends/backend-options.ts';
import type { Backend } from '../backends/cluster.ts';
import type { Message } from './messages.ts';
import type { PlannedRun, SuiteFilter, SuitePlan } from './plan-suite.ts';
import type { RunOptions } from './run-options.ts';
import type { RunFrame } from './totals.ts';

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
  const totals = new Totals(options.strict);
  const tell = (message: Message): void => {
    totals.take(message);
    emit(message);
  };
  const plan = planSuite(input.files, input.filter);
  let { reason } = plan;
  if (plan.runs.some(({ kind }) => kind === 'run')) {
    reason = await runPlan(plan, { ...input, emit: tell, signal }, { totals, ...setup });
  } else {
    // No cluster is made for files that cannot be run.
    tell(runStarted(options, { ...frameOf(plan), backend: notMade(options) }));
    for (const planned of plan.runs) if (planned.kind === 'invalid') tellInvalid(planned, { options, emit: tell });
  }
  const exitCode = plan.reason === undefined ? totals.exitCode(signal.aborted) : exitCodes.invalid;
  const realMs = performance.now() - beganMs;
  emit(totals.finished(reason === undefined ? { exitCode, realMs } : { exitCode, realMs, reason }));
  return exitCode;
}

interface RunPlan extends SuiteInput {
  readonly emit: (message: Message) => void;
  readonly signal: AbortSignal;
}

/** Makes the backend and runs the plan on it; gives the reason why some runs were not made. */
async function runPlan(
  plan: SuitePlan,
  run: RunPlan,
  { totals, ...setup }: Pick<BackendSetup, 'onProgress'> & { readonly totals: Totals },
): Promise<string | undefined> {
  const { options, signal } = run;
  let backend: Backend;
  try {
    backend = await selectBackend(options.backend, { signal, ...setup });
  } catch (error) {
    if (!signal.aborted) throw error;
    run.emit(runStarted(options, { ...frameOf(plan), backend: notMade(options) }));
    return 'interrupted before the backend was ready';
  }
  try {
    run.emit(runStarted(options, { ...frameOf(plan), backend }));
    return await runAll(plan.runs, { ...run, backend, totals });
  } finally {
    await backend.dispose();
  }
}

/** A backend that was not made has a name alone. */
function notMade({ backend }: RunOptions): RunFrame['backend'] {
  return { name: backend.kind, kubernetesVersion: '' };
}

function frameOf({ runs, guarantees }: SuitePlan): Omit<RunFrame, 'backend'> {
  return { scenarios: runs.length, guarantees };
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
  if (all.workers > 1 && runs.length > 1 && backend.slackMs > 0) {
    const { runTogether } = await import('./run-together.ts');
    await runTogether({ next, backend, options, emit, signal, workers: all.workers });
  } else if (all.workers > 1 && runs.length > 1) {
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
