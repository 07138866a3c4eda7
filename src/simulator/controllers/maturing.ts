// Pods that are ready but not yet for minReadySeconds, by the moment at which they will be: a binary heap.

import type { Micros } from '../clock.ts';

/** A pod and the moment from which it is available, inclusive (STS-HEALTH-01). */
export interface Maturing<Facts> {
  readonly at: Micros;
  readonly facts: Facts;
}

/** Maturing pods, the soonest first. Entries of pods that have changed since are left in it; the reader skips them. */
export class MaturingPods<Facts> {
  readonly #heap: Maturing<Facts>[] = [];

  get soonest(): Maturing<Facts> | undefined {
    return this.#heap[0];
  }

  add(entry: Maturing<Facts>): void {
    const heap = this.#heap;
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#atOf(parent) <= entry.at) break;
      this.#swap(at, parent);
      at = parent;
    }
  }

  removeSoonest(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    let at = 0;
    for (;;) {
      const left = at * 2 + 1;
      const smaller = this.#atOf(left + 1) < this.#atOf(left) ? left + 1 : left;
      if (this.#atOf(smaller) >= last.at) return;
      this.#swap(at, smaller);
      at = smaller;
    }
  }

  clear(): void {
    this.#heap.length = 0;
  }

  #atOf(place: number): Micros {
    return this.#heap[place]?.at ?? Infinity;
  }

  #swap(a: number, b: number): void {
    const first = this.#heap[a];
    const second = this.#heap[b];
    if (first === undefined || second === undefined) return;
    this.#heap[a] = second;
    this.#heap[b] = first;
  }
}
