// One watch as it goes out: lines wait until the reader takes them, and a reader that never does is dropped (API-WATCH-10).

import type { ServerResponse } from 'node:http';

/** Bytes of live events that may wait for one reader. */
const backlogMax = 16 * 1024 * 1024;
/** Bytes from which on time at `max` waits for the reader. */
const backlogHigh = 4 * 1024 * 1024;
/** A reader that has taken nothing for so long while much waits is gone. */
const stallMaxNanos = 5_000_000_000n;
const chunkSize = 64 * 1024;

/** The lines of one watch. */
export class WatchStream {
  readonly #response: ServerResponse;
  /** What there was when the watch began: made as it is sent, since it may be large. */
  #prelude: Iterator<string> | undefined;
  #queue: string[] = [];
  #bytes = 0;
  #ending = false;
  #progressAt = process.hrtime.bigint();

  constructor(response: ServerResponse, prelude: Iterable<string>) {
    this.#response = response;
    this.#prelude = prelude[Symbol.iterator]();
    response.on('drain', () => this.flush());
  }

  /** Adds the line of an event; it is sent with the next `flush`. */
  push(line: string): void {
    this.#queue.push(line);
    this.#bytes += line.length;
    if (this.#bytes > backlogMax) this.drop();
  }

  /** Sends what waits, as far as the reader takes it. */
  flush(): void {
    while (!this.#response.writableNeedDrain && !this.#response.destroyed) {
      const chunk = this.#take();
      if (chunk === '') {
        if (this.#ending) this.#response.end();
        return;
      }
      this.#response.write(chunk);
      this.#progressAt = process.hrtime.bigint();
    }
  }

  /** Ends the stream when all is sent. */
  end(): void {
    this.#ending = true;
    this.flush();
  }

  /** Ends the stream now. */
  drop(): void {
    this.#queue = [];
    this.#bytes = 0;
    this.#response.destroy();
  }

  /** Whether so much waits that producing more should. A reader that stands still altogether is dropped. */
  get congested(): boolean {
    if (this.#bytes < backlogHigh) return false;
    if (process.hrtime.bigint() - this.#progressAt > stallMaxNanos) this.drop();
    return this.#bytes >= backlogHigh;
  }

  #take(): string {
    let chunk = '';
    while (this.#prelude !== undefined && chunk.length < chunkSize) {
      const next = this.#prelude.next();
      if (next.done === true) this.#prelude = undefined;
      else chunk += next.value;
    }
    let taken = 0;
    while (taken < this.#queue.length && chunk.length < chunkSize) {
      const line = this.#queue[taken++]!;
      chunk += line;
      this.#bytes -= line.length;
    }
    if (taken > 0) this.#queue = taken === this.#queue.length ? [] : this.#queue.slice(taken);
    return chunk;
  }
}
