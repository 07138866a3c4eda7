// Chooses the text of a language.

import type { Translated } from './exercise.ts';

/** The text in a language; where it is missing the English one, else the first. */
export function textIn(texts: Translated, language: string): string {
  return texts.get(language) ?? texts.get('en') ?? [...texts.values()][0] ?? '';
}
