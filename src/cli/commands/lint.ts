// `setpiece lint`: all that can be found in scenario files without running them.

import { createPalette } from '../../../reporters/render/palette.ts';
import { exitCodes } from '../../runner/exit-code.ts';
import { findScenarios } from '../../runner/find-scenarios.ts';
import { projectRootOf } from '../../runner/project-root.ts';
import { Catalogues } from '../../scenario/catalogues.ts';
import { renderProblem } from '../../scenario/frame.ts';
import { findDuplicateIds, lintScenario } from '../../scenario/lint.ts';
import { loadScenario } from '../../scenario/load-scenario.ts';
import { ReportedError } from '../reported-error.ts';
import { standardOutput } from '../streams.ts';
import type { Palette } from '../../../reporters/render/palette.ts';
import type { Painter } from '../../scenario/frame.ts';
import type { Catalogue } from '../../scenario/guarantees.ts';
import type { Scenario } from '../../scenario/model.ts';
import type { Problem } from '../../scenario/problem.ts';

/** Prints every problem with its frame; errors make exit code 2, with `--strict` warnings do, too. */
export async function lint(paths: readonly string[], flags: { readonly strict?: true }): Promise<number> {
  const found = await findScenarios(paths);
  if (found.kind === 'nothing') throw new ReportedError(found.reason, exitCodes.invalid);
  const palette = createPalette(standardOutput.colours);
  const { problems, sources } = lintFiles(found.files);
  const painter = painterOf(palette);
  for (const problem of problems) {
    standardOutput.write(`${renderProblem(problem, { source: (file) => sources.get(file), painter })}\n\n`);
  }
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  standardOutput.write(`${summary(found.files.length, errors, problems.length - errors, palette)}\n`);
  return errors > 0 || (flags.strict === true && problems.length > 0) ? exitCodes.invalid : exitCodes.pass;
}

interface LintResult {
  readonly problems: readonly Problem[];
  /** Texts by file, for frames. */
  readonly sources: ReadonlyMap<string, string>;
}

function lintFiles(files: readonly string[]): LintResult {
  const problems: Problem[] = [];
  const sources = new Map<string, string>();
  const scenarios: Scenario[] = [];
  const catalogues = new Catalogues();
  const told = new Set<Catalogue>();
  for (const file of files) {
    const { catalogue, ...read } = loadScenario(file, projectRootOf(file), { catalogues });
    for (const [name, text] of read.sources) sources.set(name, text);
    if (catalogue !== undefined && !told.has(catalogue)) {
      told.add(catalogue);
      sources.set(catalogue.file, catalogue.text);
      problems.push(...catalogue.problems);
    }
    problems.push(...read.problems);
    if (read.scenario === undefined) continue;
    scenarios.push(read.scenario);
    problems.push(...lintScenario(read.scenario, read.manifests));
  }
  return { problems: [...problems, ...findDuplicateIds(scenarios)], sources };
}

function painterOf({ place, bad, doubtful, faint }: Palette): Painter {
  return { location: place, error: bad, warning: doubtful, gutter: faint, hint: faint };
}

function summary(files: number, errors: number, warnings: number, palette: Palette): string {
  const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
  if (errors + warnings === 0) return `${palette.good('✓')} ${counted(files, 'file')}, nothing to report`;
  const told = [
    ...(errors > 0 ? [palette.bad(counted(errors, 'error'))] : []),
    ...(warnings > 0 ? [palette.doubtful(counted(warnings, 'warning'))] : []),
  ];
  return `${counted(files, 'file')}: ${told.join(', ')}`;
}
