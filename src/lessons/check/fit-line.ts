// Lines for a terminal: Chinese, Japanese and Korean characters take two columns each.

import { showLine } from '../../scenario/display-width.ts';

/** The number of columns that a text takes. */
export function columnsOf(text: string): number {
  return showLine(text).columns.at(-1) ?? 0;
}

/** A line that is no wider than the terminal, with `…` at its end where something was cut. */
export function fitLine(line: string, columns: number): string {
  const { columns: places } = showLine(line);
  if ((places.at(-1) ?? 0) <= columns) return line;
  // The last character whose end leaves a column for the mark; a surrogate pair stays whole, its halves have one place.
  let end = 0;
  for (const [at, place] of places.entries()) {
    if (place > columns - 1) break;
    if (at === 0 || place !== places[at - 1]) end = at;
  }
  return `${line.slice(0, end)}…`;
}

/** Breaks a text at blanks; what is written without them, as Chinese is, between any two characters. */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && columnsOf(last) + columnsOf(word) + 1 <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(...brokenWord(word, width));
  }
  return lines;
}

/** A long name or path stays whole, so that it can be copied. */
function brokenWord(word: string, width: number): readonly string[] {
  if (columnsOf(word) === word.length || width < 2) return [word];
  const parts = [''];
  for (const character of word) {
    const last = parts.at(-1) ?? '';
    if (last !== '' && columnsOf(last + character) > width) parts.push(character);
    else parts[parts.length - 1] = last + character;
  }
  return parts;
}
