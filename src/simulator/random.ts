// Seeded chance. One stream an actor or object, so that one new draw does not shift the whole run.

/** A stream of random numbers, the same for the same seed and name. */
export interface Random {
  /**
   * A stream of its own, named by actor and object: `stream('kubelet/kind-worker')`. It begins anew each time that it is
   * asked for: keep it, or put into the name what tells two lives of an object apart (its uid).
   */
  stream(name: string): Random;
  /** An integer from `low` to `high`, both inclusive. Evenly spread, but for a bias below range / 2^31. */
  integer(low: number, high: number): number;
  /** `length` characters of an alphabet. */
  text(length: number, alphabet: string): string;
}

/** Creates the root stream of a run. `seed` is any integer. */
export function createRandom(seed: number): Random {
  return new Sfc32(`${seed}`);
}

/**
 * Chris Doty-Humphrey's sfc32: 128 bits of state, integer additions and shifts only, so that every engine on every
 * machine draws the same. The state is a hash of seed and stream name.
 */
class Sfc32 implements Random {
  readonly #name: string;
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(name: string) {
    this.#name = name;
    this.#a = hash(name, 0x9e3779b9);
    this.#b = hash(name, 0x85ebca6b);
    this.#c = hash(name, 0xc2b2ae35);
    // Names that differ little start near each other; twelve rounds are the author's advice.
    for (let round = 0; round < 12; round++) this.#next();
  }

  stream(name: string): Random {
    return new Sfc32(`${this.#name}/${name}`);
  }

  integer(low: number, high: number): number {
    const range = high - low + 1;
    if (range <= 1) return low;
    if (range <= 0x7fffffff) return low + ((this.#next() >>> 1) % range);
    // 52 bits; the remainder of integers below 2^53 is exact.
    return low + (((this.#next() >>> 0) * 0x100000 + (this.#next() >>> 12)) % range);
  }

  text(length: number, alphabet: string): string {
    let text = '';
    for (let position = 0; position < length; position++) text += alphabet[this.integer(0, alphabet.length - 1)] ?? '';
    return text;
  }

  #next(): number {
    const drawn = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + drawn) | 0;
    return drawn;
  }
}

/** 32 bits of a text's code units (FNV-1a with a final mix). */
function hash(text: string, basis: number): number {
  let value = basis | 0;
  for (let position = 0; position < text.length; position++) {
    value = Math.imul(value ^ text.charCodeAt(position), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x7feb352d);
  value = Math.imul(value ^ (value >>> 15), 0x846ca68b);
  return value ^ (value >>> 16);
}
