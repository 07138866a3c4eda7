// Reads one text in several languages.

import { textOf } from '../located.ts';
import type { Located } from '../located.ts';
import type { Translated } from './model.ts';

/** The texts by language; what is no text is left out, its validator has told of it. */
export function readTranslated(node: Located | undefined): Translated {
  if (node?.kind !== 'map') return new Map();
  return new Map(
    node.entries.flatMap(({ key, value }) => {
      const text = textOf(value);
      return text === undefined ? [] : [[key, text] as const];
    }),
  );
}
