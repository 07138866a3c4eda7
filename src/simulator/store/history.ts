// The last changes of the store, from which a watch resumes (API-WATCH-02) or learns that it comes too late (API-WATCH-06), and
// which lead back to how things were (API-LIST-01, -04).

import type { Change } from './store.ts';

/** A ring of changes. Their orders follow each other without gaps, so that a change's place is its order. */
export class History {
  readonly #ring: Change[] = [];
  readonly #capacity: number;
  #latest = 0;

  /** `capacity` 0 keeps nothing: every resumption from the past is too old. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  add(change: Change): void {
    this.#latest = change.order;
    if (this.#capacity > 0) this.#ring[change.order % this.#capacity] = change;
  }

  /** The changes after a version, oldest first, or undefined when some of them are forgotten. */
  after(order: number): readonly Change[] | undefined {
    if (order >= this.#latest) return [];
    if (this.#latest - order > this.#capacity) return undefined;
    const changes: Change[] = [];
    for (let next = order + 1; next <= this.#latest; next++) changes.push(this.#ring[next % this.#capacity]!);
    return changes;
  }

  /** The oldest version from which a watch can resume. */
  get oldest(): number {
    return Math.max(0, this.#latest - this.#capacity);
  }
}
