// The names that the server draws: generated ones, and the suffix of the token volume.

import type { Random } from '../random.ts';

/** No vowels, no 0, 1 or 3, so that no words and no look-alikes come out (API-META-09). */
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
const suffixLength = 5;
const baseLengthMax = 58;

/** Five random symbols. */
export function drawSuffix(random: Random): string {
  return random.text(suffixLength, alphabet);
}

/** A name from a generateName: the base cut to 58 characters, then five random symbols. */
export function drawName(random: Random, generateName: string): string {
  return generateName.slice(0, baseLengthMax) + drawSuffix(random);
}
