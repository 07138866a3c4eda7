// `setpiece check TRACE SCENARIO`: the verdict of a recorded trace, offline.

import { checkTrace } from '../../runner/check.ts';
import { reportedRun } from '../reported-run.ts';
import { chooseReporters, createReporters } from '../reporters.ts';

/** Checks and gives the exit code: as `run`, with 3 for a trace that cannot be used. */
export async function check(
  files: { readonly trace: string; readonly scenario: string },
  flags: { readonly strict?: true; readonly reporter: readonly string[] },
): Promise<number> {
  const reporters = await createReporters(chooseReporters(flags.reporter, [files.trace, files.scenario]));
  return reportedRun(reporters, () => checkTrace({ ...files, strict: flags.strict === true }, reporters.on));
}
