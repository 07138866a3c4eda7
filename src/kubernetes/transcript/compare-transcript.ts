// Whether a transcript is true: an author's text against what kubectl prints, by rows and columns.

import { align } from './align.ts';
import { compareColumns } from './compare-columns.ts';
import { hashConflict } from './hash-conflict.ts';
import { comparedLines } from './compared-lines.ts';
import type { Pairing } from './align.ts';
import type { ColumnDifference } from './compare-columns.ts';
import type { ComparedLine } from './compared-lines.ts';

/** What is compared, and how. */
export interface TranscriptComparison {
  /** The author's text; `…` or `...` alone on a line skips any number of lines. */
  readonly expected: string;
  /** What was printed. */
  readonly actual: string;
  /** Columns of `actual` where it has no header (`--no-headers`); then also of `expected`. */
  readonly columns?: readonly string[];
  /**
   * `exact` (default): the headers must name the same columns. `common`: columns that only one of them has do not count,
   * as when an older kubectl printed the transcript; those of `expected` must still stand in the order of `actual`.
   */
  readonly columnRule?: 'exact' | 'common';
}

/** One line of a diff, in the order of a reader. */
export interface TranscriptDiffLine {
  /** `same`: in both; `missing`: only the author has it; `extra`: only printed; `skipped`: the author's `…`. */
  readonly kind: 'same' | 'missing' | 'extra' | 'skipped';
  /** The line as it stands where it comes from: the author's for all but `extra`. */
  readonly text: string;
  /** Number of the line in `expected`, from 1; absent for `extra`. */
  readonly expectedLine?: number;
  /** Number of the line in `actual`, from 1; absent for `missing` and `skipped`. */
  readonly actualLine?: number;
  /** What differs, on a `missing` line whose counterpart follows it: `STATUS is Running`. */
  readonly remark?: string;
}

/** What a comparison comes to. */
export type TranscriptResult =
  | {
      readonly kind: 'same';
      /** Number of lines that were compared (headers are none): 0 means that nothing could have been wrong. */
      readonly rows: number;
      /** Columns that did not count, under `common`. */
      readonly columns?: ColumnDifference;
    }
  | {
      readonly kind: 'different';
      /** One sentence for the first difference, naming the line of `expected` where there is one. */
      readonly reason: string;
      readonly diff: readonly TranscriptDiffLine[];
      /** Present where the headers name other columns. */
      readonly columns?: ColumnDifference;
      /** True when the columns alone differ: with `columnRule: common` it would be the same. */
      readonly onlyColumns: boolean;
    };

/**
 * Compares. Ages, addresses, node names, generated suffixes, uids, versions and times do not count, nor do blanks; a row
 * that repeats what the same object showed last is left out on both sides. Everything else must be there in its order.
 */
export function compareTranscript(comparison: TranscriptComparison): TranscriptResult {
  const { columnRule = 'exact' } = comparison;
  const strict = compareBy(comparison, 'exact');
  if (strict.kind === 'same' || strict.columns === undefined) return strict;
  const loose = compareBy(comparison, 'common');
  if (columnRule === 'common') return loose;
  return loose.kind === 'same' ? { ...strict, onlyColumns: true } : strict;
}

function compareBy(comparison: TranscriptComparison, columnRule: 'exact' | 'common'): TranscriptResult {
  const { expected, actual, columns } = comparedLines(comparison, columnRule);
  const pairs = align(expected, actual);
  const difference = columns === undefined ? {} : { columns };
  const conflict = hashConflict(pairs);
  if (conflict === undefined && pairs.every(({ kind }) => kind === 'same' || kind === 'skipped')) {
    return { kind: 'same', rows: pairs.filter(countsAsRow).length, ...difference };
  }
  const diff = pairs.flatMap((pair) => diffLinesOf(pair, conflict));
  return { kind: 'different', reason: reasonOf(pairs, conflict?.reason), diff, ...difference, onlyColumns: false };
}

function countsAsRow(pair: Pairing): boolean {
  return pair.kind === 'same' && pair.expected.kind !== 'header';
}

function reasonOf(pairs: readonly Pairing[], conflict: string | undefined): string {
  const first = pairs.find(({ kind }) => kind !== 'same' && kind !== 'skipped');
  if (first === undefined) return conflict ?? 'generated names differ';
  if (first.kind === 'changed') return `line ${first.expected.line} differs: ${changeOf(first.expected, first.actual)}`;
  if (first.kind === 'missing')
    return `line ${first.expected.line} is not printed there: ${shown(first.expected.text)}`;
  const { text } = (first as Extract<Pairing, { readonly kind: 'extra' }>).actual;
  return `printed, but not in the transcript: ${shown(text)}`;
}

function diffLinesOf(
  pair: Pairing,
  conflict: { readonly line: number; readonly reason: string } | undefined,
): TranscriptDiffLine[] {
  switch (pair.kind) {
    case 'same': {
      const same = { text: pair.expected.text, expectedLine: pair.expected.line, actualLine: pair.actual.line };
      if (conflict?.line !== pair.expected.line) return [{ kind: 'same', ...same }];
      return [{ kind: 'missing', ...same, remark: conflict.reason }, extraLine(pair.actual)];
    }
    case 'changed': {
      const { expected, actual } = pair;
      const remark = changeOf(expected, actual);
      return [{ kind: 'missing', text: expected.text, expectedLine: expected.line, remark }, extraLine(actual)];
    }
    case 'missing':
      return [{ kind: 'missing', text: pair.expected.text, expectedLine: pair.expected.line }];
    case 'skipped':
      return [{ kind: 'skipped', text: pair.expected.text, expectedLine: pair.expected.line }];
    case 'extra':
      break;
  }
  return [extraLine(pair.actual)];
}

function extraLine({ text, line }: ComparedLine): TranscriptDiffLine {
  return { kind: 'extra', text, actualLine: line };
}

/** What differs between two lines that speak of the same: cell by cell where both have the same columns. */
function changeOf(expected: ComparedLine, actual: ComparedLine): string {
  if (expected.kind === 'header') return compareColumns(expected.columns, actual.columns)?.text ?? 'the header differs';
  if (expected.columns.length === 0 || expected.elided.length !== actual.elided.length)
    return `printed is ${shown(actual.text)}`;
  const cells = expected.columns.flatMap((column, at) =>
    expected.elided[at] === actual.elided[at] ? [] : [`${column} is ${shown(actual.cells[at] ?? '')}`],
  );
  return cells.length === 0 ? `printed is ${shown(actual.text)}` : cells.join(', ');
}

function shown(text: string): string {
  const flat = text.trim().replaceAll(/\s+/gu, ' ');
  return flat === '' ? 'empty' : flat.length > 100 ? `${flat.slice(0, 99)}…` : flat;
}
