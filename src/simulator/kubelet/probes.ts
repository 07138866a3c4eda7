// Probes. They succeed unless a fault holds readiness back, so one is scheduled only when its outcome will change
// something (PROBE-02 to -04): the first success after a start, and the flips that a fault causes.

import type { Micros, Timer, TimerClass } from '../clock.ts';
import type { Container } from './container.ts';
import type { PodRun } from './pod-run.ts';
import type { Probe } from './pod.ts';

const second = 1_000_000;
/** A probe's worker ticks at its own phase; a pod that is not ready is probed at least about this often (PROBE-03). */
const tickMax = second;

/** Watches over readiness and start-up of a pod's containers. */
export class Prober {
  readonly #run: PodRun;
  readonly #timers = new Map<Container, Timer>();
  /** Containers whose readiness probe has succeeded in this run, or that have none. */
  readonly #passed = new Set<Container>();
  /** Called after `started` or `ready` of a container changed. */
  readonly #changed: (container: Container) => void;

  constructor(run: PodRun, changed: (container: Container) => void) {
    this.#run = run;
    this.#changed = changed;
  }

  /** A run of a container began. Without probes it is started and ready at once. */
  begin(container: Container): void {
    this.forget(container);
    const { startupProbe } = container.spec;
    if (startupProbe === undefined) {
      this.#start(container);
      return;
    }
    this.#await(container, startupProbe, 'startup probe', () => {
      this.#start(container);
      this.#changed(container);
    });
  }

  /** A container's run is over. */
  forget(container: Container): void {
    const timer = this.#timers.get(container);
    if (timer !== undefined) this.#run.cancel(timer);
    this.#timers.delete(container);
    this.#passed.delete(container);
  }

  /** A fault was put in or taken away: readiness flips after as many probes as the thresholds say. */
  reconsider(container: Container): void {
    if (!container.running || !this.#passed.has(container)) return;
    const wanted = !this.#heldBack(container);
    if (container.ready === wanted) return;
    const probe = container.spec.readinessProbe;
    // Without a probe the fault is the container's own: the next look at it shows the change.
    const delay = probe === undefined ? 0 : this.#flipDelay(probe, wanted);
    if (!wanted && probe !== undefined) {
      this.#run.event('Warning', 'Unhealthy', 'Readiness probe failed: the container reports not ready', container);
    }
    this.#set(container, delay, wanted ? 'readiness probe' : 'failing readiness probe', () => {
      this.#apply(container);
      this.#changed(container);
    });
  }

  #start(container: Container): void {
    container.markStarted(true);
    // An init container is ready when it has ended well, not while it runs (POD-INIT-02).
    if (container.role === 'init') return;
    const probe = container.spec.readinessProbe;
    if (probe === undefined) {
      this.#passed.add(container);
      this.#apply(container);
      return;
    }
    this.#await(container, probe, 'readiness probe', () => {
      this.#passed.add(container);
      this.#apply(container);
      this.#changed(container);
    });
  }

  #apply(container: Container): void {
    container.markReady(!this.#heldBack(container));
  }

  #heldBack(container: Container): boolean {
    return this.#run.host.faults.notReady(this.#run.pod, container.name);
  }

  /** Waits for a probe's success: the initial delay, the worker's tick, and further periods up to the threshold. */
  #await(container: Container, probe: Probe, what: string, run: () => void): void {
    const further = ((probe.successThreshold ?? 1) - 1) * (probe.periodSeconds ?? 10) * second;
    const delay = (probe.initialDelaySeconds ?? 0) * second + this.#run.random.integer(0, tickMax) + further;
    this.#set(container, delay, what, run);
  }

  #flipDelay(probe: Probe, toReady: boolean): Micros {
    const period = (probe.periodSeconds ?? 10) * second;
    const threshold = toReady ? (probe.successThreshold ?? 1) : (probe.failureThreshold ?? 3);
    const first = this.#run.random.integer(0, toReady ? Math.min(period, tickMax) : period);
    return first + (threshold - 1) * period;
  }

  #set(container: Container, delay: Micros, what: string, run: () => void): void {
    const former = this.#timers.get(container);
    if (former !== undefined) this.#run.cancel(former);
    // A pod that waits long for its probe is not under way, but it will surely change.
    const timerClass: TimerClass = delay < 10 * second ? 'work' : 'deadline';
    const timer = this.#run.after(delay, timerClass, `${what} of ${container.name}`, () => {
      this.#timers.delete(container);
      run();
    });
    this.#timers.set(container, timer);
  }
}
