// All watches of a server: flushed together after each slice, and asked whether they keep up.

import type { WatchStream } from './watch-stream.ts';

/** The open watches. */
export class WatchHub {
  readonly #streams = new Set<WatchStream>();
  readonly #texts = new WeakMap<object, string>();

  /** The answer forgets the stream. */
  add(stream: WatchStream): () => void {
    this.#streams.add(stream);
    return () => this.#streams.delete(stream);
  }

  get size(): number {
    return this.#streams.size;
  }

  /** An object's JSON. Objects are immutable, so what several watches send is written once. */
  textOf(object: object): string {
    let text = this.#texts.get(object);
    if (text === undefined) this.#texts.set(object, (text = JSON.stringify(object)));
    return text;
  }

  flush(): void {
    for (const stream of this.#streams) stream.flush();
  }

  get congested(): boolean {
    let congested = false;
    for (const stream of this.#streams) if (stream.congested) congested = true;
    return congested;
  }

  /** Ends every watch. */
  close(): void {
    for (const stream of this.#streams) stream.end();
  }
}
