// Runs a controller: takes keys from its queue, drives a pass a worker, and makes the passes' API calls in virtual time.

import { draw, type Latency } from '../profile.ts';
import { createWorkQueue, type WorkerQueue } from './work-queue.ts';
import type { Result } from '../api/server.ts';
import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { ObjectKey } from '../store/store.ts';
import type { Call, Controller, Informer, Pass, PassOutcome, Plant } from './controller.ts';

/** What `next` of a pass takes. */
type Answer = Result & readonly Result[];

/**
 * Starts a controller on the informer of its process. A call is executed when its latency is over, and its answer is
 * there at once; a list of calls is executed call by call as their latencies end, and answered when the last one is.
 */
export function startController(controller: Controller, informer: Informer, plant: Plant): void {
  const runner = new ControllerRunner(controller, plant);
  controller.start(informer, runner.queue);
}

class ControllerRunner {
  readonly queue: WorkerQueue;
  readonly #controller: Controller;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #apiCall: Latency;
  readonly #dispatch = () => this.#beginPasses();
  #busy = 0;
  #dispatching = false;

  constructor(controller: Controller, { clock, random, profile }: Plant) {
    this.#controller = controller;
    this.#clock = clock;
    this.#random = random.stream(`controller/${controller.name}`);
    this.#apiCall = profile.latencies.apiCall;
    this.queue = createWorkQueue({ clock, name: controller.name, onReady: () => this.#dispatchSoon() });
  }

  /** Passes never begin inside the handler that enqueues: other handlers of the same change would not have seen it yet. */
  #dispatchSoon(): void {
    if (this.#dispatching || this.#busy >= this.#controller.workers) return;
    this.#dispatching = true;
    this.#clock.after(0, 'work', this.#controller.name, this.#dispatch);
  }

  #beginPasses(): void {
    this.#dispatching = false;
    while (this.#busy < this.#controller.workers) {
      const key = this.queue.take();
      if (key === undefined) return;
      this.#busy++;
      this.#advance(key, this.#controller.reconcile(key), undefined);
    }
  }

  /** Runs the pass to its next calls or its end. */
  #advance(key: ObjectKey, pass: Pass, answer: Result | readonly Result[] | undefined): void {
    let step = pass.next(answer as Answer);
    while (step.done !== true && typeof step.value !== 'function' && step.value.length === 0) {
      step = pass.next([] as readonly Result[] as Answer);
    }
    if (step.done === true) this.#finish(key, step.value);
    else if (typeof step.value === 'function') this.#call(key, pass, step.value);
    else this.#callAll(key, pass, step.value);
  }

  #call(key: ObjectKey, pass: Pass, call: Call): void {
    this.#clock.after(draw(this.#apiCall, this.#random), 'work', `${this.#controller.name}: ${key}`, () =>
      this.#advance(key, pass, call()),
    );
  }

  #callAll(key: ObjectKey, pass: Pass, calls: readonly Call[]): void {
    const label = `${this.#controller.name}: ${key}`;
    const results: Result[] = Array.from({ length: calls.length });
    let open = calls.length;
    for (const [position, call] of calls.entries()) {
      this.#clock.after(draw(this.#apiCall, this.#random), 'work', label, () => {
        results[position] = call();
        if (--open === 0) this.#advance(key, pass, results);
      });
    }
  }

  #finish(key: ObjectKey, outcome: PassOutcome): void {
    if (outcome.kind === 'error') this.queue.retry(key, outcome.message);
    else {
      this.queue.forget(key);
      if (outcome.requeueAfter === 'never') this.queue.dropWait(key);
      else if (outcome.requeueAfter !== undefined) this.queue.enqueueAfter(key, outcome.requeueAfter);
    }
    this.#busy--;
    this.queue.done(key);
    if (this.queue.length > 0) this.#dispatchSoon();
  }
}
