// One probe of one run of a container. A result counts after as many answers in a row as its threshold says (PROBE-04); from
// then on nothing is asked, since nothing would change, until something is known to have changed.

import type { Micros, Timer, TimerClass } from '../clock.ts';
import type { Container } from './container.ts';
import type { PodRun } from './pod-run.ts';
import type { Probe } from './pod.ts';

const second = 1_000_000;
/** A probe's worker ticks at its own phase; a pod that is not ready is probed at least about this often (PROBE-03). */
const tickMax = second;

/** What a probe is for. */
export type ProbeKind = 'Readiness' | 'Liveness' | 'Startup';

/** What a worker works with. */
export interface ProbeWorkerOptions {
  readonly run: PodRun;
  readonly container: Container;
  readonly kind: ProbeKind;
  readonly probe: Probe;
  /** What goes wrong now; undefined when all is well. */
  readonly check: () => string | undefined;
  /** The result has changed, or is there for the first time. */
  readonly settled: (passed: boolean) => void;
}

/** Asks, counts, and tells results. */
export class ProbeWorker {
  readonly #options: ProbeWorkerOptions;
  #result: 'unknown' | 'passed' | 'failed' = 'unknown';
  #successes = 0;
  #failures = 0;
  #timer: Timer | undefined;

  constructor(options: ProbeWorkerOptions) {
    this.#options = options;
    const { probe, run } = options;
    // The answers in a row that a first success needs are as good as sure: they are waited for in one.
    const further = options.check() === undefined ? ((probe.successThreshold ?? 1) - 1) * this.#period : 0;
    this.#successes = further / this.#period;
    this.#ask((probe.initialDelaySeconds ?? 0) * second + run.random.integer(0, tickMax) + further);
  }

  get passed(): boolean {
    return this.#result === 'passed';
  }

  /** Something may have changed: the next answer comes with the worker's next tick. */
  reconsider(): void {
    if (this.#timer !== undefined || this.#result === 'unknown') return;
    const passes = this.#options.check() === undefined;
    if (passes === this.passed) return;
    const wait = passes ? Math.min(this.#period, tickMax) : this.#period;
    this.#ask(this.#options.run.random.integer(0, wait));
  }

  stop(): void {
    if (this.#timer !== undefined) this.#options.run.cancel(this.#timer);
    this.#timer = undefined;
  }

  get #period(): Micros {
    return (this.#options.probe.periodSeconds ?? 10) * second;
  }

  #ask(delay: Micros): void {
    const { run, container, kind } = this.#options;
    // A container that waits long for its probe is not under way, but it will surely change.
    const timerClass: TimerClass = delay < 10 * second ? 'work' : 'deadline';
    this.#timer = run.after(delay, timerClass, `${kind.toLowerCase()} probe of ${container.name}`, () => {
      this.#timer = undefined;
      this.#answer();
    });
  }

  #answer(): void {
    const { check, probe, settled, run, kind, container } = this.#options;
    const wrong = check();
    if (wrong === undefined) {
      this.#failures = 0;
      this.#successes += 1;
      if (this.#successes < (probe.successThreshold ?? 1)) this.#ask(this.#period);
      else this.#settle('passed', settled);
      return;
    }
    this.#successes = 0;
    this.#failures += 1;
    // Every failing probe is told, those below the threshold too (PROBE-05).
    run.event('Warning', 'Unhealthy', `${kind} probe failed: ${wrong}`, container);
    if (this.#failures < (probe.failureThreshold ?? 3)) this.#ask(this.#period);
    else this.#settle('failed', settled);
  }

  #settle(result: 'passed' | 'failed', settled: (passed: boolean) => void): void {
    this.#failures = 0;
    this.#successes = 0;
    if (this.#result === result) return;
    this.#result = result;
    settled(result === 'passed');
  }
}
