// client-go's work queue: a key is in it once, never in two workers, and a failing key comes back later and later.

import { Fifo } from '../fifo.ts';
import type { Clock, Micros, Timer, TimerClass } from '../clock.ts';
import type { ObjectKey } from '../store/store.ts';
import type { WorkQueue } from './controller.ts';

/** First back-off of a failing key; doubled with each failure. */
const firstBackoff: Micros = 5_000;
const backoffMax: Micros = 1_000_000_000;

/** The bucket that all failing keys of a queue share: 10 a second, 100 at once. */
const sharedInterval: Micros = 100_000;
const sharedBurst = 100;

/** From this wait on a failure is a `retry`, which does not keep a cluster from being quiet; below it is `work`. */
const retryFrom: Micros = 10_000_000;

/** The worker's side of a queue. */
export interface WorkerQueue extends WorkQueue {
  /** The next key for a worker, which must give it back with `done`. */
  take(): ObjectKey | undefined;
  /** The worker is through with the key; if it was enqueued meanwhile, it is ready again. */
  done(key: ObjectKey): void;
  /** Enqueues after the key's back-off. `reason` is shown while it waits. */
  retry(key: ObjectKey, reason: string): void;
  /** The key succeeded: its back-off starts anew. */
  forget(key: ObjectKey): void;
  /** Takes back `enqueueAfter`; the back-off of a failing key stands. */
  dropWait(key: ObjectKey): void;
  /** Keys ready for a worker. */
  readonly length: number;
}

/** What a queue is made of. */
export interface WorkQueueOptions {
  readonly clock: Clock;
  /** The controller, for labels. */
  readonly name: string;
  /** Called whenever a key becomes ready. */
  readonly onReady: () => void;
}

/** Creates a queue. */
export function createWorkQueue(options: WorkQueueOptions): WorkerQueue {
  return new RateLimitedQueue(options);
}

class RateLimitedQueue implements WorkerQueue {
  readonly #clock: Clock;
  readonly #name: string;
  readonly #onReady: () => void;
  readonly #ready = new Fifo<ObjectKey>();
  /**
   * Keys that are ready, in a worker, or in a worker and to become ready again when it is done. One map, for each deletion
   * from a small set or map makes the engine allocate a smaller one.
   */
  readonly #states = new Map<ObjectKey, 'ready' | 'in work' | 'again'>();
  /** At most one wait a key: the one that ends first (client-go's delaying queue). */
  readonly #waiting = new Map<ObjectKey, Timer>();
  readonly #failures = new Map<ObjectKey, number>();
  /** When the shared bucket will have given back all that was taken. */
  #bucketFullAt: Micros = 0;

  constructor({ clock, name, onReady }: WorkQueueOptions) {
    this.#clock = clock;
    this.#name = name;
    this.#onReady = onReady;
  }

  get length(): number {
    return this.#ready.length;
  }

  enqueue(key: ObjectKey): void {
    const state = this.#states.get(key);
    if (state === undefined) this.#makeReady(key);
    else if (state === 'in work') this.#states.set(key, 'again');
  }

  enqueueAfter(key: ObjectKey, delay: Micros): void {
    this.#wait(key, delay, 'deadline', 'comes back later');
  }

  take(): ObjectKey | undefined {
    const key = this.#ready.shift();
    if (key === undefined) return undefined;
    this.#states.set(key, 'in work');
    return key;
  }

  done(key: ObjectKey): void {
    if (this.#states.get(key) === 'again') this.#makeReady(key);
    else this.#states.delete(key);
  }

  retry(key: ObjectKey, reason: string): void {
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    const own = failures > 18 ? backoffMax : Math.min(backoffMax, firstBackoff * 2 ** failures);
    const delay = Math.max(own, this.#drawFromBucket());
    this.#wait(key, delay, delay >= retryFrom ? 'retry' : 'work', reason);
  }

  forget(key: ObjectKey): void {
    if (this.#failures.size > 0) this.#failures.delete(key);
  }

  dropWait(key: ObjectKey): void {
    const waiting = this.#waiting.get(key);
    if (waiting?.class !== 'deadline') return;
    this.#clock.cancel(waiting);
    this.#waiting.delete(key);
  }

  #makeReady(key: ObjectKey): void {
    this.#states.set(key, 'ready');
    this.#ready.push(key);
    this.#onReady();
  }

  /** Takes one of the bucket, in advance if it is empty, and tells how long until it is there. */
  #drawFromBucket(): Micros {
    const now = this.#clock.now;
    this.#bucketFullAt = Math.max(this.#bucketFullAt, now) + sharedInterval;
    return Math.max(0, this.#bucketFullAt - now - sharedBurst * sharedInterval);
  }

  #wait(key: ObjectKey, delay: Micros, timerClass: TimerClass, reason: string): void {
    if (delay <= 0) {
      this.enqueue(key);
      return;
    }
    const waiting = this.#waiting.get(key);
    if (waiting !== undefined) {
      if (waiting.at <= this.#clock.now + delay) return;
      this.#clock.cancel(waiting);
    }
    const timer = this.#clock.after(delay, timerClass, `${this.#name}: ${key}: ${reason}`, () => {
      this.#waiting.delete(key);
      this.enqueue(key);
    });
    this.#waiting.set(key, timer);
  }
}
