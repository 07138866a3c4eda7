// `setpiece compare`: the same scenarios on two backends, and where they part.

import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { createPalette } from '../../../reporters/render/palette.ts';
import { renderComparison, renderComparisons } from '../../../reporters/render/comparison.ts';
import { closest } from '../../kubernetes/did-you-mean.ts';
import { compareScenarios } from '../../runner/compare.ts';
import { exitCodes } from '../../runner/exit-code.ts';
import { findBeside } from '../../runner/find-beside.ts';
import { findScenarios } from '../../runner/find-scenarios.ts';
import { framesOf } from '../../runner/frames.ts';
import { formatPathError } from '../../runner/path-error.ts';
import { completeRunOptions } from '../../runner/run-options.ts';
import { readKnownDivergences } from '../../scenario/known-divergences.ts';
import { backendOptions, refuseStrayFlags } from '../backend-flags.ts';
import { interruptible } from '../interrupt.ts';
import { ReportedError } from '../reported-error.ts';
import { reasonOf } from '../reported-run.ts';
import { suiteFilter, suiteOptions } from '../suite-flags.ts';
import { standardError, standardOutput } from '../streams.ts';
import type { CompareEnd, CompareInput, SideChoice } from '../../runner/compare.ts';
import type { Comparison } from '../../runner/compare/comparison.ts';
import type { KnownDivergence } from '../../scenario/known-divergences.ts';
import type { BackendFlags } from '../backend-flags.ts';
import type { SuiteFlags } from '../suite-flags.ts';

/** The options of `compare` as the command line gives them. */
export interface CompareFlags extends SuiteFlags, Omit<BackendFlags, 'backend' | 'nodes'> {
  readonly backends: string;
  readonly known?: string;
  readonly seeds: number;
  readonly traceDir?: string;
  readonly json?: true;
}

const backends = ['simulator', 'cluster', 'kind'] as const;

/** Compares and gives the exit code: 1 for a divergence that nobody has recorded, or a recorded one that is gone. */
export async function compare(paths: readonly string[], flags: CompareFlags): Promise<number> {
  const found = await findScenarios(paths);
  if (found.kind === 'nothing') throw new ReportedError(found.reason, exitCodes.invalid);
  const input = inputOf(found.files, flags);
  const palette = createPalette(standardOutput.colours);
  const show = (comparison: Comparison): void => {
    if (flags.json === true) return;
    for (const line of renderComparison(comparison, palette)) standardOutput.write(`${line}\n`);
  };
  const onProgress = (text: string): void => standardError.write(`${text}\n`);
  const end = await interruptible((signal) =>
    compareScenarios(input, { signal, onProgress, onComparison: show }),
  ).catch((error: unknown) => {
    const [reason, exitCode] = reasonOf(error);
    throw new ReportedError(reason, exitCode);
  });
  if (flags.json === true) standardOutput.write(`${JSON.stringify(jsonOf(end), undefined, 2)}\n`);
  else tellEnd(end);
  return end.exitCode;

  function tellEnd({ comparisons, unneeded, exitCode }: CompareEnd): void {
    for (const { scenario, divergence, reason, span } of unneeded) {
      const place = palette.place(`${span.file}:${span.line}`);
      standardOutput.write(
        `${palette.bad('✗')} ${place}  ${scenario}: ${divergence} no longer occurs; remove it from the list (${reason})\n`,
      );
    }
    standardOutput.write(`\n${renderComparisons(comparisons, palette)}${palette.faint(`, exit code ${exitCode}`)}\n`);
  }
}

function jsonOf({ comparisons, unneeded, exitCode }: CompareEnd): object {
  return { setpieceComparison: 1, exitCode, comparisons, unneeded };
}

function inputOf(files: readonly string[], flags: CompareFlags): CompareInput {
  const words = flags.backends.split(',').map((word) => word.trim());
  const [left, right] = words;
  if (left === undefined || right === undefined || words.length !== 2) {
    throw usageError(`--backends wants two, as in simulator,kind; found \`${flags.backends}\``);
  }
  refuseStrayFlags(flags, words);
  const sides = { left: sideOf(left, flags), right: sideOf(right, flags) };
  if ((sides.left.kind === 'trace' || sides.right.kind === 'trace') && files.length !== 1) {
    throw usageError(`a trace is of one scenario; ${files.length} scenario files are named`);
  }
  const { traceDir } = flags;
  return {
    files,
    ...sides,
    seeds: flags.seeds,
    filter: suiteFilter(flags),
    options: completeRunOptions({ ...suiteOptions(flags), ...(traceDir === undefined ? {} : { traceDir }) }),
    known: knownFor(files, flags.known),
  };
}

function sideOf(word: string, flags: CompareFlags): SideChoice {
  const backend = backends.find((name) => name === word);
  if (backend !== undefined) return { kind: 'backend', options: backendOptions(backend, flags) };
  if (/[./\\]/.test(word)) return { kind: 'trace', path: word };
  const near = closest(word, backends);
  const hint = near === undefined ? `${backends.join(', ')}, or the path of a trace` : `did you mean ${near}?`;
  throw usageError(`there is no backend \`${word}\`: ${hint}`);
}

/** The list that was named, or those above the scenarios. */
function knownFor(files: readonly string[], named: string | undefined): readonly KnownDivergence[] {
  const found = files.map((file) => findBeside(file, 'divergences.yaml'));
  const lists = named === undefined ? new Set(found.filter((list) => list !== undefined)) : new Set([named]);
  return [...lists].flatMap((list) => {
    const file = named ?? relative('', list);
    const text = readList(list);
    const { entries, problems } = readKnownDivergences({ file, text });
    if (problems.length === 0) return entries;
    throw usageError(`${file} cannot be used:\n${framesOf(problems, new Map([[file, text]])).join('\n')}`);
  });
}

function readList(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw usageError(`the list of known divergences ${path} cannot be read: ${formatPathError(error)}`);
  }
}

function usageError(message: string): ReportedError {
  return new ReportedError(message, exitCodes.invalid);
}
