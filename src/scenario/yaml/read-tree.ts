// Reads one YAML document into located data. Never throws: whatever is wrong with the text is a problem.

import { parseDocument } from 'yaml';

import type { Located } from '../located.ts';
import type { ProblemList } from '../problem-list.ts';
import { placesOf } from './places.ts';
import { addSyntaxProblems } from './syntax-problems.ts';
import { refuseText } from './text-guards.ts';
import { toLocated } from './to-located.ts';

/** A text to read, and under which name it is reported. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
  /** Largest size, default 1 MiB. */
  readonly bytesMax?: number;
}

/** The content of a document; undefined when there is none or when it cannot be parsed at all. */
export function readTree({ file, text, bytesMax }: SourceText, problems: ProblemList): Located | undefined {
  const places = placesOf({ file, text });
  const refusal = refuseText(text, bytesMax);
  if (refusal !== undefined) {
    const { code, offset, message } = refusal;
    problems.add(code, { span: places.span(offset, offset + 1) }, message);
    return undefined;
  }
  // `uniqueKeys` compares every key with every other; toLocated finds duplicates in one pass and says more.
  const document = parseDocument(text, { version: '1.2', prettyErrors: false, uniqueKeys: false, stringKeys: false });
  const usable = addSyntaxProblems(document.errors, places, problems);
  // After an error that shifts the structure, conclusions from the tree would be noise.
  if (document.contents === null || !usable) return undefined;
  return toLocated(document.contents, places.span(0, 1), { places, problems });
}
