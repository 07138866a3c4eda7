// How soon a failed daemon pod of a node is replaced again: 1 s, doubled each time, up to 15 minutes (DS-06).

import type { Micros } from '../../clock.ts';
import type { ObjectKey } from '../../store/store.ts';

const first: Micros = 1_000_000;
const max: Micros = 900_000_000;

interface Entry {
  readonly delay: Micros;
  readonly at: Micros;
}

/** The back-offs of all sets and nodes. */
export class FailedPodBackoff {
  readonly #entries = new Map<ObjectKey, Map<string, Entry>>();

  /** How long a failed pod has to stay; 0 when it may go now, which counts as a failure. */
  waitFor(set: ObjectKey, node: string, now: Micros): Micros {
    let entries = this.#entries.get(set);
    if (entries === undefined) this.#entries.set(set, (entries = new Map()));
    const entry = entries.get(node);
    if (entry !== undefined && now - entry.at < entry.delay) return entry.at + entry.delay - now;
    // After twice the longest time without a failure it starts anew.
    const fresh = entry === undefined || now - entry.at > 2 * max;
    entries.set(node, { delay: fresh ? first : Math.min(entry.delay * 2, max), at: now });
    return 0;
  }

  forget(set: ObjectKey): void {
    this.#entries.delete(set);
  }
}
