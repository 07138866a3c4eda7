// Makes one run of a plan: a scenario's, or the report of a file that cannot be run. What did not pass on a real cluster is
// tried again as often as was asked for; what passes then is flaky.

import { runScenario } from './run-scenario.ts';
import type { Backend } from '../backends/cluster.ts';
import type { Message, ScenarioFinished, ScenarioOutcome } from './messages.ts';
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
  if (planned.kind === 'run') await runWithRetries(planned, place);
  else tellInvalid(planned, place);
}

/** Tells of a file that cannot be run. */
export function tellInvalid(
  { file, problems, frames }: PlannedRun & { readonly kind: 'invalid' },
  { options, emit }: Pick<RunPlace, 'options' | 'emit'>,
): void {
  emit({
    kind: 'scenarioFinished',
    id: { scenario: file, backend: options.backend.kind, seed: options.seed },
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

/** What another try may mend. */
const retryable: ReadonlySet<ScenarioOutcome> = new Set(['fail', 'inconclusive', 'error']);

async function runWithRetries(planned: PlannedRun & { readonly kind: 'run' }, place: RunPlace): Promise<void> {
  const { backend, options, signal } = place;
  // The same seed gives the same run: only real time can be luckier.
  const tries = backend.name === 'simulator' || backend.name === 'recorded' ? 1 : 1 + options.retries;
  const { loaded, row } = planned;
  const goesOn = ({ outcome, bug }: ScenarioFinished, attempt: number): boolean =>
    attempt < tries && retryable.has(outcome) && bug !== true && !signal.aborted;
  for (let attempt = 1; ; attempt += 1) {
    const emit = (message: Message): void => {
      if (message.kind !== 'scenarioFinished') place.emit(message);
      else if (goesOn(message, attempt)) place.emit({ ...message, retried: true });
      else place.emit(attempt > 1 && message.outcome === 'pass' ? { ...message, outcome: 'flaky' } : message);
    };
    const finished = await runScenario({ ...place, loaded, row, emit, ...(attempt === 1 ? {} : { attempt }) });
    if (!goesOn(finished, attempt)) return;
  }
}
