// What a scenario comes to when an error ended it: skipped, invalid, a failed environment, or a bug of ours.

import { BackendError, InvalidTrace, UnsupportedByBackend } from '../backends/cluster.ts';
import { ScenarioError } from '../scenario/problem.ts';
import { framesOf } from './frames.ts';
import type { RunFacts } from './run-scenario.ts';

/** Sorts an error by what it means for the scenario. */
export function scenarioFailure(error: unknown, sources: ReadonlyMap<string, string>): RunFacts {
  if (error instanceof UnsupportedByBackend) return { outcome: 'skipped', reason: error.message };
  if (error instanceof ScenarioError) {
    return { outcome: 'invalid', problems: error.problems, frames: framesOf(error.problems, sources) };
  }
  if (error instanceof InvalidTrace) return { outcome: 'invalid', reason: error.message };
  if (error instanceof BackendError) return { outcome: 'error', reason: error.message };
  return { outcome: 'error', bug: true, reason: bugText(error) };
}

function bugText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (process.env['SETPIECE_DEBUG'] !== undefined) return error.stack ?? error.message;
  return `${error.name}: ${error.message}\nSETPIECE_DEBUG=1 shows where; please report it with the replay command`;
}
