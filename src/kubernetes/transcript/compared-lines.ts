// Makes the lines of two outputs ready for comparison: without what does not count, without repetitions.

import { compareColumns } from './compare-columns.ts';
import { elideCell, elideLine } from './elide.ts';
import { readTranscript } from './read-transcript.ts';
import type { ColumnDifference } from './compare-columns.ts';
import type { TranscriptLine } from './read-transcript.ts';

/** A line, and what of it counts. */
export interface ComparedLine {
  readonly kind: TranscriptLine['kind'];
  readonly line: number;
  readonly text: string;
  readonly columns: readonly string[];
  readonly cells: readonly string[];
  readonly elided: readonly string[];
  /** Equal keys: equal lines, where both rows fit their columns. */
  readonly key: string;
  /** The same without empty cells, for rows that do not fit. */
  readonly looseKey: string;
  readonly fitted: boolean;
  /** The object that a row shows, as written; empty for what shows none. */
  readonly name: string;
}

/** Both sides. */
export interface ComparedLines {
  readonly expected: readonly ComparedLine[];
  readonly actual: readonly ComparedLine[];
  /** The first two headers that differ. */
  readonly columns?: ColumnDifference;
}

/** Reads both outputs and leaves out what does not count. `common`: only columns that both tables have are compared. */
export function comparedLines(
  input: { readonly expected: string; readonly actual: string; readonly columns?: readonly string[] },
  columnRule: 'exact' | 'common',
): ComparedLines {
  const given = input.columns === undefined ? {} : { columns: input.columns };
  let actual = readTranscript(input.actual, given);
  let expected = readTranscript(input.expected, given);
  const printed = headersOf(actual);
  if (headersOf(expected).length === 0 && printed[0] !== undefined) {
    // As with `--no-headers`: the columns are those of what is printed, and the header itself does not count.
    if (printed.length === 1) expected = readTranscript(input.expected, { columns: printed[0] });
    actual = actual.filter(({ kind }) => kind !== 'header');
  }
  const written = headersOf(expected);
  const differences = written.map((columns, at) => compareColumns(columns, printed[at] ?? printed.at(-1) ?? columns));
  const first = differences.find((difference) => difference !== undefined);
  const leftOut =
    columnRule === 'exact'
      ? []
      : differences.flatMap((one) => (one === undefined ? [] : one.missing.concat(one.extra)));
  const watched = repeatsNames(actual) || repeatsNames(expected);
  const prepare = (lines: readonly TranscriptLine[]): readonly ComparedLine[] => {
    const shown = withoutRepetitions(lines.map((line) => comparedLine(line, leftOut)));
    return watched ? shown : sortGenerated(shown);
  };
  const both = { expected: prepare(expected), actual: prepare(actual) };
  return first === undefined ? both : { ...both, columns: first };
}

function headersOf(lines: readonly TranscriptLine[]): readonly (readonly string[])[] {
  return lines.flatMap((line) => (line.kind === 'header' ? [line.columns] : []));
}

function comparedLine(line: TranscriptLine, leftOut: readonly string[]): ComparedLine {
  const base = { kind: line.kind, line: line.line, text: line.text };
  if (line.kind === 'skip' || line.kind === 'text') {
    const elided = elideLine(line.text);
    return {
      ...base,
      columns: [],
      cells: [],
      elided: [elided],
      key: `${line.kind} ${elided}`,
      looseKey: `text ${elided}`,
      fitted: false,
      name: '',
    };
  }
  if (line.kind === 'header') {
    const columns = line.columns.filter((name) => !leftOut.includes(name));
    const key = `header ${columns.join('\t')}`;
    return {
      ...base,
      columns: line.columns,
      cells: columns,
      elided: columns,
      key,
      looseKey: key,
      fitted: true,
      name: '',
    };
  }
  const kept = line.fitted
    ? line.columns.flatMap((name, at) => (leftOut.includes(name) ? [] : [at]))
    : line.cells.map((_, at) => at);
  const cells = kept.map((at) => line.cells[at] ?? '');
  const columns = line.fitted ? kept.map((at) => line.columns[at] ?? '') : [];
  const elided = cells.map((cell, at) => elideCell(cell, columns[at] ?? ''));
  const loose = cells.filter((cell) => cell !== '').map((cell) => elideCell(cell, ''));
  const looseKey = `text ${loose.join(' ').replaceAll(/\s+/gu, ' ')}`;
  return {
    ...base,
    columns,
    cells,
    elided,
    key: `row ${elided.join('\t')}`,
    looseKey,
    fitted: line.fitted,
    name: nameOf(line.columns, line.cells),
  };
}

function nameOf(columns: readonly string[], cells: readonly string[]): string {
  const at = columns.indexOf('NAME');
  if (columns.length > 0 && at < 0) return '';
  const namespace = columns.indexOf('NAMESPACE');
  return `${namespace < 0 ? '' : `${cells[namespace]}/`}${cells[Math.max(at, 0)] ?? ''}`;
}

function repeatsNames(lines: readonly TranscriptLine[]): boolean {
  const names = lines.flatMap((line) => (line.kind === 'row' ? [nameOf(line.columns, line.cells)] : []));
  return new Set(names).size < names.length;
}

/** A watch prints an object at each of its changes, also when the row is the one that it printed last. */
function withoutRepetitions(lines: readonly ComparedLine[]): readonly ComparedLine[] {
  const last = new Map<string, string>();
  let before: ComparedLine | undefined;
  return lines.filter((line) => {
    const previous = line.name === '' ? before?.key : last.get(line.name);
    before = line;
    if (line.name !== '') last.set(line.name, line.key);
    return line.kind === 'skip' || line.kind === 'header' || previous !== line.key;
  });
}

/** A list is ordered by name; where chance made the end of the names, it made the order of neighbours too. */
function sortGenerated(lines: readonly ComparedLine[]): readonly ComparedLine[] {
  const sorted: ComparedLine[] = [];
  let run: ComparedLine[] = [];
  let group: string | undefined;
  const flush = (): void => {
    sorted.push(...run.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)));
    run = [];
  };
  for (const line of lines) {
    const name = generatedName(line);
    if (name === undefined || name !== group) flush();
    group = name;
    run.push(line);
  }
  flush();
  return sorted;
}

/** The name of a row's object as far as chance did not make it; undefined for names that somebody chose. */
function generatedName(line: ComparedLine): string | undefined {
  if (line.kind !== 'row' || line.name === '') return undefined;
  const elided = elideCell(line.name, 'NAME');
  return elided === line.name ? undefined : elided.replace(/<.*$/u, '');
}
