// Whether what a lesson shows is what was printed, and if not, whether it is old or wrong.

import { compareTranscript } from '../../kubernetes/transcript/compare-transcript.ts';
import { readTranscript } from '../../kubernetes/transcript/read-transcript.ts';
import { isDecoration } from '../markdown/looks-like.ts';
import { olderWords } from './older-words.ts';
import { withinWatch } from './watch-window.ts';
import type { TranscriptDiffLine, TranscriptResult } from '../../kubernetes/transcript/compare-transcript.ts';
import type { ShownOutput } from '../markdown/lesson.ts';
import type { BlockDiffLine, BlockVerdict } from './block-result.ts';

/** What a comparison comes to. */
export interface OutputJudgement {
  readonly verdict: BlockVerdict;
  readonly reason?: string;
  readonly notes: readonly string[];
  readonly diff?: readonly BlockDiffLine[];
}

const stretchNote = 'a stretch of what happens: it was opened later, ended sooner, or shows some of the objects';

/**
 * Compares. What shows changes (`get -w`, `rollout status`) may have been started later than ours and ended sooner: it must
 * then be a stretch of what ours shows. A header that the author left out is taken from what was printed.
 */
export function judgeOutput(
  shown: ShownOutput,
  printed: string,
  { watching }: { readonly watching: boolean },
): OutputJudgement {
  const { text, headerAdded } = expectedText(shown, printed);
  const notes = headerAdded ? ['the header is left out'] : [];
  const whole = compareTranscript({ expected: text, actual: printed });
  if (whole.kind === 'same') return { verdict: 'true', notes };
  const actual = watching ? withinWatch(text, printed) : printed;
  const agrees = (expected: string): boolean => isSame(expected, actual, watching);
  if (agrees(text)) return { verdict: 'true', notes: [...notes, stretchNote] };
  const differs = actual === printed ? whole : compareTranscript({ expected: text, actual });
  const shift = shown.lines.first - 1 - (headerAdded ? 1 : 0);
  return { verdict: 'false', notes, ...explained({ text, headerAdded, actual, agrees, differs, shown, shift }) };
}

interface Difference {
  readonly text: string;
  readonly headerAdded: boolean;
  readonly actual: string;
  readonly agrees: (expected: string) => boolean;
  readonly differs: TranscriptResult;
  readonly shown: ShownOutput;
  /** What is added to a line of the text to have that of the lesson. */
  readonly shift: number;
}

function explained(difference: Difference): Pick<OutputJudgement, 'reason' | 'diff'> {
  const { text, actual, agrees, differs, shown, shift } = difference;
  const columns = differs.kind === 'different' ? differs.columns : undefined;
  const shownDiff = (result: TranscriptResult): readonly BlockDiffLine[] =>
    result.kind === 'same'
      ? []
      : result.diff
          .filter(({ kind, expectedLine }) => !(difference.headerAdded && kind === 'same' && expectedLine === 1))
          .map((line) => atLesson(line, shown, shift));
  if (columns !== undefined) {
    const old = `columns of an older kubectl (${columns.text.replace(/^columns differ: /, '')})`;
    const common = compareTranscript({ expected: text, actual, columnRule: 'common' });
    if (common.kind === 'same') {
      return { reason: `${old}; the columns that both have agree`, diff: shownDiff(differs).slice(0, 2) };
    }
    const further = otherOrder(text, actual) ?? reasonOf(common, shown, shift);
    return { reason: `${old}; and ${further}`, diff: shownDiff(common) };
  }
  const unset = difference.headerAdded ? withoutNewColumns(difference) : undefined;
  const old = unset ?? olderWords(text, agrees) ?? otherOrder(text, actual);
  return { reason: old ?? reasonOf(differs, shown, shift), diff: shownDiff(differs) };
}

/** Rows without a header, of a kubectl that did not have the columns which are unset today. */
function withoutNewColumns({ text, actual }: Difference): string | undefined {
  const [header = '', ...rows] = actual.split('\n');
  const old = rows.map((row) => row.replaceAll(/\s+<unset>(?=\s)/g, '')).join('\n');
  if (old === rows.join('\n')) return undefined;
  const agree = isSame(text.split('\n').slice(1).join('\n'), old, false);
  const column = /\bVOLUMEATTRIBUTESCLASS\b/.exec(header)?.[0];
  return agree && column !== undefined ? `columns of an older kubectl (${column} not in the transcript)` : undefined;
}

/** Each object's rows are there; who of several comes first is another matter. */
function otherOrder(expected: string, actual: string): string | undefined {
  const [left, right] = [byObject(expected), byObject(actual)];
  if (left === undefined || right === undefined) return undefined;
  const agree = compareTranscript({ expected: left, actual: right, columnRule: 'common' }).kind === 'same';
  return agree ? 'the rows of each object agree, but not their order among each other' : undefined;
}

/** A table with the rows of each object together, objects by name; undefined for what is no table. */
function byObject(text: string): string | undefined {
  const [header, ...rows] = readTranscript(text);
  if (header?.kind !== 'header') return undefined;
  const named = rows.map((row) => ({ text: row.text, name: row.kind === 'row' ? (row.cells[0] ?? '') : '' }));
  named.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return [header.text, ...named.map((row) => row.text)].join('\n');
}

function isSame(expected: string, actual: string, stretch: boolean): boolean {
  if (compareTranscript({ expected, actual }).kind === 'same') return true;
  if (!stretch) return false;
  const [first = '', ...rest] = expected.split('\n');
  const header = readTranscript(first)[0]?.kind === 'header';
  const between = header ? [first, '…', ...rest, '…'] : ['…', expected, '…'];
  return compareTranscript({ expected: between.join('\n'), actual }).kind === 'same';
}

function expectedText(
  { texts }: ShownOutput,
  printed: string,
): { readonly text: string; readonly headerAdded: boolean } {
  const text = texts.map((line) => (isDecoration(line) ? '' : line)).join('\n');
  const header = readTranscript(printed)[0];
  const first = readTranscript(text)[0];
  const headerAdded = header?.kind === 'header' && first?.kind === 'row';
  return { text: headerAdded ? `${header.text}\n${text}` : text, headerAdded };
}

function reasonOf(result: TranscriptResult, shown: ShownOutput, shift: number): string {
  if (result.kind === 'same') return 'the columns differ';
  return result.reason.replace(/^line (\d+)/, (_, line: string) => `line ${withinLesson(Number(line), shown, shift)}`);
}

function atLesson(line: TranscriptDiffLine, shown: ShownOutput, shift: number): BlockDiffLine {
  const { kind, text, expectedLine, remark } = line;
  const number = expectedLine === undefined ? undefined : withinLesson(expectedLine, shown, shift);
  return { kind, text, ...(number !== undefined && { line: number }), ...(remark !== undefined && { remark }) };
}

function withinLesson(expectedLine: number, { lines }: ShownOutput, shift: number): number {
  return Math.min(Math.max(expectedLine + shift, lines.first), lines.last);
}
