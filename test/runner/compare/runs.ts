// Runs of scenarios of the package as a comparison sees them.

import { createSimulatedBackend } from '../../../src/backends/simulated.ts';
import { RunCollector } from '../../../src/runner/compare/compared-run.ts';
import { planSuite } from '../../../src/runner/plan-suite.ts';
import { completeRunOptions } from '../../../src/runner/run-options.ts';
import { runPlanned } from '../../../src/runner/run-planned.ts';
import type { ComparedRun } from '../../../src/runner/compare/compared-run.ts';

/** The run of a scenario file under a seed. */
export async function comparedRun(file: string, seed: number): Promise<ComparedRun> {
  const [planned] = planSuite([file], { tags: [] }).runs;
  if (planned === undefined) throw new Error(`${file} holds no run`);
  const collector = new RunCollector();
  const options = completeRunOptions({ seed, records: true });
  const signal = new AbortController().signal;
  const emit = collector.take.bind(collector);
  await runPlanned(planned, { backend: createSimulatedBackend(), options, emit, signal });
  const { run } = collector;
  if (run?.header === undefined) throw new Error(`${file} did not run`);
  return run;
}
