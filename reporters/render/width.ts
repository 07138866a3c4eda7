// How wide text is in a terminal: Chinese, Japanese and Korean characters take two cells, combining marks none.

const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{1F300}-\u{1FAFF}]|[\u{20000}-\u{3FFFD}]/u;
const none = /[\p{Mn}\p{Me}\p{Cf}]/u;
// oxlint-disable-next-line no-control-regex -- escape codes are what is looked for
const escapes = /\u001B\[[0-9;]*m/g;
// oxlint-disable-next-line no-control-regex -- printable ASCII is the common case, and its width is its length
const plain = /^[\u0020-\u007E]*$/;

/** The number of terminal cells that a text takes; colour codes take none. */
export function displayWidth(text: string): number {
  if (plain.test(text)) return text.length;
  let cells = 0;
  for (const character of text.replace(escapes, '')) cells += cellsOf(character);
  return cells;
}

/** Fills a text with spaces on the right. */
export function padRight(text: string, cells: number): string {
  return text + ' '.repeat(Math.max(0, cells - displayWidth(text)));
}

/** Fills a text with spaces on the left. */
export function padLeft(text: string, cells: number): string {
  return ' '.repeat(Math.max(0, cells - displayWidth(text))) + text;
}

/** Shortens a text without colour codes to a width, with `…` at its end where something was cut. */
export function shorten(text: string, cells: number): string {
  if (displayWidth(text) <= cells) return text;
  let kept = '';
  let used = 0;
  for (const character of text) {
    used += cellsOf(character);
    if (used > cells - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** A text behind a lead, broken between words; further lines begin below the text, which stands at `indent` at least. */
export function hanging(
  lead: string,
  text: string,
  { columns, indent }: { readonly columns: number; readonly indent: number },
): readonly string[] {
  const lines: string[] = [];
  let line = lead;
  let empty = true;
  for (const word of text.split(' ')) {
    const longer = empty ? line + word : `${line} ${word}`;
    if (empty || displayWidth(longer) <= columns) line = longer;
    else {
      lines.push(line);
      line = ' '.repeat(indent) + word;
    }
    empty = false;
  }
  return [...lines, line];
}

/** Makes control characters of foreign text visible, so that they can neither break a table nor drive the terminal. */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replace(/[\u0000-\u001F\u007F-\u009F]+/g, (found) => (/^\s+$/.test(found) ? ' ' : '\u{FFFD}'));
}

function cellsOf(character: string): number {
  if (none.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
