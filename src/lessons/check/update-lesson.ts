// Puts what was printed where a lesson shows something else. Only lines of output are touched: all others, their ends, tabs
// and the byte order mark stay as they are.

import type { Lesson } from '../markdown/lesson.ts';
import type { BlockResult } from './block-result.ts';

/** A lesson's text with true outputs. */
export interface UpdatedLesson {
  readonly text: string;
  /** Those whose outputs were replaced. */
  readonly replaced: ReadonlySet<BlockResult>;
}

/** Replaces the outputs that are false. What ends a block of Markdown within an output would break the page: it is left alone. */
export function updateLesson({ text, lines }: Lesson, results: readonly BlockResult[]): UpdatedLesson {
  const pieces: string[] = [];
  let from = 0;
  const replaced = new Set<BlockResult>();
  const ordered = [...results].sort((a, b) => (a.shown?.lines.first ?? 0) - (b.shown?.lines.first ?? 0));
  for (const result of ordered) {
    const { verdict, printed, shown } = result;
    if (verdict !== 'false' || printed === undefined || shown === undefined || /^\s*(?:```|~~~)/m.test(printed))
      continue;
    const first = lines[shown.lines.first - 1]!;
    const last = lines[shown.lines.last - 1]!;
    const lineBreak = /^(?:\r\n|\n|\r)/.exec(text.slice(first.end))?.[0] ?? '\n';
    const printedLines = printed.replace(/\n+$/, '').split('\n');
    const output = printed.trim() === '' ? [] : printedLines.map((line) => `${shown.prefix}${line}`.trimEnd());
    pieces.push(text.slice(from, first.start), output.join(lineBreak));
    // Nothing printed: the line itself goes.
    from = output.length === 0 ? last.end + lengthOfBreak(text, last.end) : last.end;
    replaced.add(result);
  }
  pieces.push(text.slice(from));
  return { text: pieces.join(''), replaced };
}

function lengthOfBreak(text: string, at: number): number {
  return /^(?:\r\n|\n|\r)/.exec(text.slice(at, at + 2))?.[0].length ?? 0;
}
