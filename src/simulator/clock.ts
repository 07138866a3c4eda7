// Virtual time: a queue of timers on (time, sequence). Nothing in the simulator happens outside a timer or a request.

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
