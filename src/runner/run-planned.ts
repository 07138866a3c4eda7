// Makes one run of a plan: a scenario's, or the report of a file that cannot be run.

import { runScenario } from './run-scenario.ts';
import type { Backend } from '../backends/cluster.ts';
import type { Message } from './messages.ts';
import type { PlannedRun } from './plan-suite.ts';
import type { RunOptions } from './run-options.ts';

/** Where a planned run is made. */
export interface RunPlace {
  readonly backend: Backend;
  readonly options: RunOptions;
  readonly emit: (message: Message) => void;
  readonly signal: AbortSignal;
}

/** Runs and tells it. */
export async function runPlanned(planned: PlannedRun, place: RunPlace): Promise<void> {
  if (planned.kind === 'run') {
    await runScenario({ ...place, loaded: planned.loaded, row: planned.row });
    return;
  }
  const { file, problems, frames } = planned;
  place.emit({
    kind: 'scenarioFinished',
    id: { scenario: file, backend: place.backend.name, seed: place.options.seed },
    title: file,
    file,
    guarantees: [],
    outcome: 'invalid',
    vacuous: 0,
    problems,
    frames,
    notRun: [],
    invariants: [],
    virtualMs: 0,
    realMs: 0,
    records: 0,
    replay: '',
  });
}
