// Where a caret stands in a manifest: under which fields, and whether a name or a value is being written. Works on lines, since a
// text in which somebody writes is seldom YAML. Block style only, which is what people write by hand. Pure.

/** Where the caret stands. */
export interface Place {
  /** Names of fields from the document's root to what is being written, `[]` for an item of a list. */
  readonly path: readonly string[];
  readonly part: 'name' | 'value';
  /** Offset in the text at which the written word begins. */
  readonly from: number;
  /** Column of the written name, from 0. */
  readonly column: number;
  /** Fields that stand beside it. */
  readonly siblings: ReadonlySet<string>;
  /** What the document says of itself. */
  readonly apiVersion: string | undefined;
  readonly kind: string | undefined;
}

/** A line with something on it. */
interface Line {
  /** Columns of the dashes before the content. */
  readonly dashes: readonly number[];
  readonly column: number;
  /** The field's name, where the content is one. */
  readonly key: string | undefined;
}

const keyPattern = /^(["']?)([\w./-]+)\1\s*:(?:\s|$)/;

/** The place at an offset; undefined where nothing can be said (comments, separators, flow style). */
export function placeAt(text: string, offset: number): Place | undefined {
  const lines = text.split('\n');
  const before = text.slice(0, offset).split('\n');
  const number = before.length - 1;
  const prefix = before[number] ?? '';
  if (/^---|(?:^|\s)#/.test(prefix)) return undefined;
  const { start, end } = documentAround(lines, number);
  const { dashes, column } = headOf(prefix);
  const content = prefix.slice(column);
  const value = /^(["']?)([\w./-]+)\1\s*:\s+(["']?[^\s"'[{|>&*!]*)$/.exec(content);
  if (value === null && !/^[\w./-]*$/.test(content)) return undefined;
  const typed = value === null ? content : (value[3] ?? '');
  const here = { dashes, column, key: undefined };
  const { path, siblings } = climb(lines.slice(start, number).map(readLine), here);
  for (const sibling of siblingsBelow(lines.slice(number + 1, end).map(readLine), column)) siblings.add(sibling);
  return {
    path: value === null ? path : [...path, value[2] ?? ''],
    part: value === null ? 'name' : 'value',
    from: offset - typed.length,
    column,
    siblings,
    apiVersion: memberOf(lines.slice(start, end), 'apiVersion'),
    kind: memberOf(lines.slice(start, end), 'kind'),
  };
}

function documentAround(lines: readonly string[], number: number): { readonly start: number; readonly end: number } {
  let start = number;
  while (start > 0 && !/^---(?:\s|$)/.test(lines[start - 1] ?? '')) start -= 1;
  let end = number + 1;
  while (end < lines.length && !/^---(?:\s|$)/.test(lines[end] ?? '')) end += 1;
  return { start, end };
}

function memberOf(lines: readonly string[], name: string): string | undefined {
  for (const line of lines) {
    const found = new RegExp(`^${name}:\\s+["']?([\\w./-]+)`).exec(line);
    if (found !== null) return found[1];
  }
  return undefined;
}

function headOf(text: string): { readonly dashes: readonly number[]; readonly column: number } {
  const dashes: number[] = [];
  let column = /^ */.exec(text)?.[0].length ?? 0;
  for (;;) {
    const dash = /^-(?: +|$)/.exec(text.slice(column));
    if (dash === null) return { dashes, column };
    dashes.push(column);
    column += dash[0].length;
  }
}

function readLine(text: string): Line | undefined {
  if (/^\s*(?:#|$)/.test(text)) return undefined;
  const { dashes, column } = headOf(text);
  return { dashes, column, key: keyPattern.exec(text.slice(column))?.[2] };
}

/** Goes up from a line: what stands further left, or carries the list, is what it belongs to. */
function climb(
  lines: readonly (Line | undefined)[],
  here: Line,
): { readonly path: readonly string[]; readonly siblings: Set<string> } {
  const path: string[] = [];
  const siblings = new Set<string>();
  let limit = here.column;
  // Behind a dash, a parent may stand in the dash's own column.
  let isItem = false;
  const enter = (dashes: readonly number[]): void => {
    for (const dash of dashes.toReversed()) {
      path.unshift('[]');
      limit = dash;
      isItem = true;
    }
  };
  enter(here.dashes);
  for (const line of lines.toReversed()) {
    if (line?.key === undefined) continue;
    if (line.column === limit && !isItem) {
      if (path.length === 0) siblings.add(line.key);
      enter(line.dashes);
    } else if (line.column < limit || (line.column === limit && isItem && line.dashes.length === 0)) {
      path.unshift(line.key);
      limit = line.column;
      isItem = false;
      enter(line.dashes);
    }
  }
  return { path, siblings };
}

function siblingsBelow(lines: readonly (Line | undefined)[], column: number): readonly string[] {
  const siblings: string[] = [];
  for (const line of lines) {
    if (line === undefined) continue;
    if (line.column < column || line.dashes.some((dash) => dash < column)) break;
    if (line.column === column && line.key !== undefined) siblings.push(line.key);
  }
  return siblings;
}
