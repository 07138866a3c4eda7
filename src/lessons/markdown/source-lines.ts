// The lines of a text, whatever ends them: what is replaced in one must leave all others as they are, byte for byte.

import type { SourceLine } from './lesson.ts';

/** Splits at CRLF, LF and CR, as Markdown does. A line break at the end begins no further line. */
export function sourceLines(text: string): readonly SourceLine[] {
  const lines: SourceLine[] = [];
  let start = 0;
  for (const { index, 0: lineBreak } of text.matchAll(/\r\n|\n|\r/g)) {
    lines.push({ start, end: index });
    start = index + lineBreak.length;
  }
  if (start < text.length) lines.push({ start, end: text.length });
  return lines;
}
