// `setpiece run`: finds scenarios, runs them, reports, and gives the exit code.

import { join } from 'node:path';
import { exitCodes } from '../../runner/exit-code.ts';
import { findScenarios } from '../../runner/find-scenarios.ts';
import { completeRunOptions } from '../../runner/run-options.ts';
import { runSuite } from '../../runner/suite.ts';
import { chooseBackend } from '../backend-flags.ts';
import { checkNodes } from '../check-nodes.ts';
import { interruptible } from '../interrupt.ts';
import { ReportedError } from '../reported-error.ts';
import { reportedRun } from '../reported-run.ts';
import { chooseReporters, createReporters } from '../reporters.ts';
import type { RunOptions } from '../../runner/run-options.ts';
import type { BackendFlags } from '../backend-flags.ts';
import type { ReporterChoice } from '../reporters.ts';

/** The options of `run` as the command line gives them. */
export interface RunFlags extends BackendFlags {
  readonly grep?: RegExp;
  readonly tag: readonly string[];
  readonly row?: number;
  readonly seed: number;
  readonly patience: number;
  readonly quiet: number;
  readonly nodes: number;
  readonly workers: number;
  readonly maxFailures?: number;
  readonly bail?: true;
  readonly strict?: true;
  readonly output?: string;
  readonly traceDir?: string;
  readonly reporter: readonly string[];
}

/** Runs and gives the exit code. */
export async function run(paths: readonly string[], flags: RunFlags): Promise<number> {
  const reporters = await createReporters(reporterChoices(flags));
  const options = optionsOf(flags, reporters.wantsRecords);
  return reportedRun(reporters, async () => {
    await checkNodes(flags.nodes, options.backend);
    const found = await findScenarios(paths);
    if (found.kind === 'nothing') throw new ReportedError(found.reason, exitCodes.invalid);
    return interruptible((signal) => runSuite(suiteOf(found.files, flags, options), reporters.on, signal));
  });
}

function reporterChoices({ reporter, output }: RunFlags): readonly ReporterChoice[] {
  const chosen = chooseReporters(reporter);
  return output === undefined ? chosen : [...chosen, { name: 'json', file: join(output, 'report.json') }];
}

function optionsOf(flags: RunFlags, records: boolean): RunOptions {
  const traceDir = flags.traceDir ?? flags.output;
  return completeRunOptions({
    backend: chooseBackend(flags),
    seed: flags.seed,
    patience: flags.patience,
    quietMs: flags.quiet,
    nodes: flags.nodes,
    strict: flags.strict === true,
    records,
    ...(traceDir === undefined ? {} : { traceDir }),
  });
}

function suiteOf(files: readonly string[], flags: RunFlags, options: RunOptions): Parameters<typeof runSuite>[0] {
  const maxFailures = flags.bail === true ? 1 : flags.maxFailures;
  return {
    files,
    options,
    workers: flags.workers,
    filter: {
      tags: flags.tag,
      ...(flags.grep === undefined ? {} : { grep: flags.grep }),
      ...(flags.row === undefined ? {} : { row: flags.row }),
    },
    ...(maxFailures === undefined ? {} : { maxFailures }),
  };
}
