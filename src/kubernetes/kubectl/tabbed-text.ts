// Lines with tabs as Go's text/tabwriter sets them: a column is as wide as the widest of the lines next to each other that have it.

import { padText, textWidth } from './pad-text.ts';

const padding = 2;

/** Sets lines whose cells are separated by tabs. Cells behind the last tab are not padded. */
export function tabbedText(lines: readonly string[]): readonly string[] {
  const rows = lines.map((line) => line.split('\t'));
  const widths = rows.map((row) => row.map(() => 0));
  const columns = Math.max(0, ...rows.map((row) => row.length - 1));
  for (let column = 0; column < columns; column += 1) {
    for (let from = 0; from < rows.length;) {
      let to = from;
      let width = 0;
      while (to < rows.length && (rows[to]?.length ?? 0) - 1 > column) {
        width = Math.max(width, textWidth(rows[to]?.[column] ?? '') + padding);
        to += 1;
      }
      for (let row = from; row < to; row += 1) {
        const ofRow = widths[row];
        if (ofRow !== undefined) ofRow[column] = width;
      }
      from = Math.max(to, from + 1);
    }
  }
  return rows.map((row, at) => row.map((cell, column) => padText(cell, widths[at]?.[column] ?? 0)).join(''));
}
