// What the kubelet does with one pod from its binding to its removal (POD-NEW-01, POD-INIT, POD-TERM-01).

import { rejectionOf } from './admission.ts';
import { ContainerRunner } from './container-runner.ts';
import { InitSequence } from './init-sequence.ts';
import { mountObstacle } from './mounts.ts';
import { phaseOf } from './phase.ts';
import { PodRun } from './pod-run.ts';
import { PodStopper } from './pod-stopper.ts';
import type { Micros, Timer } from '../clock.ts';
import type { Container } from './container.ts';
import type { Host } from './host.ts';
import type { Pod } from './pod.ts';
import type { StartedCommand } from './shell/container-runtime.ts';
import type { LogEntry } from './shell/main-log.ts';

const second = 1_000_000;
const mountRetryFirst = second / 2;
const mountRetryMax = 122 * second;
const graceDefault = 30;
/**
 * One pod in this many gets its first status so late that the sandbox is already up, and one write is missing (POD-NEW-02):
 * in the recordings of one quiet node it was one of 75 pods.
 */
const lateFirstStatusOdds = 64;

type Stage = 'bound' | 'initializing' | 'starting' | 'running' | 'stopping' | 'gone';

/** A command that was started, and whether the run of the container that it is in still lasts. */
export interface LivingCommand extends StartedCommand {
  alive(): boolean;
}

/** The worker of one pod on its node. */
export class PodWorker {
  readonly #run: PodRun;
  readonly #runner: ContainerRunner;
  readonly #init: InitSequence;
  #stage: Stage = 'bound';
  #reacting = false;
  #deadline: { readonly seconds: number; readonly since: Micros; readonly timer: Timer } | undefined;

  constructor(host: Host, pod: Pod) {
    this.#run = new PodRun(host, pod);
    this.#runner = new ContainerRunner(this.#run, {
      changed: () => this.#changed(),
      completed: () => this.#completed(),
    });
    this.#init = new InitSequence(this.#run, this.#runner, () => this.#initialized());
  }

  get pod(): Pod {
    return this.#run.pod;
  }

  start(): void {
    const run = this.#run;
    run.after(run.wait('kubeletAdmission'), 'work', 'admit', () => {
      run.host.remote(() => this.#admit());
    });
  }

  /** The stored pod changed, by whomever. */
  notice(pod: Pod): void {
    const run = this.#run;
    run.pod = pod;
    if (run.writing || this.#reacting) return;
    this.#reacting = true;
    run.host.plant.clock.after(run.wait('informerLag'), 'work', `${run.label}: look at a change`, () => {
      run.host.remote(() => {
        this.#reacting = false;
        this.#react();
      });
    });
  }

  /** The object is gone. What still runs then is killed without anyone waiting for it (POD-TERM-10). */
  removed(pod: Pod): void {
    const run = this.#run;
    run.pod = pod;
    run.leave();
    this.#stage = 'gone';
    const running = run.containers.filter((container) => container.running);
    for (const container of running) {
      run.event('Normal', 'Killing', `Stopping container ${container.name}`, container);
    }
    if (running.length === 0) run.release();
    else run.host.plant.clock.after(2 * second, 'work', `${run.label}: kill`, () => run.release());
  }

  /** Faults of this pod were put in or taken away. */
  faultsChanged(): void {
    if (this.#stage === 'gone') return;
    for (const container of this.#run.containers) this.#runner.prober.reconsider(container);
  }

  /** Whether the node can be asked for anything. */
  get reachable(): boolean {
    return this.#run.host.state === 'alive';
  }

  /** Starts a command in a container; undefined when no such program is known. */
  exec(name: string, command: readonly string[]): LivingCommand | 'not running' | undefined {
    const container = this.#run.containers.find((each) => each.name === name);
    if (container?.running !== true) return 'not running';
    const started = this.#runner.exec(container, command);
    const run = container.restartCount;
    const alive = (): boolean => container.running && container.restartCount === run;
    return started === undefined ? undefined : { ...started, alive };
  }

  /** What the main process of a container printed, in its run or in the one before. */
  log(name: string, run: 'current' | 'previous'): readonly LogEntry[] {
    const container = this.#run.containers.find((each) => each.name === name);
    return container === undefined ? [] : this.#runner.log(container, run);
  }

  /** Running containers fail shortly after now if a fault wants them to. */
  crash(): void {
    const { containers, host, pod } = this.#run;
    if (this.#stage === 'stopping' || this.#stage === 'gone') return;
    for (const container of containers) {
      if (container.running && host.faults.takeCrash(pod, container.name)) this.#runner.crashSoon(container);
    }
  }

  #react(): void {
    if (this.#stage === 'bound' || this.#stage === 'gone') return;
    if (this.#run.pod.metadata.deletionTimestamp !== undefined) {
      this.#stop();
      return;
    }
    for (const container of this.#run.containers) {
      if (this.#run.specOf(container).image !== container.spec.image) this.#runner.replace(container);
    }
    this.#armDeadline();
    // Readiness gates, a changed generation, or a status that somebody else wrote (POD-COND-01).
    this.#run.publish();
  }

  #admit(): void {
    const run = this.#run;
    if (run.pod.metadata.deletionTimestamp !== undefined) {
      this.#stop();
      return;
    }
    const rejection = rejectionOf(run.host.plant.api.store, run.pod);
    if (rejection !== undefined) {
      this.#stage = 'gone';
      run.reject(rejection);
      return;
    }
    this.#stage = 'initializing';
    this.#armDeadline();
    if (run.random.integer(1, lateFirstStatusOdds) > 1) run.write();
    this.#mount(mountRetryFirst);
  }

  /** A pod may only be active for so long (POD-REJ-02); the time can be shortened while it runs. */
  #armDeadline(): void {
    const run = this.#run;
    const { activeDeadlineSeconds: seconds } = run.pod.spec;
    if (seconds === undefined || seconds === this.#deadline?.seconds) return;
    if (this.#deadline !== undefined) run.cancel(this.#deadline.timer);
    const { now } = run.host.plant.clock;
    const since = this.#deadline?.since ?? now;
    const left = Math.max(0, since + seconds * second - now);
    const timer = run.after(left, 'deadline', 'active deadline', () => {
      const message = 'Pod was active on the node longer than the specified deadline';
      run.event('Normal', 'DeadlineExceeded', message);
      run.failure = { reason: 'DeadlineExceeded', message };
      run.publish(() => this.#stop());
    });
    this.#deadline = { seconds, since, timer };
  }

  #mount(retry: Micros): void {
    const run = this.#run;
    const obstacle = mountObstacle(run.host.plant.api.store, run.pod);
    if (obstacle === undefined) {
      run.after(run.wait('volumeMount') + run.wait('sandbox'), 'work', 'create the sandbox', () =>
        this.#enterSandbox(),
      );
      return;
    }
    if (obstacle.event !== undefined) run.event('Warning', 'FailedMount', obstacle.event);
    const next = Math.min(retry * 2, mountRetryMax);
    run.after(retry, retry < 10 * second ? 'work' : 'retry', 'mount volumes', () => this.#mount(next));
  }

  #enterSandbox(): void {
    const run = this.#run;
    run.ip = run.pod.spec.hostNetwork === true ? run.host.ip : run.host.addresses.take();
    run.sandboxReady = true;
    // With init containers the address is told at once (POD-INIT-06).
    run.ipTold = run.containers.some(({ role }) => role !== 'app');
    run.publish();
    this.#init.next();
  }

  #initialized(): void {
    const apps = this.#run.containers.filter(({ role }) => role === 'app');
    const begin = (): void => {
      if (this.#stage !== 'initializing') return;
      this.#stage = 'starting';
      this.#startNext(apps);
    };
    // After init containers, a write of its own tells that they are done (POD-INIT-04).
    if (apps.length < this.#run.containers.length) this.#run.publish(begin);
    else begin();
  }

  #startNext(apps: readonly Container[]): void {
    const [container, ...rest] = apps;
    if (container === undefined) this.#stage = 'running';
    else this.#runner.launch(container, () => this.#startNext(rest));
  }

  #changed(): void {
    if (this.#stage === 'initializing') this.#init.advance();
    // The containers of a pod's first start are told together (POD-NEW-08).
    if (this.#stage === 'initializing' || this.#stage === 'running') this.#run.publish();
  }

  /** A container ended for good; the pod may have (POD-PHASE-03, -04). */
  #completed(): void {
    const run = this.#run;
    const phase = phaseOf(run.containers, run.pod.spec.restartPolicy);
    if (phase === 'Pending' || phase === 'Running' || this.#stage === 'stopping') return;
    run.publish(() => this.#stop());
  }

  #stop(): void {
    const run = this.#run;
    if (this.#stage === 'stopping' || this.#stage === 'gone') return;
    this.#stage = 'stopping';
    const { deletionGracePeriodSeconds } = run.pod.metadata;
    const grace = deletionGracePeriodSeconds ?? run.pod.spec.terminationGracePeriodSeconds ?? graceDefault;
    for (const container of run.containers) this.#runner.prober.forget(container);
    new PodStopper(run).stop(grace);
  }
}
