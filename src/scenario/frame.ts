// Renders a problem for people: where, which, the lines around it, a caret run under the token, what to change.

import { showLine } from './display-width.ts';
import type { Problem } from './problem.ts';

/** Gives parts of a frame their colours. */
export interface Painter {
  location(text: string): string;
  error(text: string): string;
  warning(text: string): string;
  /** Line numbers and bars. */
  gutter(text: string): string;
  hint(text: string): string;
}

/** Paints nothing. */
export const plainPainter: Painter = {
  location: (text) => text,
  error: (text) => text,
  warning: (text) => text,
  gutter: (text) => text,
  hint: (text) => text,
};

/** How to render. */
export interface FrameOptions {
  /** The text of a file, undefined when it could not be read. */
  readonly source: (file: string) => string | undefined;
  readonly painter?: Painter;
}

/** Messages and hints that fit into this many columns stand on one line. */
const columnsMax = 118;
/** Of a longer line only the part around the token is shown. */
const lineMax = 160;

/** Renders one problem; several lines without a line feed at the end. */
export function renderProblem(problem: Problem, { source, painter = plainPainter }: FrameOptions): string {
  const { span, code, severity } = problem;
  const paint = (text: string) => (severity === 'error' ? painter.error(text) : painter.warning(text));
  const word = severity === 'warning' ? `${paint('warning')}  ` : '';
  const head = `${painter.location(`${span.file}:${span.line}:${span.column}`)}  ${word}${paint(code)}`;
  const text = source(span.file);
  if (text === undefined || text === '') {
    return [head, ...remarks(problem, { indent: 3, painter }).map((line) => `   ${line}`)].join('\n');
  }
  return [head, ...renderLines(problem, { text, painter, paint })].join('\n');
}

/** Renders all problems, an empty line between two. */
export function renderProblems(problems: readonly Problem[], options: FrameOptions): string {
  return problems.map((problem) => renderProblem(problem, options)).join('\n\n');
}

interface Drawing {
  readonly text: string;
  readonly painter: Painter;
  readonly paint: (text: string) => string;
}

function renderLines(problem: Problem, { text, painter, paint }: Drawing): readonly string[] {
  const { span } = problem;
  const lines: string[] = [];
  const width = String(span.line).length;
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  const before = span.line > 1 ? lineAt(text, text.lastIndexOf('\n', lineStart - 2) + 1) : '';
  if (before.trim() !== '') {
    const { text: shown } = cut(before, { from: 0, to: 0 });
    lines.push(`${painter.gutter(`   ${String(span.line - 1).padStart(width)} |`)} ${shown}`);
  }
  const line = lineAt(text, lineStart);
  const from = Math.min(span.start - lineStart, line.length);
  const to = Math.max(from, Math.min(span.end - lineStart, line.length));
  const shown = cut(line, { from, to });
  lines.push(`${paint(' >')}${painter.gutter(` ${span.line} |`)} ${shown.text}`.trimEnd());
  const caret = `${' '.repeat(shown.start)}${paint('^'.repeat(Math.max(1, shown.end - shown.start)))}`;
  const bar = painter.gutter(`${' '.repeat(width + 3)} |`);
  const [first = '', ...rest] = remarks(problem, { indent: shown.end + width + 7, painter });
  lines.push(`${bar} ${caret} ${first}`);
  for (const remark of rest) lines.push(`${bar} ${remark}`);
  return lines;
}

/** The message, and the hint beside or, wrapped, below it. */
function remarks(
  { message, hint }: Problem,
  { indent, painter }: { indent: number; painter: Painter },
): readonly string[] {
  if (hint === undefined) return [message];
  if (indent + message.length + hint.length + 4 <= columnsMax) return [`${message}   ${painter.hint(hint)}`];
  return [message, ...wrap(hint).map((line) => `  ${painter.hint(line)}`)];
}

function wrap(text: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 12 > columnsMax) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? text.length : end).replace(/\r$/, '');
}

/** A line prepared for the terminal, cut around a part of it when it is long; the part's columns in what is shown. */
function cut(line: string, { from, to }: { from: number; to: number }): { text: string; start: number; end: number } {
  const long = line.length > lineMax;
  const first = long ? Math.max(0, Math.min(from - 40, line.length - lineMax)) : 0;
  const last = long ? first + lineMax : line.length;
  const { text, columns } = showLine(line.slice(first, last));
  const lead = first > 0 ? '…' : '';
  const start = (columns[from - first] ?? 0) + lead.length;
  const end = (columns[Math.min(to, last) - first] ?? columns.at(-1) ?? 0) + lead.length;
  return { text: `${lead}${text}${last < line.length ? '…' : ''}`, start, end };
}
