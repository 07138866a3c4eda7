// The languages of an exercise.

import type { Exercise } from './exercise.ts';

/** Languages that every exercise has. */
const everywhere = ['en', 'zh'];

/** Those that every exercise has, and those of its title. */
export function exerciseLanguages({ title }: Pick<Exercise, 'title'>): readonly string[] {
  return [...new Set([...everywhere, ...title.keys()])];
}
