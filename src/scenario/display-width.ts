// How many columns a text takes on a terminal, and how characters that would disturb it are shown.

/** Columns between tab stops. */
const tabWidth = 4;

// Letters and signs of East Asian scripts, and pictographs, take two columns (Unicode TR 11: Wide and Fullwidth).
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
const zero = /\p{Mn}|\p{Me}|\p{Cf}/u;
const control = /\p{Cc}/u;

/** A text with tabs spelled out and control characters made visible, cut into pieces of known width. */
export interface ShownText {
  readonly text: string;
  /** For each UTF-16 offset of the original, and its end: the column, from 0. */
  readonly columns: readonly number[];
}

/** Prepares one line for a terminal. Control characters could move the cursor or change colours; they become dots. */
export function showLine(line: string): ShownText {
  let text = '';
  let column = 0;
  const columns: number[] = [];
  for (const character of line) {
    for (let unit = 0; unit < character.length; unit += 1) columns.push(column);
    if (character === '\t') {
      const width = tabWidth - (column % tabWidth);
      text += ' '.repeat(width);
      column += width;
    } else {
      text += control.test(character) ? '·' : character;
      column += widthOf(character);
    }
  }
  columns.push(column);
  return { text, columns };
}

function widthOf(character: string): number {
  if (character >= ' ' && character <= '~') return 1;
  if (zero.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
