// How a pod is stopped on its node (POD-TERM): signals, the grace period, the last status, the removal of the object.

import { keyOf, podKind } from './pod.ts';
import { stoppedPhaseOf } from './phase.ts';
import { mainCommand } from './shell/main-command.ts';
import type { Micros } from '../clock.ts';
import type { Container } from './container.ts';
import type { PodRun } from './pod-run.ts';

const second = 1_000_000;
/** A container is never killed sooner than this after the stop call (POD-TERM-04). */
const stopMin = 2 * second;

/** Stops the pod of a run, once, and removes its object if that is being deleted. */
export class PodStopper {
  readonly #run: PodRun;
  #deadline: Micros = 0;

  constructor(run: PodRun) {
    this.#run = run;
  }

  /** Stops all containers within the grace period; a later, shorter grace does not hurry them (POD-TERM-11). */
  stop(graceSeconds: number): void {
    const run = this.#run;
    run.cancel();
    this.#deadline = run.host.plant.clock.now + Math.max(graceSeconds * second, stopMin);
    if (run.containers.every(({ ran }) => !ran)) {
      this.#abandon();
      return;
    }
    const running = run.containers.filter((container) => container.running);
    for (const container of running) {
      // Sidecars are announced at once, although they stop last (POD-TERM-05).
      run.event('Normal', 'Killing', `Stopping container ${container.name}`, container);
    }
    run.publish();
    const sidecars = running.filter(({ role }) => role === 'sidecar').reverse();
    const others = running.filter(({ role }) => role !== 'sidecar');
    let left = others.length;
    if (left === 0) this.#stopInTurn(sidecars);
    for (const container of others) {
      this.#end(container, () => {
        left -= 1;
        if (left === 0) this.#stopInTurn(sidecars);
      });
    }
  }

  #stopInTurn(sidecars: readonly Container[]): void {
    const [first, ...rest] = sidecars;
    if (first === undefined) this.#finish();
    else this.#end(first, () => this.#stopInTurn(rest));
  }

  /** Sends the stop signal, after the preStop hook; what has not ended when the grace is over is killed (POD-TERM-02). */
  #end(container: Container, then: () => void): void {
    const run = this.#run;
    const { clock } = run.host.plant;
    const hook = this.#hook(container);
    const exitCode = mainCommand(container.spec) === undefined ? 0 : run.runtime.terminate(container);
    // Who ignores the signal is killed at the end of the grace period.
    const obeyed = exitCode === undefined ? Number.POSITIVE_INFINITY : hook + run.wait('containerStop');
    const left = Math.max(this.#deadline - clock.now, 0);
    run.after(Math.min(obeyed, left), 'work', `stop ${container.name}`, () => {
      run.endInside(container);
      container.end(clock.timestamp, obeyed < left ? (exitCode ?? 0) : 137);
      then();
    });
  }

  /** How long the preStop hook takes; what its command does happens at once. */
  #hook(container: Container): Micros {
    const { sleep, exec } = container.spec.lifecycle?.preStop ?? {};
    if (sleep !== undefined) return sleep.seconds * second;
    if (exec?.command === undefined) return 0;
    const started = this.#run.runtime.exec(container, exec.command);
    let slept: Micros = 0;
    for (let step = started?.process.next(); step !== undefined; step = started?.process.next()) {
      if (step.done === true) {
        if (step.value !== 0) this.#run.event('Warning', 'FailedPreStopHook', 'PreStopHook failed', container);
        return slept;
      }
      slept += step.value;
      if (slept === Number.POSITIVE_INFINITY) return slept;
    }
    return slept;
  }

  /** Nothing ran yet: nothing is waited for, and every container counts as lost (POD-TERM-07). */
  #abandon(): void {
    const run = this.#run;
    for (const container of run.containers) {
      if (container.role === 'app') container.wait('ContainerCreating');
    }
    run.publish();
    run.after(run.random.integer(second / 5, second / 2), 'work', 'remove sandbox', () => this.#finish());
  }

  #finish(): void {
    const run = this.#run;
    for (const container of run.containers) {
      if (container.ran) container.restore();
      else container.lose();
    }
    run.sandboxReady = false;
    run.ended = run.failure === undefined ? stoppedPhaseOf(run.containers) : 'Failed';
    run.publish(() => this.#remove());
  }

  /** The object goes once its last status is in the API (POD-TERM-13) and its volumes are unmounted (ATT-04). */
  #remove(): void {
    const run = this.#run;
    const { uid, deletionTimestamp } = run.pod.metadata;
    if (deletionTimestamp === undefined) return;
    run.after(run.wait('podRemoval'), 'work', 'remove the pod', () => {
      run.host.remote(() => {
        run.host.plant.api.delete(podKind, keyOf(run.pod), { gracePeriodSeconds: 0, preconditions: { uid } });
      });
    });
  }
}
