// The diff of a transcript, as lines of the author's file: what is not printed there, and what is printed instead.

import { displayWidth, padRight, printable } from './width.ts';
import type { Transcript, TranscriptLine } from '../../src/expectations/verdict.ts';
import type { Palette } from './palette.ts';

/** So many lines that are the same are shown around one that is not. */
const contextMax = 3;
const numberWidthMin = 4;

/** The lines of a diff: `-` what the author has, `+` what was printed; the rest only near a difference. */
export function renderTranscript({ lines }: Transcript, palette: Palette): readonly string[] {
  const textWidth = Math.max(0, ...lines.filter(({ remark }) => remark !== undefined).map(({ text }) => widthOf(text)));
  const numberWidth = Math.max(numberWidthMin, ...lines.map(({ line }) => String(line ?? '').length));
  return nearDifferences(lines).map((line) =>
    line === 'left out'
      ? palette.faint(`  ${' '.repeat(numberWidth)}   ⋮`)
      : renderLine(line, { palette, textWidth, numberWidth }),
  );
}

/** The lines that differ and those around them; `left out` stands once for each run of others. */
export function nearDifferences(lines: readonly TranscriptLine[]): readonly (TranscriptLine | 'left out')[] {
  const shown = lines.map((_, at) => isNearDifference(lines, at));
  return lines.flatMap((line, at): readonly (TranscriptLine | 'left out')[] => {
    if (shown[at] === true) return [line];
    return at === 0 || shown[at - 1] === true ? ['left out'] : [];
  });
}

function isNearDifference(lines: readonly TranscriptLine[], at: number): boolean {
  const near = lines.slice(Math.max(0, at - contextMax), at + contextMax + 1);
  return near.some(({ kind }) => kind === 'missing' || kind === 'extra');
}

interface LineLayout {
  readonly palette: Palette;
  readonly textWidth: number;
  readonly numberWidth: number;
}

function renderLine({ kind, text, line, remark }: TranscriptLine, layout: LineLayout): string {
  const { palette, textWidth, numberWidth } = layout;
  const number = String(line ?? '').padStart(numberWidth);
  const bare = printable(text.replaceAll('\t', '  '));
  if (kind === 'same' || kind === 'skipped') return palette.faint(`  ${number}   ${bare}`);
  if (kind === 'extra') return palette.good(`+ ${number}   ${bare}`);
  const told = remark === undefined ? '' : `   ${palette.doubtful(`← ${printable(remark)}`)}`;
  const padded = remark === undefined ? bare : padRight(bare, textWidth);
  return `${palette.bad(`- ${number}   ${padded}`)}${told}`;
}

function widthOf(text: string): number {
  return displayWidth(printable(text.replaceAll('\t', '  ')));
}
