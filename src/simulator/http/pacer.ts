// How virtual time follows the wall: paced by a factor, or as fast as the work can be done. Time moves in slices of two
// milliseconds, between which requests are answered; when nothing is due, one timer is armed for what comes next.

import { clearImmediate, clearTimeout, setImmediate, setTimeout } from 'node:timers';
import type { Clock, Micros, Timer } from '../clock.ts';

/** How many times faster than the wall virtual time goes; `max` jumps from one thing that happens to the next. */
export type Speed = number | 'max';

/** What a pacer drives, and whom it tells. */
export interface PacerOptions {
  readonly clock: Clock;
  readonly speed: Speed;
  /** Called after every slice: what was seen can be sent. */
  readonly afterSlice: () => void;
  /** At `max`, time waits while readers cannot keep up. */
  readonly congested: () => boolean;
}

const sliceNanos = 2_000_000n;
/** Longest sleep, milliseconds; timers beyond it would overflow Node's. */
const sleepMaxMs = 60_000;
/** Wall time between two retries at `max` when nothing else is left: a pod that crashes for ever must not race through the years. */
const retryPauseMs = 100;
const congestionPauseMs = 2;
/**
 * At `max`, time stands still for a moment after a write, and while more requests follow on it: a client that deletes, looks
 * and then watches (kubectl does) would else find that all is over, and something else in its place, before it has looked.
 */
const courtesyMicros = 25_000;
/** However many requests follow, time goes on after so long. It is not held up again before it went for as long as it stood. */
const courtesyMaxMicros = 120_000;

/** Drives a simulation's clock. */
export class Pacer {
  readonly #clock: Clock;
  readonly #afterSlice: () => void;
  readonly #congested: () => boolean;
  #speed: Speed;
  #paused = false;
  #stopped = false;
  /** A wall time and the virtual time that belongs to it. */
  #anchor: { readonly wall: Micros; readonly virtual: Micros };
  /** Where `advance` goes before anything else. */
  #goal: Micros | undefined;
  #waiting: (() => void)[] = [];
  /** Wall times: since when time is held up, and until when. */
  #courtesy = { since: 0, until: 0 };
  #timeout: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;

  constructor({ clock, speed, afterSlice, congested }: PacerOptions) {
    this.#clock = clock;
    this.#speed = speed;
    this.#afterSlice = afterSlice;
    this.#congested = congested;
    this.#anchor = { wall: wallMicros(), virtual: clock.now };
  }

  get speed(): Speed {
    return this.#speed;
  }

  set speed(speed: Speed) {
    this.#anchorNow();
    this.#speed = speed;
    this.#next();
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** Lets time go. */
  start(): void {
    this.#anchorNow();
    this.#next();
  }

  pause(): void {
    this.arrive();
    this.#paused = true;
    this.#sleep();
  }

  resume(): void {
    this.#paused = false;
    this.start();
  }

  /** No more time passes; whoever waits for `advance` goes on. */
  stop(): void {
    this.#stopped = true;
    this.#sleep();
    this.#tellWaiting();
  }

  /** Brings virtual time to now, as far as one slice goes: called before a request is answered. */
  arrive(): void {
    if (this.#stopped || this.#speed === 'max') return;
    this.#slice(this.#target());
    this.#afterSlice();
  }

  /** A request was answered, and may have set timers; `wrote` when it may have changed something. */
  settle(wrote: boolean): void {
    this.#beCourteous(wrote);
    if (this.#immediate === undefined) this.#next();
  }

  /** Lets `micros` of virtual time pass as fast as it can, paused or not. */
  advance(micros: Micros): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    this.#goal = Math.max(this.#goal ?? 0, this.#clock.now + micros);
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#next();
    });
  }

  /** Goes to the next thing that is under way and lets it happen, paused or not; undefined when there is none. */
  step(): Timer | undefined {
    const next = this.#clock.moving(1)[0];
    if (next === undefined || this.#stopped) return undefined;
    // Heartbeats that come before it happen as well.
    while (this.#clock.moving(1)[0] === next && this.#clock.step(next.at));
    this.#anchorNow();
    this.#afterSlice();
    this.#next();
    return next;
  }

  #beCourteous(wrote: boolean): void {
    if (this.#speed !== 'max') return;
    const now = wallMicros();
    const { since, until } = this.#courtesy;
    if (now < until) this.#courtesy.until = Math.min(now + courtesyMicros, since + courtesyMaxMicros);
    else if (wrote && now - until >= until - since) this.#courtesy = { since: now, until: now + courtesyMicros };
  }

  /** Milliseconds for which time is still held up. */
  get #courtesyLeftMs(): number {
    return this.#goal === undefined ? Math.ceil((this.#courtesy.until - wallMicros()) / 1000) : 0;
  }

  readonly #pump = (): void => {
    this.#timeout = undefined;
    this.#immediate = undefined;
    const done = this.#slice(this.#target());
    this.#afterSlice();
    if (done && this.#goal !== undefined && this.#clock.now >= this.#goal) this.#reach();
    this.#next();
  };

  /** Runs what is due until `target`, for one slice at most; whether all of it is done. */
  #slice(target: Micros): boolean {
    const end = process.hrtime.bigint() + sliceNanos;
    for (let steps = 1; ; steps++) {
      if (target === Infinity && !this.#busy) return true;
      if (!this.#clock.step(target)) {
        if (target !== Infinity) this.#clock.advanceTo(target);
        return true;
      }
      if (steps % 16 === 0 && process.hrtime.bigint() > end) return false;
    }
  }

  #target(): Micros {
    if (this.#goal !== undefined) return this.#goal;
    if (this.#paused) return this.#clock.now;
    return this.#speed === 'max' ? Infinity : this.#paced(this.#speed);
  }

  #paced(speed: number): Micros {
    return Math.floor(this.#anchor.virtual + (wallMicros() - this.#anchor.wall) * speed);
  }

  /** Something is under way, or will surely change something. */
  get #busy(): boolean {
    return this.#clock.pending('work') > 0 || this.#clock.pending('deadline') > 0;
  }

  /** Sleeps until there is something to do. */
  #next(): void {
    this.#sleep();
    if (this.#stopped) return;
    const fast = this.#goal !== undefined || (this.#speed === 'max' && !this.#paused && this.#busy);
    if (fast) {
      const held = this.#courtesyLeftMs;
      if (held > 0) this.#timeout = setTimeout(this.#wake, held);
      else if (this.#congested()) this.#timeout = setTimeout(this.#pump, congestionPauseMs);
      else this.#immediate = setImmediate(this.#pump);
    } else if (!this.#paused) this.#doze();
  }

  /** After a pause that may have been extended. */
  readonly #wake = (): void => {
    this.#next();
  };

  #doze(): void {
    if (this.#speed === 'max') {
      if (this.#clock.pending('retry') > 0) this.#timeout = setTimeout(this.#jumpToRetry, retryPauseMs);
      return;
    }
    const at = this.#clock.nextAt;
    if (at === undefined) return;
    const ms = (at - this.#paced(this.#speed)) / this.#speed / 1000;
    this.#timeout = setTimeout(this.#pump, Math.min(Math.max(1, Math.ceil(ms)), sleepMaxMs));
  }

  readonly #jumpToRetry = (): void => {
    const retry = this.#clock.moving(1)[0];
    if (retry !== undefined) this.#goal ??= retry.at;
    this.#pump();
  };

  #reach(): void {
    this.#goal = undefined;
    this.#anchorNow();
    this.#tellWaiting();
  }

  #tellWaiting(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  #anchorNow(): void {
    this.#anchor = { wall: wallMicros(), virtual: this.#clock.now };
  }

  #sleep(): void {
    clearTimeout(this.#timeout);
    clearImmediate(this.#immediate);
    this.#timeout = undefined;
    this.#immediate = undefined;
  }
}

/** Monotonous; where it begins does not matter. */
function wallMicros(): Micros {
  return Number(process.hrtime.bigint() / 1000n);
}
