// A set of ordinals that finds its neighbours fast: bits in words of 32, and above them two trees of bits, one of the words
// that have any and one of the words that have all. Sparse, because a set may start at any int32 (STS-ORD-01).

// 32^7 is more than any int32 has.
const levels = 7;

/** Ordinals from 0 to the largest int32. Every operation costs at most one step a level. */
export class OrdinalSet {
  readonly #words = new Map<number, number>();
  readonly #used: OrdinalSet | undefined;
  readonly #full: OrdinalSet | undefined;
  #size = 0;

  constructor(level = 1, tree: 'both' | 'used' | 'full' = 'both') {
    if (level === levels) return;
    if (tree !== 'full') this.#used = new OrdinalSet(level + 1, 'used');
    if (tree !== 'used') this.#full = new OrdinalSet(level + 1, 'full');
  }

  get size(): number {
    return this.#size;
  }

  has(ordinal: number): boolean {
    return (this.#word(ordinal >>> 5) & bit(ordinal)) !== 0;
  }

  /** Adds or removes an ordinal. */
  set(ordinal: number, present: boolean): void {
    const place = ordinal >>> 5;
    const before = this.#word(place);
    const after = present ? before | bit(ordinal) : before & ~bit(ordinal);
    if (after === before) return;
    this.#size += present ? 1 : -1;
    // An empty word stays: a map that loses its last entries makes a smaller table each time.
    this.#words.set(place, after);
    if (before === 0 || after === 0) this.#used?.set(place, after !== 0);
    if (before === -1 || after === -1) this.#full?.set(place, after === -1);
  }

  /** The lowest member from `from` on; Infinity when there is none. */
  next(from: number): number {
    if (this.#size === 0) return Infinity;
    const place = from >>> 5;
    const here = this.#word(place) & (-1 << (from & 31));
    if (here !== 0) return place * 32 + lowestBit(here);
    const found = this.#used?.next(place + 1) ?? Infinity;
    return found === Infinity ? Infinity : found * 32 + lowestBit(this.#word(found));
  }

  /** The highest member up to and including `upto`; -1 when there is none. */
  previous(upto: number): number {
    if (this.#size === 0 || upto < 0) return -1;
    const place = upto >>> 5;
    const here = this.#word(place) & (-1 >>> (31 - (upto & 31)));
    if (here !== 0) return place * 32 + highestBit(here);
    const found = this.#used?.previous(place - 1) ?? -1;
    return found < 0 ? -1 : found * 32 + highestBit(this.#word(found));
  }

  /** The lowest ordinal from `from` on that is not a member. */
  nextMissing(from: number): number {
    if (this.#size === 0) return from;
    const place = from >>> 5;
    const here = ~this.#word(place) & (-1 << (from & 31));
    if (here !== 0) return place * 32 + lowestBit(here);
    const found = this.#full?.nextMissing(place + 1) ?? place + 1;
    return found * 32 + lowestBit(~this.#word(found));
  }

  #word(place: number): number {
    return this.#words.get(place) ?? 0;
  }
}

function bit(ordinal: number): number {
  return 1 << (ordinal & 31);
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}

function highestBit(word: number): number {
  return 31 - Math.clz32(word);
}
