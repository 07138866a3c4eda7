// `run --list` and `run --list-images`: what would run, without running it.

import { createPalette } from '../../reporters/render/palette.ts';
import { exitCodes } from '../runner/exit-code.ts';
import { planSuite } from '../runner/plan-suite.ts';
import { imagesOf } from '../runner/suite-images.ts';
import { ReportedError } from './reported-error.ts';
import { standardError, standardOutput } from './streams.ts';
import type { PlannedRun, SuiteFilter } from '../runner/plan-suite.ts';

/** Which suite. */
export interface ListedSuite {
  readonly files: readonly string[];
  readonly filter: SuiteFilter;
}

/** One line a run: `file:line`, id, title and tags. Files that cannot be read make exit code 2. */
export function listRuns(suite: ListedSuite): number {
  const palette = createPalette(standardOutput.colours);
  const runs = runsOf(suite);
  for (const run of runs) {
    if (run.kind === 'invalid') continue;
    const { id, title, file, span, tags } = run.loaded.scenario;
    const name = run.row.row === undefined ? id : `${id}#${run.row.row}`;
    const tagged = tags.length === 0 ? '' : palette.faint(`   ${tags.map((tag) => `@${tag}`).join(' ')}`);
    standardOutput.write(`${palette.place(`${file}:${span.line}`)}  ${palette.strong(name)}  ${title}${tagged}\n`);
  }
  standardOutput.write(`\n${palette.faint(`${runs.length} runs of ${suite.files.length} files`)}\n`);
  return tellInvalid(runs);
}

/** One image a line, and nothing else: `setpiece run --list-images | xargs -n1 docker pull`. */
export function listImages(suite: ListedSuite): number {
  const runs = runsOf(suite);
  for (const image of imagesOf(runs)) standardOutput.write(`${image}\n`);
  return tellInvalid(runs);
}

function runsOf({ files, filter }: ListedSuite): readonly PlannedRun[] {
  const { runs, reason } = planSuite(files, filter);
  if (runs.length === 0 && reason !== undefined) throw new ReportedError(reason, exitCodes.invalid);
  return runs;
}

function tellInvalid(runs: readonly PlannedRun[]): number {
  const invalid = runs.filter((run) => run.kind === 'invalid');
  for (const { frames } of invalid) standardError.write(`${frames.join('\n')}\n`);
  return invalid.length === 0 ? exitCodes.pass : exitCodes.invalid;
}
