// What happened since the server began, for clients of the control endpoint: changes, requests that write, faults.

import type { Micros } from '../clock.ts';
import type { Change, Store } from '../store/store.ts';

/** Records that are kept at least; from twice as many on, older ones are forgotten, and counted. */
const recordsMax = 50_000;

/** A record as it is written, without its moment. */
type Entry = { readonly at: Micros; readonly change: Change } | { readonly at: Micros; readonly said: object };

/** The records, oldest first. */
export class TraceLog {
  #entries: Entry[] = [];
  #forgotten = 0;
  readonly #stop: () => void;

  constructor(store: Store) {
    this.#stop = store.subscribe(undefined, (change) => this.#add({ at: change.at, change }));
  }

  /** Adds what is no change: a request, a fault. */
  add(at: Micros, said: object): void {
    this.#add({ at, said });
  }

  stop(): void {
    this.#stop();
  }

  get forgotten(): number {
    return this.#forgotten;
  }

  /** JSON Lines, in the shape of a trace file's records. */
  *lines(): Generator<string> {
    for (const entry of this.#entries) {
      const moment = { at: entry.at / 1000, step: -1 };
      const said = 'change' in entry ? { type: entry.change.type, object: entry.change.object } : entry.said;
      yield `${JSON.stringify({ ...moment, ...said })}\n`;
    }
  }

  #add(entry: Entry): void {
    this.#entries.push(entry);
    if (this.#entries.length < recordsMax * 2) return;
    this.#entries = this.#entries.slice(recordsMax);
    this.#forgotten += recordsMax;
  }
}
