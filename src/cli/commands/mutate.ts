// `setpiece mutate`: runs scenarios on mutants, shows the matrix, and gives the exit code.

import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { createPalette } from '../../../reporters/render/palette.ts';
import { exitCodes } from '../../runner/exit-code.ts';
import { findScenarios } from '../../runner/find-scenarios.ts';
import { runMutation } from '../../runner/mutation.ts';
import { planSuite } from '../../runner/plan-suite.ts';
import { completeRunOptions } from '../../runner/run-options.ts';
import { mutants } from '../../simulator/mutants/catalogue.ts';
import { checkMutant } from '../check-mutant.ts';
import { interruptible } from '../interrupt.ts';
import { mutationMarkdown } from '../mutation-markdown.ts';
import { listMutants, mutationText } from '../mutation-text.ts';
import { tryReport, writeReport } from '../report-file.ts';
import { ReportedError } from '../reported-error.ts';
import { standardError, standardOutput } from '../streams.ts';
import type { MutationReport } from '../../runner/mutation-report.ts';
import type { PlannedRun } from '../../runner/plan-suite.ts';
import type { Mutant } from '../../simulator/mutants/mutant.ts';

/** The options of `mutate` as the command line gives them. */
export interface MutateFlags {
  readonly mutant: readonly string[];
  readonly first?: true;
  readonly list?: true;
  readonly grep?: RegExp;
  readonly seed: number;
  readonly workers?: number;
  readonly reporter: 'list' | 'markdown' | 'json';
  readonly json?: string;
}

const folderDefault = 'scenarios/conformance';

/** Runs and gives the exit code. */
export async function mutate(named: readonly string[], flags: MutateFlags): Promise<number> {
  const chosen = await choose(flags.mutant);
  const palette = createPalette(standardOutput.colours);
  if (flags.list === true) {
    standardOutput.write(listMutants(chosen, { palette, columns: standardOutput.columns }));
    return exitCodes.pass;
  }
  if (flags.json !== undefined) tryReport(flags.json);
  const runs = await plan(named, flags);
  const beganMs = performance.now();
  const report = await interruptible((signal) =>
    runMutation({
      runs,
      mutants: chosen,
      all: chosen.length === mutants.length,
      first: flags.first === true,
      options: completeRunOptions({ seed: flags.seed }),
      workers: flags.workers ?? availableParallelism(),
      signal,
      ...(standardError.interactive ? { onProgress: showProgress } : {}),
    }),
  );
  const seconds = (performance.now() - beganMs) / 1000;
  const json = `${JSON.stringify(report, undefined, 2)}\n`;
  if (flags.json !== undefined) writeReport(flags.json, json);
  if (flags.reporter === 'json') standardOutput.write(json);
  else if (flags.reporter === 'markdown') standardOutput.write(mutationMarkdown(report));
  else standardOutput.write(mutationText(report, { palette, columns: standardOutput.columns, seconds }));
  return exitCodeOf(report);
}

async function choose(ids: readonly string[]): Promise<readonly Mutant[]> {
  if (ids.length === 0) return mutants;
  const found: Mutant[] = [];
  for (const id of new Set(ids)) found.push(await checkMutant(id));
  return found;
}

async function plan(named: readonly string[], { grep }: MutateFlags): Promise<readonly PlannedRun[]> {
  const paths = named.length > 0 ? named : [folderDefault];
  if (named.length === 0 && !existsSync(folderDefault)) {
    const reason = `there is no ${folderDefault} here: name the scenarios, as in \`setpiece mutate scenarios/\``;
    throw new ReportedError(reason, exitCodes.invalid);
  }
  const found = await findScenarios(paths);
  if (found.kind === 'nothing') throw new ReportedError(found.reason, exitCodes.invalid);
  const { runs, reason } = planSuite(found.files, { tags: [], ...(grep === undefined ? {} : { grep }) });
  const invalid = runs.find((run) => run.kind === 'invalid');
  if (invalid?.kind === 'invalid') {
    standardError.write(`${invalid.frames.join('\n')}\n`);
    throw new ReportedError(`${invalid.file} cannot be run`, exitCodes.invalid);
  }
  if (runs.length === 0) throw new ReportedError(reason ?? 'there is no scenario', exitCodes.invalid);
  return runs;
}

/** One line that is written over; gone with the last run. */
function showProgress(done: number, of: number): void {
  if (done % 10 === 0 || done === of) standardError.write(done === of ? '\r\u001B[K' : `\r${done} of ${of} runs`);
}

function exitCodeOf({ interrupted, bugs, survivors, idle, unsound }: MutationReport): number {
  if (bugs.length > 0) return exitCodes.bug;
  if (interrupted) return exitCodes.interrupted;
  return survivors.length + idle.length + unsound.length > 0 ? exitCodes.fail : exitCodes.pass;
}
