// Uids: version 4 UUIDs from a stream of the seed (API-META-01).

import { hexDigit } from './hexadecimal.ts';
import type { Random } from './random.ts';

/** Gives a new uid at each call. */
export type Uids = () => string;

const dash = 45;

/** Uids drawn from `random`, which nobody else should draw from. */
export function createUids(random: Random): Uids {
  const digits = () => random.integer(0, 0xfff_ffff);
  return () => uid(digits(), digits(), digits(), digits(), digits());
}

/**
 * A uid of five times seven hexadecimal digits. One call of fromCharCode makes one flat string; pieces put together would
 * stay alive beside it.
 */
function uid(a: number, b: number, c: number, d: number, e: number): string {
  return String.fromCharCode(
    hexDigit(a),
    hexDigit(a >>> 4),
    hexDigit(a >>> 8),
    hexDigit(a >>> 12),
    hexDigit(a >>> 16),
    hexDigit(a >>> 20),
    hexDigit(a >>> 24),
    hexDigit(b),
    dash,
    hexDigit(b >>> 4),
    hexDigit(b >>> 8),
    hexDigit(b >>> 12),
    hexDigit(b >>> 16),
    dash,
    hexDigit(4),
    hexDigit(b >>> 20),
    hexDigit(b >>> 24),
    hexDigit(c),
    dash,
    hexDigit(8 | ((c >>> 4) & 3)),
    hexDigit(c >>> 8),
    hexDigit(c >>> 12),
    hexDigit(c >>> 16),
    dash,
    hexDigit(c >>> 20),
    hexDigit(c >>> 24),
    hexDigit(d),
    hexDigit(d >>> 4),
    hexDigit(d >>> 8),
    hexDigit(d >>> 12),
    hexDigit(d >>> 16),
    hexDigit(d >>> 20),
    hexDigit(d >>> 24),
    hexDigit(e),
    hexDigit(e >>> 4),
    hexDigit(e >>> 8),
  );
}
