// Reads what kubectl has printed: tables by their columns, everything else line by line.

/** One line of an output that is compared. Blank lines are none. */
export type TranscriptLine = TranscriptRow | TranscriptHeader | TranscriptText | TranscriptSkip;

interface LineBase {
  /** From 1, in the text that was read. */
  readonly line: number;
  /** As it stands there, without the blanks at its end. */
  readonly text: string;
}

/** The names of the columns; the rows behind it belong to them. */
export interface TranscriptHeader extends LineBase {
  readonly kind: 'header';
  readonly columns: readonly string[];
}

/** A row of a table. */
export interface TranscriptRow extends LineBase {
  readonly kind: 'row';
  /** Names of the columns; empty where no header stands above. */
  readonly columns: readonly string[];
  /** One text a column; without columns, or where the row does not fit them, the words that stand apart. */
  readonly cells: readonly string[];
  /** Whether each cell belongs to the column of the same place. */
  readonly fitted: boolean;
}

/** A line that belongs to no table. */
export interface TranscriptText extends LineBase {
  readonly kind: 'text';
}

/** `…` or `...`: any number of lines, also none. */
export interface TranscriptSkip extends LineBase {
  readonly kind: 'skip';
}

/** How an output is read. */
export interface ReadTranscriptOptions {
  /** Columns of the rows that have no header above them (`--no-headers`). Default: none are known. */
  readonly columns?: readonly string[];
}

/** Column names of kubectl that hold a blank: they stay one where an author wrote only one blank between columns. */
const wideNames = [
  'ACCESS MODES',
  'RECLAIM POLICY',
  'NOMINATED NODE',
  'READINESS GATES',
  'NODE SELECTOR',
  'LAST SEEN',
  'FIRST SEEN',
  'LAST SCHEDULE',
  'CREATED AT',
  'POD LABELS',
  'MIN AVAILABLE',
  'MAX UNAVAILABLE',
  'ALLOWED DISRUPTIONS',
];

interface Word {
  readonly text: string;
  readonly start: number;
}

interface Header {
  readonly columns: readonly string[];
  readonly starts: readonly number[];
}

/** The lines of an output. Carriage returns and blanks at line ends do not count. */
export function readTranscript(text: string, options: ReadTranscriptOptions = {}): readonly TranscriptLine[] {
  const lines: TranscriptLine[] = [];
  const given = options.columns ?? [];
  let header: Header | undefined = given.length === 0 ? undefined : { columns: given, starts: [] };
  for (const [place, raw] of text.split(/\r?\n/u).entries()) {
    const shown = raw.trimEnd();
    const base = { line: place + 1, text: shown };
    const bare = shown.trim();
    // A table ends with a blank line; only given columns hold for all of the text.
    if (bare === '') {
      continue;
    } else if (bare === '…' || bare === '...') {
      lines.push({ kind: 'skip', ...base });
    } else {
      const columns = headerOf(shown);
      if (columns !== undefined) {
        header = columns;
        lines.push({ kind: 'header', ...base, columns: columns.columns });
      } else lines.push(lineOf(base, header));
    }
  }
  return lines;
}

/** Splits a header: columns stand two blanks apart; a header whose words all stand one blank apart is split at each. */
function headerOf(line: string): Header | undefined {
  let words = wordsOf(line, /\s{2,}|\t/gu);
  if (!words.every(({ text }) => /^[A-Z][-A-Z0-9()/_. ]*$/u.test(text))) return undefined;
  if (words.length === 1 && words[0] !== undefined) {
    if (words[0].text.startsWith('NAME ')) words = mergeWide(wordsOf(line, /\s+/gu));
    else if (words[0].text !== 'NAME') return undefined;
  }
  return { columns: words.map(({ text }) => text), starts: words.map(({ start }) => start) };
}

function mergeWide(words: readonly Word[]): Word[] {
  const merged: Word[] = [];
  for (const word of words) {
    const last = merged.at(-1);
    if (last !== undefined && wideNames.includes(`${last.text} ${word.text}`)) {
      merged[merged.length - 1] = { text: `${last.text} ${word.text}`, start: last.start };
    } else merged.push(word);
  }
  return merged;
}

function lineOf(base: LineBase, header: Header | undefined): TranscriptRow | TranscriptText {
  const words = wordsOf(base.text, /\s{2,}|\t/gu);
  if (header === undefined) {
    const row = words.length > 1 && words[0]?.start === 0 && !base.text.includes(': ');
    return row
      ? { kind: 'row', ...base, columns: [], cells: words.map(({ text }) => text), fitted: false }
      : { kind: 'text', ...base };
  }
  const cells = cellsOf(words, base.text, header);
  if (cells !== undefined) return { kind: 'row', ...base, columns: header.columns, cells, fitted: true };
  // `No resources found …` and errors may follow a table.
  if (words.length === 1 && header.columns.length > 2) return { kind: 'text', ...base };
  return { kind: 'row', ...base, columns: header.columns, cells: words.map(({ text }) => text), fitted: false };
}

/** A cell for each column: by number, else by where the cells stand (an empty cell leaves a hole), else by single blanks. */
function cellsOf(words: readonly Word[], line: string, { columns, starts }: Header): readonly string[] | undefined {
  if (words.length === columns.length) return words.map(({ text }) => text);
  const placed = words.map(({ start }) => starts.indexOf(start));
  if (words.length > 1 && words.length < columns.length && !placed.includes(-1)) {
    return columns.map((_, at) => words[placed.indexOf(at)]?.text ?? '');
  }
  const single = wordsOf(line.replaceAll(/(\d+) \((\S+) ago\)/gu, '$1'), /\s+/gu);
  return single.length === columns.length ? single.map(({ text }) => text) : undefined;
}

function wordsOf(line: string, between: RegExp): readonly Word[] {
  const words: Word[] = [];
  let start = line.length - line.trimStart().length;
  for (const gap of line.matchAll(between)) {
    if (gap.index >= start && gap.index > 0) {
      if (gap.index > start) words.push({ text: line.slice(start, gap.index), start });
      start = gap.index + gap[0].length;
    }
  }
  if (start < line.length) words.push({ text: line.slice(start), start });
  return words;
}
