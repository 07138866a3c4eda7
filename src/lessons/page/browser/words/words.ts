// The languages of the page, and the one that the reader chose.

import { en } from './en.ts';
import { zh } from './zh.ts';
import type { Texts } from '../../wire.ts';
import type { Words } from './en.ts';

/** Languages by tag, under their own names. */
export const languages: readonly { readonly tag: string; readonly name: string; readonly words: Words }[] = [
  { tag: 'en', name: 'English', words: en },
  { tag: 'zh', name: '中文', words: zh },
];

const key = 'setpiece-language';

/** The page's words in a language; English where it has none of it. */
export function wordsIn(language: string): Words {
  return languages.find(({ tag }) => tag === language)?.words ?? en;
}

/** An exercise's text in a language; where it is missing the English one, else the first. */
export function textIn(texts: Texts, language: string): string {
  return texts[language] ?? texts['en'] ?? Object.values(texts)[0] ?? '';
}

/** What was chosen before, else what the command line says. */
export function rememberedLanguage(begin: string): string {
  const chosen = localStorage.getItem(key);
  return languages.some(({ tag }) => tag === chosen) ? (chosen ?? begin) : begin;
}

/** Keeps the choice for the next time. */
export function rememberLanguage(language: string): void {
  localStorage.setItem(key, language);
}
