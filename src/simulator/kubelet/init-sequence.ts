// The order of init containers (POD-INIT-02, -03): one at a time, each to its end; a sidecar lets the next one go as soon
// as it has started, and runs on.

import type { Container } from './container.ts';
import type { ContainerRunner } from './container-runner.ts';
import type { PodRun } from './pod-run.ts';

/** Runs a pod's init containers and sidecars before its app containers. */
export class InitSequence {
  readonly #run: PodRun;
  readonly #runner: ContainerRunner;
  readonly #done: () => void;
  readonly #left: Container[];
  /** The restart of the current container whose end is already awaited. */
  #awaited = -1;

  constructor(run: PodRun, runner: ContainerRunner, done: () => void) {
    this.#run = run;
    this.#runner = runner;
    this.#done = done;
    this.#left = run.containers.filter(({ role }) => role !== 'app');
  }

  /** Launches the first container that is left; without one, initialising is done. */
  next(): void {
    const [container] = this.#left;
    this.#awaited = -1;
    if (container === undefined) this.#done();
    else this.#runner.launch(container);
  }

  /** Some container of the pod changed: the sequence goes on if it was the one that is waited for. */
  advance(): void {
    const [container] = this.#left;
    if (container === undefined) return;
    const done = container.role === 'sidecar' ? container.started : endedWell(container);
    if (done) {
      this.#left.shift();
      this.next();
    } else if (container.role === 'init' && container.running && this.#awaited !== container.restartCount) {
      if (this.#runner.endsByItself(container)) return;
      this.#awaited = container.restartCount;
      // What an init container does whose command is not understood takes about as long as a container takes to start.
      const delay = this.#run.wait('containerStart');
      this.#run.after(delay, 'work', `run ${container.name}`, () => this.#runner.exit(container, 0));
    }
  }
}

function endedWell({ state }: Container): boolean {
  return 'terminated' in state && state.terminated.exitCode === 0;
}
