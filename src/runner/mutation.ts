// Runs scenarios against mutants: which scenario notices which mistake. First every scenario runs on the right simulator; only
// what passes there can tell anything.

import { setImmediate } from 'node:timers/promises';
import { selectBackend } from '../backends/select.ts';
import { isKill, mutationReport } from './mutation-report.ts';
import { runPlanned } from './run-planned.ts';
import type { Message, ScenarioFinished } from './messages.ts';
import type { MutationReport, Outcome } from './mutation-report.ts';
import type { PlannedRun } from './plan-suite.ts';
import type { RunOptions } from './run-options.ts';

/** What is to be run against what. */
export interface MutationInput {
  readonly runs: readonly PlannedRun[];
  readonly mutants: readonly MutantName[];
  /** Whether these are all mutants: only then a scenario that kills none is a finding. */
  readonly all: boolean;
  /** Leaves out runs whose mutant is noticed and whose scenario has noticed one: the findings are the same. Default false. */
  readonly first?: boolean;
  readonly options: RunOptions;
  /** Number of worker threads, from 1; with 1 everything runs in this thread. */
  readonly workers: number;
  readonly signal: AbortSignal;
  /** Told of each run that is done. */
  readonly onProgress?: (done: number, of: number) => void;
}

/** What a report says of a mutant. */
export interface MutantName {
  readonly id: string;
  readonly about: string;
  readonly breaks: string;
}

/** One run that is to be made. */
interface Cell {
  readonly planned: PlannedRun;
  readonly mutant?: string;
}

/** Makes all runs; interrupted, it reports what it knows by then. */
export async function runMutation(input: MutationInput): Promise<MutationReport> {
  const { runs, mutants, signal } = input;
  const progress = { done: 0, of: runs.length * (1 + mutants.length) };
  const baseline = await runCells(
    runs.map((planned) => ({ planned })),
    input,
    progress,
  );
  const sound = baseline.filter(({ finished }) => finished.outcome === 'pass').map(({ cell }) => cell.planned);
  progress.of = runs.length + sound.length * mutants.length;
  // Mutant by mutant for one file: a worker then reads it once.
  const cells = sound.flatMap((planned) => mutants.map(({ id }): Cell => ({ planned, mutant: id })));
  const mutated = signal.aborted ? [] : await runCells(cells, input, progress);
  return mutationReport({
    seed: input.options.seed,
    mutants,
    all: input.all,
    interrupted: signal.aborted,
    baseline: baseline.map(({ finished }) => outcomeOf(finished)),
    mutated: mutated.map(({ cell, finished }) => Object.assign(outcomeOf(finished), { mutant: cell.mutant ?? '' })),
  });
}

function outcomeOf({ id, file, outcome, bug, reason }: ScenarioFinished): Outcome {
  return {
    scenario: id.scenario,
    file,
    outcome,
    ...(bug === undefined ? {} : { bug }),
    ...(reason === undefined ? {} : { reason }),
  };
}

interface Done {
  readonly cell: Cell;
  readonly finished: ScenarioFinished;
}

async function runCells(
  cells: readonly Cell[],
  input: MutationInput,
  progress: { done: number; readonly of: number },
): Promise<readonly Done[]> {
  const results: Done[] = [];
  let begun = 0;
  const next = (): (Cell & { readonly place: number }) | undefined => {
    while (input.first === true && isDecided(cells[begun], results)) begun += 1;
    const cell = input.signal.aborted ? undefined : cells[begun];
    return cell === undefined ? undefined : { ...cell, place: begun++ };
  };
  const take = ({ place, ...cell }: Cell & { readonly place: number }, message: Message): void => {
    if (message.kind !== 'scenarioFinished') return;
    progress.done += 1;
    // The order of the cells, whoever was faster.
    results[place] = { cell, finished: message };
    input.onProgress?.(progress.done, progress.of);
  };
  const lanes = Math.min(input.workers, cells.length);
  if (lanes > 1) {
    const { workOffCells } = await import('./mutation-workers.ts');
    await workOffCells({
      next,
      take,
      optionsOf: (cell) => optionsOf(input.options, cell),
      lanes,
      signal: input.signal,
    });
  } else {
    for (let cell = next(); cell !== undefined; cell = next()) {
      const current = cell;
      await runHere(cell, input, (message) => take(current, message));
      await setImmediate();
    }
  }
  // Places that were left out are holes.
  return results.filter((done) => done !== undefined && done.finished.outcome !== 'interrupted');
}

/** Whether neither the mutant nor the scenario can become a finding any more. */
function isDecided(cell: Cell | undefined, results: readonly Done[]): boolean {
  if (cell?.planned.kind !== 'run' || cell.mutant === undefined) return false;
  const { id } = cell.planned.loaded.scenario;
  const kills = results.filter(({ finished }) => isKill(finished));
  return (
    kills.some((done) => done.cell.mutant === cell.mutant) && kills.some(({ finished }) => finished.id.scenario === id)
  );
}

async function runHere(cell: Cell, input: MutationInput, emit: (message: Message) => void): Promise<void> {
  const options = optionsOf(input.options, cell);
  const backend = await selectBackend(options.backend);
  await runPlanned(cell.planned, { backend, options, emit, signal: input.signal });
  await backend.dispose();
}

function optionsOf(options: RunOptions, { mutant }: Cell): RunOptions {
  return { ...options, backend: { kind: 'simulator', ...(mutant === undefined ? {} : { mutant }) } };
}
