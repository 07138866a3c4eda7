// Runs scenarios on two backends, or reads the trace of one, and compares what was seen.

import { selectBackend } from '../backends/select.ts';
import { RunCollector } from './compare/compared-run.ts';
import { compareRuns } from './compare/compare-runs.ts';
import { KnownDivergences } from './compare/known.ts';
import { checkTrace, readTraceFile } from './check.ts';
import { exitCodes } from './exit-code.ts';
import { planSuite } from './plan-suite.ts';
import { runPlanned } from './run-planned.ts';
import type { BackendOptions, BackendSetup } from '../backends/backend-options.ts';
import type { Backend } from '../backends/cluster.ts';
import type { KnownDivergence } from '../scenario/known-divergences.ts';
import type { Message } from './messages.ts';
import type { PlannedRun, SuiteFilter } from './plan-suite.ts';
import type { RunOptions } from './run-options.ts';
import type { ComparedRun } from './compare/compared-run.ts';
import type { ComparedSide } from './compare/compare-runs.ts';
import type { Comparison } from './compare/comparison.ts';

/** Where one side comes from. */
export type SideChoice =
  | { readonly kind: 'backend'; readonly options: BackendOptions }
  | { readonly kind: 'trace'; readonly path: string };

/** What is compared. */
export interface CompareInput {
  /** Scenario files; exactly one where a side is a trace. */
  readonly files: readonly string[];
  readonly filter: SuiteFilter;
  readonly left: SideChoice;
  readonly right: SideChoice;
  /** Number of seeds under which the simulator runs, from 1: what all of them show is what the simulator says. */
  readonly seeds: number;
  /** Of both sides; `backend` and `records` are set for each. */
  readonly options: RunOptions;
  readonly known: readonly KnownDivergence[];
}

/** What hears of a comparison while it is made. */
export interface CompareEvents extends BackendSetup {
  readonly onComparison: (comparison: Comparison) => void;
  /** All messages of the runs that are shown (of the simulator: of its first seed), records included. */
  readonly onMessage?: (message: Message) => void;
}

/** What it all came to. */
export interface CompareEnd {
  readonly comparisons: readonly Comparison[];
  /** Entries of the list that no divergence needed any more. */
  readonly unneeded: readonly KnownDivergence[];
  readonly interrupted: boolean;
  readonly exitCode: number;
}

/**
 * Compares all runs of the files. Rejects with `BackendError` where a backend cannot be made or a trace not be read, and with
 * `InvalidTrace` for a trace of something else.
 */
export async function compareScenarios(input: CompareInput, events: CompareEvents): Promise<CompareEnd> {
  const known = new KnownDivergences(input.known);
  const comparisons: Comparison[] = [];
  const left = await openSide(input.left, input, events);
  try {
    const right = await openSide(input.right, input, events);
    try {
      const { runs } = planSuite(input.files, { ...rowOfTraces(input), ...input.filter });
      for (const planned of runs) {
        const sides = [await left.runs(planned), await right.runs(planned)] as const;
        if (events.signal?.aborted === true) break;
        const comparison = compareRuns(sides[0], sides[1], known);
        comparisons.push(comparison);
        events.onComparison(comparison);
      }
    } finally {
      await right.dispose();
    }
  } finally {
    await left.dispose();
  }
  const interrupted = events.signal?.aborted === true;
  const unneeded = interrupted ? [] : known.unneeded();
  return { comparisons, unneeded, interrupted, exitCode: exitCodeOf(comparisons, { unneeded, interrupted }) };
}

/** A trace is of one row of the scenario's matrix. */
function rowOfTraces({ left, right }: CompareInput): Pick<SuiteFilter, 'row'> {
  const rows = [left, right].flatMap((side) => (side.kind === 'trace' ? [readTraceFile(side.path).header.row] : []));
  const row = rows.find((one) => one !== undefined);
  return row === undefined ? {} : { row };
}

function exitCodeOf(
  comparisons: readonly Comparison[],
  { unneeded, interrupted }: Pick<CompareEnd, 'unneeded' | 'interrupted'>,
): number {
  const outcomes = new Set(comparisons.map(({ outcome }) => outcome));
  const ends = new Set(comparisons.flatMap(({ left, right }) => [left.outcome, right.outcome]));
  if (interrupted || ends.has('interrupted')) return exitCodes.interrupted;
  if (outcomes.has('diverges') || unneeded.length > 0) return exitCodes.fail;
  if (ends.has('invalid')) return exitCodes.invalid;
  if (ends.has('error')) return exitCodes.environment;
  return outcomes.has('inconclusive') ? exitCodes.inconclusive : exitCodes.pass;
}

/** A side that is ready to run scenarios. */
interface OpenSide {
  runs(planned: PlannedRun): Promise<ComparedSide>;
  dispose(): Promise<void>;
}

async function openSide(choice: SideChoice, input: CompareInput, events: CompareEvents): Promise<OpenSide> {
  if (choice.kind === 'trace') return openTrace(choice.path, events);
  const backend = await selectBackend(choice.options, events);
  const seeds = choice.options.kind === 'simulator' ? input.seeds : 1;
  return {
    runs: async (planned) => ({
      label: backend.name,
      kubernetes: backend.kubernetesVersion,
      runs: await runSeeds({ planned, backend, seeds, options: { ...input.options, backend: choice.options } }, events),
    }),
    dispose: () => backend.dispose(),
  };
}

interface SeedRuns {
  readonly planned: PlannedRun;
  readonly backend: Backend;
  readonly seeds: number;
  readonly options: RunOptions;
}

async function runSeeds(
  { planned, backend, seeds, options }: SeedRuns,
  { signal = new AbortController().signal, onMessage }: CompareEvents,
): Promise<readonly ComparedRun[]> {
  const runs: ComparedRun[] = [];
  for (let nth = 0; nth < seeds && !signal.aborted; nth += 1) {
    const collector = new RunCollector();
    const emit = (message: Message): void => {
      collector.take(message);
      if (nth === 0) onMessage?.(message);
    };
    const seeded = { ...options, seed: options.seed + nth, records: true };
    await runPlanned(planned, { backend, options: seeded, emit, signal });
    const { run } = collector;
    if (run === undefined) continue;
    runs.push(run);
    // What cannot run under one seed cannot under another.
    if (run.header === undefined) break;
  }
  return runs;
}

/** The trace's own header and records, and the verdicts that `check` reaches from them. */
function openTrace(path: string, { onMessage }: CompareEvents): OpenSide {
  const { header, records } = readTraceFile(path);
  return {
    runs: async (planned) => {
      const scenario = planned.kind === 'run' ? planned.loaded.scenario.file : planned.file;
      const collector = new RunCollector();
      const pass = (message: Message): void => {
        collector.take(message);
        onMessage?.(message);
      };
      await checkTrace({ trace: path, scenario, strict: false }, (message) => {
        if (message.kind !== 'scenarioStarted') {
          pass(message);
          return;
        }
        const id = { ...message.id, backend: header.backend };
        pass({ ...message, id, header });
        for (const record of records) pass({ kind: 'record', id, record });
      });
      const { run } = collector;
      return { label: path, kubernetes: header.versions.kubernetes, runs: run === undefined ? [] : [run] };
    },
    dispose: () => Promise.resolve(),
  };
}
