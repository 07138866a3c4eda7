// The hash of a trace: two runs with the same hash saw the same records in the same order. It is a hash of values, not of
// text: the order of an object's members does not count, so a trace read back from a file has the hash it was written with.

import type { TraceRecord } from './record.ts';

/** A running hash. */
export interface TraceHash {
  add(record: TraceRecord): void;
  /** 16 hexadecimal digits; may be asked for at any time. */
  digest(): string;
}

/**
 * Starts a hash of 64 bits: two lanes of murmur3's mixing over one pass. Objects of a trace are immutable and share their
 * unchanged parts, so the hash of what is likely to be shared is kept while it lives: a new version of a pod costs its
 * metadata and status, not its spec.
 */
export function createTraceHash(): TraceHash {
  return new StructuralHash();
}

/** The two lanes of one value. */
interface Pair {
  readonly a: number;
  readonly b: number;
}

const tags = { null: 1, true: 2, false: 3, number: 4, text: 5, list: 6, map: 7 } as const;
const seedA = 0x9747b28c | 0;
const seedB = 0x3c6ef372;

/** Where in a record a value stands: the record, its object, members of the object, their members, what is deeper. */
const depths = { record: 0, object: 1, section: 2, part: 3 } as const;

/** Of lists longer than this the elements' hashes are kept, wherever they stand. */
const listLong = 16;

class StructuralHash implements TraceHash {
  readonly #parts = new WeakMap<object, Pair>();
  readonly #names = new Map<string, Pair>();
  readonly #double = new Float64Array(1);
  readonly #words = new Uint32Array(this.#double.buffer);
  #stateA: number = seedA;
  #stateB: number = seedB;
  #count = 0;
  /** What the last hashed value came to. */
  #a = 0;
  #b = 0;

  add(record: TraceRecord): void {
    this.#count += 1;
    this.#map(record, depths.record);
    this.#stateA = finish(mixA(mixA(this.#stateA, scramble(this.#count)), scramble(this.#a)));
    this.#stateB = finish(mixB(mixB(this.#stateB, scramble(this.#count)), scramble(this.#b)));
  }

  digest(): string {
    return hex(this.#stateA) + hex(this.#stateB);
  }

  #value(value: unknown, depth: number, name: string): void {
    if (typeof value === 'string') this.#text(value);
    else if (typeof value === 'number') this.#number(value);
    else if (typeof value === 'boolean') this.#word(value ? tags.true : tags.false);
    else if (value === null) this.#word(tags.null);
    else if (typeof value === 'object') this.#part(value, depth, name);
    else throw new TypeError(`a trace holds JSON only, found ${typeof value}`);
  }

  /** Keeping costs more than hashing where nothing is shared: versions share their spec, and parts of the other sections. */
  #part(part: object, depth: number, name: string): void {
    const kept = depth === depths.part || (depth === depths.section && name === 'spec');
    const known = kept ? this.#parts.get(part) : undefined;
    if (known !== undefined) {
      this.#a = known.a;
      this.#b = known.b;
      return;
    }
    if (Array.isArray(part)) this.#list(part, depth);
    else this.#map(part, depth);
    if (kept) this.#parts.set(part, { a: this.#a, b: this.#b });
  }

  #list(list: readonly unknown[], depth: number): void {
    let a = mixA(seedA, scramble(tags.list));
    let b = mixB(seedB, scramble(tags.list));
    // Long lists (the addresses of Endpoints) change by an element or two.
    const inside = list.length > listLong ? depths.part : depth + 1;
    for (const element of list) {
      this.#value(element === undefined ? null : element, inside, '');
      a = mixA(a, scramble(this.#a));
      b = mixB(b, scramble(this.#b));
    }
    const length = scramble(list.length);
    this.#a = finish(mixA(a, length));
    this.#b = finish(mixB(b, length));
  }

  /** Members are added up, so that their order does not count and nothing must be sorted. */
  #map(map: object, depth: number): void {
    let a = 0;
    let b = 0;
    let size = 0;
    for (const name in map) {
      const value = (map as Record<string, unknown>)[name];
      // Written files have neither (`trace/file.ts`).
      if (value === undefined || name === 'managedFields') continue;
      const key = this.#name(name);
      this.#value(value, depth + 1, name);
      // Multiplied first, so that a name and a value that change places do not come to the same.
      a = (a + finish(key.a ^ Math.imul(this.#a, 0xcc9e2d51))) | 0;
      b = (b + finish(key.b ^ Math.imul(this.#b, 0x1b873593))) | 0;
      size += 1;
    }
    const end = scramble((size << 3) | tags.map);
    this.#a = finish(mixA(mixA(seedA, scramble(a)), end));
    this.#b = finish(mixB(mixB(seedB, scramble(b)), end));
  }

  /** Names of members are few and come again and again. */
  #name(name: string): Pair {
    let pair = this.#names.get(name);
    if (pair === undefined) {
      this.#text(name);
      this.#names.set(name, (pair = { a: this.#a, b: this.#b }));
    }
    return pair;
  }

  /** Most of a trace is text, so its step is the cheapest that still spreads every bit of two characters over both lanes. */
  #text(text: string): void {
    const { length } = text;
    let a = seedA ^ length;
    let b = seedB ^ length;
    let at = 0;
    for (; at + 1 < length; at += 2) {
      const word = text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16);
      a = Math.imul(a ^ word, 0x85ebca6b);
      a ^= a >>> 15;
      b = Math.imul(b ^ word, 0xc2b2ae35);
      b ^= b >>> 13;
    }
    if (at < length) {
      const word = text.charCodeAt(at);
      a = Math.imul(a ^ word, 0x85ebca6b);
      b = Math.imul(b ^ word, 0xc2b2ae35);
    }
    this.#a = finish(a ^ tags.text);
    this.#b = finish(b ^ tags.text);
  }

  #number(value: number): void {
    // The two zeros are one number in JSON.
    this.#double[0] = value === 0 ? 0 : value;
    const low = scramble(this.#words[0] ?? 0);
    const high = scramble(this.#words[1] ?? 0);
    const tag = scramble(tags.number);
    this.#a = finish(mixA(mixA(mixA(seedA, low), high), tag));
    this.#b = finish(mixB(mixB(mixB(seedB, low), high), tag));
  }

  #word(word: number): void {
    const scrambled = scramble(word);
    this.#a = finish(mixA(seedA, scrambled));
    this.#b = finish(mixB(seedB, scrambled));
  }
}

/** The part of murmur3's step that does not depend on the lane. */
function scramble(word: number): number {
  const k = Math.imul(word, 0xcc9e2d51);
  return Math.imul((k << 15) | (k >>> 17), 0x1b873593);
}

/** The step of murmur3_32. */
function mixA(hash: number, scrambled: number): number {
  const mixed = hash ^ scrambled;
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

/** The step of another lane of murmur3_128. */
function mixB(hash: number, scrambled: number): number {
  const mixed = hash ^ Math.imul(scrambled, 0x38b34ae5);
  return (Math.imul((mixed << 17) | (mixed >>> 15), 5) + 0x0bcaa747) | 0;
}

/** The final avalanche of murmur3. */
function finish(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
