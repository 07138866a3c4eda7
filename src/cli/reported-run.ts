// Makes a run whose reports are finished whatever happens: also when the environment fails or setpiece itself breaks.

import { setImmediate } from 'node:timers/promises';
import { BackendError, InvalidTrace } from '../backends/cluster.ts';
import { exitCodes } from '../runner/exit-code.ts';
import { bugText } from './bug-text.ts';
import { ReportedError } from './reported-error.ts';
import { OutputWatch, standardError } from './streams.ts';
import type { Reporters } from './reporters.ts';

/** Runs, ends the reports, and gives the exit code. */
export async function reportedRun(reporters: Reporters, run: () => Promise<number>): Promise<number> {
  const onCrash = (error: unknown): void => crash(reporters, error);
  const output = new OutputWatch();
  process.prependListener('uncaughtException', onCrash);
  try {
    let code = await run().catch((error: unknown) => abort(reporters, error));
    // A stream tells of its failure one turn later.
    await setImmediate();
    const { lost } = output;
    if (lost !== undefined && code !== exitCodes.bug) {
      code = exitCodes.environment;
      reporters.abort(lost, code);
    }
    await reporters.end();
    return code;
  } finally {
    output.end();
    process.off('uncaughtException', onCrash);
  }
}

function abort(reporters: Reporters, error: unknown): number {
  const [reason, exitCode] = reasonOf(error);
  // A command line that names nothing is answered as by every other command: in one line, on standard error.
  const quietly = !reporters.started && exitCode === exitCodes.invalid;
  // Nor may a failure be silent because all reports go to files.
  if (quietly || !reporters.seen) standardError.write(`error: ${reason}\n`);
  reporters.abort(reason, exitCode, { quietly });
  return exitCode;
}

/** What nobody awaited has failed: there is no way back, only the reports. */
function crash(reporters: Reporters, error: unknown): void {
  const reason = bugText(error);
  standardError.write(`${reason}\n`);
  try {
    reporters.abort(reason, exitCodes.bug, { quietly: true });
    void reporters.end();
  } finally {
    process.exit(exitCodes.bug);
  }
}

/** What an error that ended a run says, and the exit code that it deserves. */
export function reasonOf(error: unknown): readonly [reason: string, exitCode: number] {
  if (error instanceof InvalidTrace) return [error.message, exitCodes.invalid];
  if (error instanceof BackendError) return [error.message, exitCodes.environment];
  // Ctrl-C while a cluster was being made: it is gone again.
  if (error instanceof Error && error.name === 'AbortError')
    return ['interrupted before the first scenario', exitCodes.interrupted];
  if (error instanceof ReportedError) return [error.message, error.exitCode];
  return [bugText(error), exitCodes.bug];
}
