// Makes a run whose reports are finished whatever happens: also when the environment fails or setpiece itself breaks.

import { BackendError } from '../backends/cluster.ts';
import { exitCodes } from '../runner/exit-code.ts';
import { bugText } from './bug-text.ts';
import { ReportedError } from './reported-error.ts';
import type { Reporters } from './reporters.ts';

/** Runs, ends the reports, and gives the exit code. */
export async function reportedRun(reporters: Reporters, run: () => Promise<number>): Promise<number> {
  let code: number;
  try {
    code = await run();
  } catch (error) {
    const [reason, exitCode] = reasonOf(error);
    reporters.abort(reason, exitCode);
    code = exitCode;
  }
  await reporters.end();
  return code;
}

function reasonOf(error: unknown): readonly [reason: string, exitCode: number] {
  if (error instanceof BackendError) return [error.message, exitCodes.environment];
  if (error instanceof ReportedError) return [error.message, error.exitCode];
  return [bugText(error), exitCodes.bug];
}
