// An explanation as lines: the rule, the author's lines, the shortest history, what was compared and what was awaited.

import { renderHistory } from './history.ts';
import { renderTranscript } from './transcript.ts';
import { displayWidth, padRight, printable } from './width.ts';
import type { Explanation, ExpectationWord, Verdict } from '../../src/expectations/verdict.ts';
import type { HistoryLayout } from './history.ts';
import type { Palette } from './palette.ts';

const headlines: Readonly<Record<ExpectationWord, string>> = {
  order: 'order violated',
  eventually: 'eventually not reached',
  settled: 'not so when settled',
  never: 'never violated',
  always: 'always violated',
  whenever: 'whenever violated',
  holds: 'holds broken',
  until: 'until not reached',
  rejected: 'rejected differs',
  answered: 'answered differs',
  prints: 'prints differs',
  accepted: 'REFUSED',
};

/** The lines of one verdict that is not a plain pass, without indentation of the whole. */
export function renderVerdict(verdict: Verdict, layout: HistoryLayout): readonly string[] {
  const { palette } = layout;
  const headline = verdict.outcome === 'inconclusive' ? `${verdict.word} cannot be decided` : headlines[verdict.word];
  const paint = verdict.outcome === 'fail' ? palette.bad : palette.doubtful;
  const why = verdict.explanation;
  if (why === undefined) return [`${paint(headline)}: ${printable(verdict.text)}`, `  ${place(verdict.span, palette)}`];
  return [
    `${paint(headline)}: ${palette.strong(printable(why.rule))}`,
    ...authorLines(why, verdict, palette),
    ...block(renderHistory(why.history, { ...layout, columns: layout.columns - 3 }).map((line) => `   ${line}`)),
    ...block(transcriptLines(why, palette)),
    ...block(closing(why, palette)),
  ];
}

/** `file:line:column`, as editors and terminals open it. */
export function place(
  span: { readonly file: string; readonly line: number; readonly column: number },
  palette: Palette,
): string {
  return palette.place(`${span.file}:${span.line}:${span.column}`);
}

function authorLines(why: Explanation, verdict: Verdict, palette: Palette): readonly string[] {
  const lines = why.lines.length > 0 ? why.lines : [{ span: verdict.span, text: verdict.text }];
  const places = lines.map(({ span }) => place(span, palette));
  const placeWidth = Math.max(...places.map(displayWidth));
  const textWidth = Math.max(...lines.map(({ text }) => displayWidth(printable(text))));
  return lines.map((line, index) => {
    const remark = 'remark' in line && line.remark !== undefined ? `   ${palette.doubtful(line.remark)}` : '';
    const text = remark === '' ? printable(line.text) : padRight(printable(line.text), textWidth);
    return `  ${padRight(places[index] ?? '', placeWidth)}   ${text}${remark}`;
  });
}

function transcriptLines({ transcript }: Explanation, palette: Palette): readonly string[] {
  return transcript === undefined ? [] : renderTranscript(transcript, palette).map((line) => `   ${line}`);
}

function closing(why: Explanation, palette: Palette): readonly string[] {
  return [
    ...seenLines(why),
    ...comparedLines(why),
    ...why.waitingOn.map((waiting, index) => `${index === 0 ? 'waiting on:' : '           '} ${printable(waiting)}`),
    ...(why.hint === undefined ? [] : [palette.faint(`hint: ${printable(why.hint)}`)]),
  ];
}

/** What was seen may be a text of several lines (a diff); control characters within a line are still made visible. */
function seenLines({ seen }: Explanation): readonly string[] {
  if (seen === '') return [];
  const [first, ...more] = seen.split('\n').map(printable);
  return [`seen: ${first}`, ...more.map((line) => `      ${line}`)];
}

function comparedLines({ compared }: Explanation): readonly string[] {
  const fieldWidth = Math.max(0, ...compared.map(({ field }) => displayWidth(field)));
  const expectedWidth = Math.max(0, ...compared.map(({ expected }) => displayWidth(printable(expected))));
  return compared.map(
    ({ field, expected, received }) =>
      `- ${padRight(field, fieldWidth)}   expected ${padRight(printable(expected), expectedWidth)}   received ${printable(received)}`,
  );
}

function block(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}
