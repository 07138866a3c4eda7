// `setpiece report merge`: several runs as one report.

import { exitCodes } from '../../runner/exit-code.ts';
import { findConflict, mergeRuns } from '../../runner/merge-runs.ts';
import { readMessages } from '../../runner/read-messages.ts';
import { ReportedError } from '../reported-error.ts';
import { reportedRun } from '../reported-run.ts';
import { chooseReporters, createReporters } from '../reporters.ts';
import type { RunToMerge } from '../../runner/merge-runs.ts';

/** Merges and gives the exit code that the runs deserve together; 2 for files that are no streams, or that tell a run twice. */
export async function mergeReports(
  files: readonly string[],
  flags: { readonly reporter: readonly string[] },
): Promise<number> {
  const reporters = await createReporters(chooseReporters(flags.reporter, files));
  return reportedRun(reporters, () => {
    const runs = files.map(readRun);
    const conflict = findConflict(runs);
    if (conflict !== undefined) throw new ReportedError(conflict.reason, exitCodes.invalid);
    return Promise.resolve(mergeRuns(runs, reporters.on));
  });
}

function readRun(path: string): RunToMerge {
  const read = readMessages(path);
  if (read.kind === 'unreadable') throw new ReportedError(read.reason, exitCodes.invalid);
  return { path, messages: read.messages, whole: read.whole };
}
