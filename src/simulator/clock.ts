// Virtual time: a queue of timers on (time, sequence). Nothing in the simulator happens outside a timer or a request.

import { formatMicroTimestamp, formatTimestamp } from './timestamp.ts';

/** Microseconds of virtual time since the simulation began; an integer. */
export type Micros = number;

/**
 * What a timer stands for, so that quiet can be decided: `work` is something under way (an API call, a container that
 * starts); `deadline` will surely change something later (minReadySeconds, a toleration running out); `retry` repeats a
 * failing pass or container after 10 s or more; `periodic` never changes anything by itself (heartbeats, resyncs).
 */
export type TimerClass = 'work' | 'deadline' | 'retry' | 'periodic';

/** A timer that was set. */
export interface Timer {
  readonly at: Micros;
  readonly class: TimerClass;
  /** What it stands for, for people: `kubelet kind-worker: start web-0`. */
  readonly label: string;
}

/** The clock of one simulation. */
export interface Clock {
  readonly now: Micros;
  /** When the next timer runs, of whatever class; undefined when there is none. */
  readonly nextAt: Micros | undefined;
  /** `now` as RFC 3339 with whole seconds, counted from the simulation's epoch. */
  readonly timestamp: string;
  /** `now` as RFC 3339 with microseconds (`MicroTime`). */
  readonly microTimestamp: string;
  /** Sets a timer; ties run in the order in which they were set. A time in the past means now. */
  after(delay: Micros, timerClass: TimerClass, label: string, run: () => void): Timer;
  cancel(timer: Timer): void;
  /** Runs the next timer if it is due at `limit` or before; false when there is none. */
  step(limit: Micros): boolean;
  /** Moves time to `to`, running what is due first. */
  advanceTo(to: Micros): void;
  /** Number of pending timers of a class. */
  pending(timerClass: TimerClass): number;
  /** Pending timers that are not periodic, soonest first, at most `limit`. */
  moving(limit: number): readonly Timer[];
}

/** Creates a clock that shows 0, the simulation's epoch (2026-01-01T00:00:00Z). */
export function createClock(): Clock {
  return new HeapClock();
}

class HeapTimer implements Timer {
  readonly at: Micros;
  readonly class: TimerClass;
  readonly label: string;
  readonly sequence: number;
  /** Undefined once it ran or was cancelled. */
  run: (() => void) | undefined;

  constructor(at: Micros, timerClass: TimerClass, label: string, sequence: number, run: () => void) {
    this.at = at;
    this.class = timerClass;
    this.label = label;
    this.sequence = sequence;
    this.run = run;
  }
}

/** A binary heap; cancelled timers stay in it until they come up, or until they are the larger part of it. */
class HeapClock implements Clock {
  #now: Micros = 0;
  #sequence = 0;
  #heap: HeapTimer[] = [];
  #cancelled = 0;
  readonly #pending: Record<TimerClass, number> = { work: 0, deadline: 0, retry: 0, periodic: 0 };
  #timestampSecond = -1;
  #timestamp = '';

  get now(): Micros {
    return this.#now;
  }

  get nextAt(): Micros | undefined {
    return this.#next()?.at;
  }

  get timestamp(): string {
    const second = Math.floor(this.#now / 1_000_000);
    if (second !== this.#timestampSecond) {
      this.#timestampSecond = second;
      this.#timestamp = formatTimestamp(this.#now);
    }
    return this.#timestamp;
  }

  get microTimestamp(): string {
    return formatMicroTimestamp(this.#now);
  }

  after(delay: Micros, timerClass: TimerClass, label: string, run: () => void): Timer {
    const at = delay > 0 ? this.#now + Math.floor(delay) : this.#now;
    const timer = new HeapTimer(at, timerClass, label, ++this.#sequence, run);
    this.#pending[timerClass]++;
    this.#heap.push(timer);
    siftUp(this.#heap, this.#heap.length - 1);
    return timer;
  }

  cancel(timer: Timer): void {
    const own = timer as HeapTimer;
    if (own.run === undefined) return;
    own.run = undefined;
    this.#pending[own.class]--;
    this.#cancelled++;
    if (this.#cancelled > 64 && this.#cancelled * 2 > this.#heap.length) this.#sweep();
  }

  step(limit: Micros): boolean {
    const next = this.#next();
    if (next === undefined || next.at > limit) return false;
    removeFirst(this.#heap);
    this.#now = next.at;
    this.#pending[next.class]--;
    const run = next.run;
    next.run = undefined;
    run?.();
    return true;
  }

  advanceTo(to: Micros): void {
    while (this.step(to));
    if (to > this.#now) this.#now = to;
  }

  pending(timerClass: TimerClass): number {
    return this.#pending[timerClass];
  }

  moving(limit: number): readonly Timer[] {
    return this.#heap
      .filter((timer) => timer.run !== undefined && timer.class !== 'periodic')
      .sort((left, right) => (before(left, right) ? -1 : 1))
      .slice(0, limit);
  }

  /** The soonest timer that was not cancelled, still in the heap. */
  #next(): HeapTimer | undefined {
    for (;;) {
      const first = this.#heap[0];
      if (first === undefined || first.run !== undefined) return first;
      removeFirst(this.#heap);
      this.#cancelled--;
    }
  }

  /** Rebuilds the heap without the cancelled timers; an ordered array is a heap. */
  #sweep(): void {
    this.#heap = this.#heap
      .filter((timer) => timer.run !== undefined)
      .sort((left, right) => (before(left, right) ? -1 : 1));
    this.#cancelled = 0;
  }
}

function before(left: HeapTimer, right: HeapTimer): boolean {
  return left.at < right.at || (left.at === right.at && left.sequence < right.sequence);
}

function siftUp(heap: HeapTimer[], from: number): void {
  const timer = heap[from]!;
  let hole = from;
  while (hole > 0) {
    const parent = (hole - 1) >> 1;
    const above = heap[parent]!;
    if (!before(timer, above)) break;
    heap[hole] = above;
    hole = parent;
  }
  heap[hole] = timer;
}

function removeFirst(heap: HeapTimer[]): void {
  const last = heap.pop()!;
  const length = heap.length;
  if (length === 0) return;
  let hole = 0;
  for (;;) {
    let child = 2 * hole + 1;
    if (child >= length) break;
    if (child + 1 < length && before(heap[child + 1]!, heap[child]!)) child++;
    const below = heap[child]!;
    if (!before(below, last)) break;
    heap[hole] = below;
    hole = child;
  }
  heap[hole] = last;
}
