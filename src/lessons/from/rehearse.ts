// The run that a lesson tells of: the scenario on the simulator, its steps with every variable known, and all records.

import { selectBackend } from '../../backends/select.ts';
import { completeRunOptions } from '../../runner/run-options.ts';
import { runScenario } from '../../runner/run-scenario.ts';
import { bindStep } from '../../scenario/bind.ts';
import { expandRuns, expandSteps } from '../../scenario/expand.ts';
import type { Json } from '../../kubernetes/object.ts';
import type { LoadedScenario } from '../../runner/load-file.ts';
import type { Message, ScenarioFinished } from '../../runner/messages.ts';
import type { BoundStep } from '../../scenario/model.ts';
import type { TraceRecord } from '../../trace/record.ts';

/** A step as it ran. */
export interface RehearsedStep {
  readonly step: BoundStep;
  readonly atMs: number;
  readonly records: readonly TraceRecord[];
}

/** A run, step by step. */
export interface Rehearsal {
  readonly finished: ScenarioFinished;
  readonly steps: readonly RehearsedStep[];
  readonly records: readonly TraceRecord[];
}

/** Runs the first row of a scenario on the simulator. */
export async function rehearse(loaded: LoadedScenario, { seed }: { readonly seed: number }): Promise<Rehearsal> {
  const { scenario } = loaded;
  const options = completeRunOptions({ seed, records: true });
  const row = expandRuns(scenario)[0]!;
  const records: TraceRecord[] = [];
  const starts: number[] = [];
  const emit = (message: Message): void => {
    if (message.kind === 'record') records.push(message.record);
    if (message.kind === 'stepStarted') starts.push(message.atMs);
  };
  const backend = await selectBackend(options.backend);
  try {
    const finished = await runScenario({ loaded, row, backend, options, emit });
    if (finished.outcome !== 'pass') return { finished, steps: [], records };
    const remembered: Record<string, Json> = {};
    const steps = expandSteps(scenario, row.variables).map(({ position, variables }, number): RehearsedStep => {
      const { step } = bindStep(scenario, position, { ...variables, ...remembered });
      const own = records.filter((record) => record.step === number);
      for (const record of own) if (record.kind === 'remember') Object.assign(remembered, record.values);
      return { step, atMs: starts[number] ?? 0, records: own };
    });
    return { finished, steps, records };
  } finally {
    await backend.dispose();
  }
}
