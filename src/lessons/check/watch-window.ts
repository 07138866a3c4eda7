// A watch that was opened later, ended sooner, or whose author showed some of its objects only. What ours shows beyond that is
// left out before the two are compared: the rest must be there, row by row.

import { compareTranscript } from '../../kubernetes/transcript/compare-transcript.ts';
import { elideCell } from '../../kubernetes/transcript/elide.ts';
import { readTranscript } from '../../kubernetes/transcript/read-transcript.ts';
import type { TranscriptLine } from '../../kubernetes/transcript/read-transcript.ts';

/** What is printed, as far as the watch of `expected` could have shown it. Texts without rows of a table stay as they are. */
export function withinWatch(expected: string, printed: string): string {
  const shown = rowsByName(readTranscript(expected));
  const lines = readTranscript(printed);
  const header = lines[0]?.kind === 'header' ? lines[0].text : undefined;
  if (shown.size === 0 || header === undefined) return printed;
  const kept = new Set<number>();
  for (const [name, rows] of rowsByName(lines)) {
    const own = shown.get(name);
    if (own === undefined) continue;
    // Generated names stand for several objects: all of their rows stay.
    const several = name.includes('<');
    const isLike = (row: string) => (candidate: Row) =>
      compareTranscript({ expected: `${header}\n${row}`, actual: `${header}\n${candidate.text}` }).kind === 'same';
    const first = several ? 0 : rows.findIndex(isLike(own[0]!.text));
    const last = several ? rows.length - 1 : rows.findLastIndex(isLike(own.at(-1)!.text));
    for (const row of rows.slice(Math.max(0, first), last < 0 ? rows.length : last + 1)) kept.add(row.line);
  }
  return printed
    .split('\n')
    .filter((_, at) => kept.has(at + 1) || !lines.some((line) => line.line === at + 1 && line.kind === 'row'))
    .join('\n');
}

interface Row {
  readonly line: number;
  readonly text: string;
}

function rowsByName(lines: readonly TranscriptLine[]): ReadonlyMap<string, readonly Row[]> {
  const rows = new Map<string, Row[]>();
  for (const line of lines) {
    if (line.kind !== 'row') continue;
    const name = elideCell(line.cells[0] ?? '', 'NAME');
    const known = rows.get(name);
    if (known === undefined) rows.set(name, [line]);
    else known.push(line);
  }
  return rows;
}
