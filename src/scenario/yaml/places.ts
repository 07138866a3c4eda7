// Turns offsets of one file into spans.

import { LineCounter } from 'yaml';

import type { Span } from '../model.ts';

/** The lines of one file. */
export interface Places {
  readonly file: string;
  readonly text: string;
  readonly span: (start: number, end: number) => Span;
}

/** Prepares the places of a file. */
export function placesOf({ file, text }: { readonly file: string; readonly text: string }): Places {
  const counter = new LineCounter();
  counter.addNewLine(0);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) counter.addNewLine(at + 1);
  return {
    file,
    text,
    span(start, end) {
      const from = Math.max(0, Math.min(start, text.length));
      const { line, col } = counter.linePos(from);
      return { file, line, column: col, start: from, end: Math.max(from, Math.min(end, text.length)) };
    },
  };
}
