// Uids: version 4 UUIDs from a stream of the seed (API-META-01).

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
    hex(a),
    hex(a >>> 4),
    hex(a >>> 8),
    hex(a >>> 12),
    hex(a >>> 16),
    hex(a >>> 20),
    hex(a >>> 24),
    hex(b),
    dash,
    hex(b >>> 4),
    hex(b >>> 8),
    hex(b >>> 12),
    hex(b >>> 16),
    dash,
    hex(4),
    hex(b >>> 20),
    hex(b >>> 24),
    hex(c),
    dash,
    hex(8 | ((c >>> 4) & 3)),
    hex(c >>> 8),
    hex(c >>> 12),
    hex(c >>> 16),
    dash,
    hex(c >>> 20),
    hex(c >>> 24),
    hex(d),
    hex(d >>> 4),
    hex(d >>> 8),
    hex(d >>> 12),
    hex(d >>> 16),
    hex(d >>> 20),
    hex(d >>> 24),
    hex(e),
    hex(e >>> 4),
    hex(e >>> 8),
  );
}

/** The character code of the lowest four bits as a hexadecimal digit. */
function hex(value: number): number {
  const digit = value & 15;
  return digit < 10 ? 48 + digit : 87 + digit;
}
