// Splits a command list into lines as a shell script has them: blank lines and comments are left out, `\` joins lines.

/** A command line with the place of its beginning. */
export interface CommandLine {
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** Offsets in the file. */
  readonly start: number;
  readonly end: number;
}

/** The lines with a command; a prompt (`$`) in front is left out. */
export function commandLines(text: string): readonly CommandLine[] {
  const lines: CommandLine[] = [];
  let open: { text: string; line: number; start: number } | undefined;
  let offset = 0;
  for (const [at, raw] of text.split('\n').entries()) {
    const row = raw.replace(/\r$/, '');
    const start = offset;
    offset += raw.length + 1;
    if (open === undefined && /^\s*(?:#|$)/.test(row)) continue;
    const indent = /^\s*/.exec(row)?.[0].length ?? 0;
    open = open ?? { text: '', line: at + 1, start: start + indent };
    const joined = row.endsWith('\\');
    open.text += joined ? `${row.slice(0, -1).trim()} ` : row.trim();
    if (joined) continue;
    lines.push({ ...open, text: clean(open.text), end: start + row.length });
    open = undefined;
  }
  if (open !== undefined) lines.push({ ...open, text: clean(open.text), end: text.length });
  return lines;
}

function clean(text: string): string {
  return withoutComment(text)
    .trim()
    .replace(/^\$\s+/, '');
}

/** A comment begins at a `#` behind a blank, outside of quotes. */
function withoutComment(text: string): string {
  const found = /^(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\]|\s(?!\s*#))*/s.exec(text);
  return found === null || found[0] === '' ? text : closed(text, found[0]);
}

/** What follows is a comment, or a quote without an end: that is for the reader of words to tell. */
function closed(text: string, head: string): string {
  return /^\s*#/.test(text.slice(head.length)) ? head : text;
}
