// How a container of a pod is started, and started again: image, configuration, start, exit, back-off.

import { digestOf } from './digest.ts';
import { imageSizeOf, isImageReference, normalizedImage, pullFailureOf } from './image.ts';
import { missingConfiguration } from './mounts.ts';
import { Prober } from './probes.ts';
import { mainCommand } from './shell/main-command.ts';
import type { Micros, Timer } from '../clock.ts';
import type { Container } from './container.ts';
import type { PodRun } from './pod-run.ts';
import type { RuntimeListener, StartedCommand } from './shell/container-runtime.ts';
import type { LogEntry } from './shell/main-log.ts';

const second = 1_000_000;
/** A container that ran longer than this starts its back-off anew (POD-RESTART-07). */
const backoffForgotten = 600 * second;
const backoffMax = 300;

/** What a pod worker wants to know of its containers. */
export interface RunnerListener {
  /** A container started, became ready, failed to start or went into back-off: the status is to be written. */
  changed(container: Container): void;
  /** A container's run ended by itself and will not be repeated. */
  completed(container: Container): void;
}

/** Starts a pod's containers and keeps them running. */
export class ContainerRunner {
  readonly prober: Prober;
  readonly #run: PodRun;
  readonly #listener: RunnerListener;
  readonly #startedAt = new Map<Container, Micros>();
  /** The next attempt of a container that waits for one. */
  readonly #retries = new Map<Container, Timer>();

  /** What the inside of a container tells. */
  readonly #inside: RuntimeListener = {
    exited: (container, exitCode) => this.exit(container, exitCode),
    changed: (container) => this.prober.reconsider(container),
  };

  constructor(run: PodRun, listener: RunnerListener) {
    this.#run = run;
    this.#listener = listener;
    this.prober = new Prober(run, {
      changed: (container) => listener.changed(container),
      unhealthy: (container, kind) => this.#kill(container, kind),
    });
  }

  /** Starts a container; `settled` is called once, when the first attempt has succeeded or failed. */
  launch(container: Container, settled: () => void = nothing): void {
    container.adopt(this.#run.specOf(container));
    const missing = missingConfiguration(this.#run.host.plant.api.store, this.#run.pod, container.spec);
    if (missing !== undefined) {
      this.#fail(container, { reason: 'CreateContainerConfigError', message: missing, settled });
      return;
    }
    this.#pull(container, settled);
  }

  /** A container's process ends by itself. */
  exit(container: Container, exitCode: number): void {
    if (!container.running) return;
    const { clock } = this.#run.host.plant;
    const ranFor = clock.now - (this.#startedAt.get(container) ?? clock.now);
    if (ranFor > backoffForgotten) container.failures = 0;
    this.#over(container, exitCode);
    this.#listener.changed(container);
    if (this.#restarts(container, exitCode)) this.#restart(container);
    else this.#listener.completed(container);
  }

  /**
   * The image in the spec changed: a running container is stopped and started with the new one (POD-IMG-05), one that
   * waits for its next attempt gets it at once, for back-off counts for the old image only.
   */
  replace(container: Container): void {
    const retry = this.#retries.get(container);
    if (retry !== undefined) {
      this.#run.cancel(retry);
      this.#retries.delete(container);
      container.failures = 0;
      this.launch(container);
    }
    if (!container.running) return;
    container.adopt(this.#run.specOf(container));
    this.#run.event(
      'Normal',
      'Killing',
      `Container ${container.name} definition changed, will be restarted`,
      container,
    );
    this.#run.after(this.#run.wait('containerStop'), 'work', `stop ${container.name}`, () => {
      this.#over(container, 0);
      this.launch(container);
    });
  }

  /** A probe wants the container restarted (PROBE-06): the first time at once, within one look at the pod, later with back-off. */
  #kill(container: Container, kind: 'liveness' | 'startup'): void {
    const message = `Container ${container.name} failed ${kind} probe, will be restarted`;
    this.#run.event('Normal', 'Killing', message, container);
    this.#run.after(this.#run.wait('containerStop'), 'work', `kill ${container.name}`, () => {
      if (!container.running) return;
      if (container.failures > 0 || !this.#restarts(container, 137)) {
        this.exit(container, 137);
        return;
      }
      container.failures += 1;
      this.#over(container, 137);
      this.launch(container);
    });
  }

  #over(container: Container, exitCode: number): void {
    this.prober.forget(container);
    this.#run.endInside(container);
    container.end(this.#run.host.plant.clock.timestamp, exitCode);
  }

  #restarts(container: Container, exitCode: number): boolean {
    const { restartPolicy } = this.#run.pod.spec;
    if (container.role === 'sidecar') return true;
    if (container.role === 'init') return exitCode !== 0 && restartPolicy !== 'Never';
    return restartPolicy === 'OnFailure' ? exitCode !== 0 : restartPolicy !== 'Never';
  }

  /** The first restart follows at once, later ones after 10 s, doubling up to 5 min (POD-RESTART-02 to -04). */
  #restart(container: Container): void {
    const seconds = backoffSeconds(container.failures);
    container.failures += 1;
    const look = this.#run.random.integer(second / 4, second);
    if (seconds === 0) {
      this.#run.after(look, 'work', `restart ${container.name}`, () => this.launch(container));
      return;
    }
    this.#run.after(look, 'work', `back off ${container.name}`, () => {
      const pod = podText(this.#run);
      const backoff = `back-off ${durationText(seconds)} restarting failed container=${container.name} pod=${pod}`;
      container.wait('CrashLoopBackOff', backoff);
      const message = `Back-off restarting failed container ${container.name} in pod ${pod}`;
      this.#run.event('Warning', 'BackOff', message, container);
      this.#listener.changed(container);
      // The restart comes with the first look at the pod after the back-off.
      const late = this.#run.random.integer(0, 2 * second);
      this.#retry(container, seconds * second + late, `restart ${container.name}`, () => this.launch(container));
    });
  }

  #retry(container: Container, delay: Micros, what: string, run: () => void): void {
    const timer = this.#run.after(delay, 'retry', what, () => {
      this.#retries.delete(container);
      run();
    });
    this.#retries.set(container, timer);
  }

  #pull(container: Container, settled: () => void): void {
    const { image, imagePullPolicy } = container.spec;
    const { host } = this.#run;
    const name = normalizedImage(image);
    if (!isImageReference(image)) {
      const message = `Failed to apply default image tag "${image}": couldn't parse image name "${image}": invalid reference format`;
      this.#fail(container, { reason: 'InvalidImageName', message, settled });
      return;
    }
    // Where pulling costs nothing, images count as loaded beforehand, as in a kind cluster.
    const preloaded = host.plant.profile.latencies.imagePull.high === 0 && pullFailureOf(image) === undefined;
    const present = preloaded || host.images.has(name);
    if (present && imagePullPolicy !== 'Always') {
      const message = `Container image "${image}" already present on machine and can be accessed by the pod`;
      this.#run.event('Normal', 'Pulled', message, container);
      this.#create(container, settled);
    } else if (imagePullPolicy === 'Never') {
      const message = `Container image "${image}" is not present with pull policy of Never`;
      this.#fail(container, { reason: 'ErrImageNeverPull', message, settled });
    } else {
      this.#fetch(container, settled);
    }
  }

  #fetch(container: Container, settled: () => void): void {
    const { image } = container.spec;
    this.#run.event('Normal', 'Pulling', `Pulling image "${image}"`, container);
    // The registry is asked in any case, which takes about as long as starting a container.
    const took = Math.max(this.#run.wait('imagePull'), this.#run.wait('containerStart'));
    this.#run.after(took, 'work', `pull ${image}`, () => {
      const failure = pullFailureOf(image);
      if (failure === undefined) {
        this.#run.host.images.add(normalizedImage(image));
        const time = `${Math.round(took / 1000)}ms`;
        const size = imageSizeOf(image);
        const message = `Successfully pulled image "${image}" in ${time} (${time} including waiting). Image size: ${size} bytes.`;
        this.#run.event('Normal', 'Pulled', message, container);
        this.#create(container, settled);
        return;
      }
      this.#backOffPull(container, `rpc error: code = Unknown desc = ${failure}`, settled);
    });
  }

  /** The pull is tried again with back-off, and the waiting reason alternates (POD-IMG-01, -02). */
  #backOffPull(container: Container, failure: string, settled: () => void): void {
    const { image } = container.spec;
    container.failures += 1;
    const pause = backoffSeconds(container.failures) * second;
    container.wait('ErrImagePull', failure);
    this.#run.event('Warning', 'Failed', `Failed to pull image "${image}": ${failure}`, container);
    this.#run.event('Warning', 'Failed', 'Error: ErrImagePull', container);
    this.#settle(container, settled);
    const look = this.#run.random.integer(10 * second, 16 * second);
    this.#retry(container, look, `back off pulling ${image}`, () => {
      container.wait('ImagePullBackOff', `Back-off pulling image "${image}": ErrImagePull: ${failure}`);
      this.#run.event('Normal', 'BackOff', `Back-off pulling image "${image}"`, container);
      this.#run.event('Warning', 'Failed', 'Error: ImagePullBackOff', container);
      this.#listener.changed(container);
      this.#retry(container, pause, `pull ${image} again`, () => this.launch(container));
    });
  }

  /** A start that cannot succeed now is tried again with each look at the pod. */
  #fail(
    container: Container,
    { reason, message, settled }: { readonly reason: string; readonly message: string; readonly settled: () => void },
  ): void {
    container.wait(reason, message);
    this.#run.event('Warning', 'Failed', `Error: ${message}`, container);
    this.#settle(container, settled);
    const look = this.#run.random.integer(10 * second, 16 * second);
    this.#retry(container, look, `start ${container.name} again`, () => this.launch(container));
  }

  #create(container: Container, settled: () => void): void {
    this.#run.event('Normal', 'Created', 'Container created', container);
    this.#run.after(this.#run.wait('containerStart'), 'work', `start ${container.name}`, () => {
      const { clock } = this.#run.host.plant;
      const attempt = container.ran ? container.restartCount + 1 : 0;
      container.run(clock.timestamp, digestOf(`${this.#run.pod.metadata.uid}/${container.name}/${attempt}`));
      this.#startedAt.set(container, clock.now);
      this.#run.event('Normal', 'Started', 'Container started', container);
      this.#beginInside(container);
      this.prober.begin(container);
      if (this.#run.host.faults.takeCrash(this.#run.pod, container.name)) this.crashSoon(container);
      this.#settle(container, settled);
      // The image may have been changed while this start was under way.
      if (this.#run.specOf(container).image !== container.spec.image) this.replace(container);
    });
  }

  /** Whether the container's command says when it ends. */
  endsByItself(container: Container): boolean {
    return mainCommand(container.spec) !== undefined && this.#run.runtime.isScripted(container);
  }

  /** Starts a command beside the main process; undefined when no such program is known. */
  exec(container: Container, command: readonly string[]): StartedCommand | undefined {
    this.#run.runtime.listener = this.#inside;
    return this.#run.runtime.exec(container, command);
  }

  /** What the container's main process printed. */
  log(container: Container, run: 'current' | 'previous'): readonly LogEntry[] {
    return this.#run.runtime.log(container, run);
  }

  #beginInside(container: Container): void {
    const { livenessProbe, readinessProbe, startupProbe } = container.spec;
    const command = mainCommand(container.spec);
    if ((command ?? livenessProbe ?? readinessProbe ?? startupProbe) === undefined) return;
    const { runtime } = this.#run;
    runtime.listener = this.#inside;
    if (command !== undefined) runtime.begin(container);
  }

  /** A fault makes the container's process fail, shortly after now. */
  crashSoon(container: Container): void {
    const delay = this.#run.random.integer(second / 5, second);
    this.#run.after(delay, 'work', `crash ${container.name}`, () => this.exit(container, 1));
  }

  #settle(container: Container, settled: () => void): void {
    // From the first attempt on, the status tells the pod's address.
    this.#run.ipTold = true;
    settled();
    this.#listener.changed(container);
  }
}

/** The pause before the restart that follows `failures` earlier ones. */
function backoffSeconds(failures: number): number {
  return failures === 0 ? 0 : Math.min(10 * 2 ** (failures - 1), backoffMax);
}

/** A duration as Go prints it: `10s`, `1m20s`, `5m0s`. */
function durationText(seconds: number): string {
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}

function podText({ pod: { metadata } }: PodRun): string {
  return `${metadata.name}_${metadata.namespace}(${metadata.uid})`;
}

function nothing(): void {
  // A restart has nobody who waits for it.
}
