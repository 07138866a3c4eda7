// `setpiece run`: finds scenarios, runs them, reports, and gives the exit code.

import { join } from 'node:path';
import { createPalette } from '../../../reporters/render/palette.ts';
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
import { standardError, standardOutput } from '../streams.ts';
import { suiteFilter, suiteOptions } from '../suite-flags.ts';
import type { RunOptions } from '../../runner/run-options.ts';
import type { SuiteFilter } from '../../runner/plan-suite.ts';
import type { Shard } from '../../runner/shard.ts';
import type { BackendFlags } from '../backend-flags.ts';
import type { SuiteFlags } from '../suite-flags.ts';
import type { ConfiguredPaths } from '../config/apply-config.ts';
import type { ReporterChoice } from '../reporters.ts';

/** The options of `run` as the command line gives them. */
export interface RunFlags extends SuiteFlags, BackendFlags, ConfiguredPaths {
  readonly shard?: Shard;
  readonly workers: number;
  readonly retries?: number;
  readonly maxFailures?: number;
  readonly bail?: true;
  readonly strict?: true;
  readonly output?: string;
  readonly traceDir?: string;
  readonly reporter: readonly string[];
  readonly list?: true;
  readonly listImages?: true;
  readonly watch?: true;
  readonly update?: true;
}

/** Runs and gives the exit code. Paths of the command line go before those of the config file; the default is the folder here. */
export async function run(named: readonly string[], flags: RunFlags): Promise<number> {
  const paths = named.length > 0 ? named : (flags.paths ?? ['.']);
  if (flags.list === true || flags.listImages === true) {
    const { listRuns, listImages } = await import('../list-runs.ts');
    const suite = { files: await filesOf(paths), filter: filterOf(flags) };
    return flags.list === true ? listRuns(suite) : listImages(suite);
  }
  if (flags.update === true) await update(paths, flags);
  return flags.watch === true ? watched(paths, flags) : runOnce(paths, flags);
}

async function runOnce(paths: readonly string[], flags: RunFlags): Promise<number> {
  const reporters = await createReporters(reporterChoices(flags));
  const options = optionsOf(flags, reporters.wantsRecords);
  return reportedRun(reporters, async () => {
    await checkNodes(flags.nodes, options.backend);
    const files = await filesOf(paths);
    return interruptible((signal) =>
      runSuite(suiteOf(files, flags, options), reporters.on, signal, { onProgress: tellProgress }),
    );
  });
}

/** Rewrites transcripts and says what was changed; the run that follows judges what stands there now. */
async function update(paths: readonly string[], flags: RunFlags): Promise<void> {
  const { refuseOnCi, updateTranscripts } = await import('../update-transcripts.ts');
  refuseOnCi(process.env);
  const { traceDir: _, ...options } = optionsOf(flags, false);
  await checkNodes(flags.nodes, options.backend);
  const files = await filesOf(paths);
  const updates = await interruptible((signal) =>
    updateTranscripts(files, (some, emit) => runSuite(suiteOf(some, flags, options), emit, signal)),
  );
  for (const done of updates) {
    if (done.kind === 'updated') standardOutput.write(`updated ${done.file}:${done.line}  ${done.command}\n`);
    else standardError.write(`not updated ${done.file}: ${done.reason}\n`);
  }
}

/** Until Ctrl-C, which is the way to end it and no failure. */
async function watched(paths: readonly string[], flags: RunFlags): Promise<number> {
  const { watchFiles } = await import('../watch-files.ts');
  const palette = createPalette(standardOutput.colours);
  await interruptible((signal) =>
    watchFiles({
      paths,
      signal,
      run: async (files) => {
        const reporters = await createReporters(reporterChoices(flags));
        const options = optionsOf(flags, reporters.wantsRecords);
        await reportedRun(reporters, () =>
          runSuite(suiteOf(files, flags, options), reporters.on, signal, { onProgress: tellProgress }),
        );
        if (!signal.aborted) standardOutput.write(palette.faint('\nwaiting for changes; Ctrl-C ends\n'));
      },
      onChange: (changed) => standardOutput.write(`\n${palette.place(`changed: ${changed.join(', ')}`)}\n\n`),
    }),
  );
  return exitCodes.pass;
}

function tellProgress(text: string): void {
  standardError.write(`${text}\n`);
}

async function filesOf(paths: readonly string[]): Promise<readonly string[]> {
  const found = await findScenarios(paths);
  if (found.kind === 'nothing') throw new ReportedError(found.reason, exitCodes.invalid);
  return found.files;
}

function reporterChoices({ reporter, output }: RunFlags): readonly ReporterChoice[] {
  const chosen = chooseReporters(reporter);
  return output === undefined ? chosen : [...chosen, { name: 'json', file: join(output, 'report.json') }];
}

function optionsOf(flags: RunFlags, records: boolean): RunOptions {
  const traceDir = flags.traceDir ?? flags.output;
  const { retries = 0 } = flags;
  if (retries > 0 && flags.backend === 'simulator') {
    const why = 'the simulator gives the same run for the same seed; --retries is for real clusters';
    throw new ReportedError(why, exitCodes.invalid);
  }
  return completeRunOptions({
    backend: chooseBackend(flags),
    ...suiteOptions(flags),
    strict: flags.strict === true,
    records,
    retries,
    ...(traceDir === undefined ? {} : { traceDir }),
  });
}

function filterOf(flags: RunFlags): SuiteFilter {
  const { shard } = flags;
  return shard === undefined ? suiteFilter(flags) : { ...suiteFilter(flags), shard };
}

function suiteOf(files: readonly string[], flags: RunFlags, options: RunOptions): Parameters<typeof runSuite>[0] {
  const maxFailures = flags.bail === true ? 1 : flags.maxFailures;
  return {
    files,
    options,
    workers: flags.workers,
    filter: filterOf(flags),
    ...(maxFailures === undefined ? {} : { maxFailures }),
  };
}
