// One pod on one node: its containers, timers, status writes and events. The parts of a pod worker share it.

import { draw } from '../profile.ts';
import { Container } from './container.ts';
import { keyOf, podKind } from './pod.ts';
import { ContainerRuntime } from './shell/container-runtime.ts';
import { phaseOf } from './phase.ts';
import { composeStatus } from './status.ts';
import type { Micros, Timer, TimerClass } from '../clock.ts';
import type { Latencies } from '../profile.ts';
import type { Random } from '../random.ts';
import type { Host } from './host.ts';
import type { ContainerSpec, Pod, PodPhase } from './pod.ts';

/** A pod's life on its node, as the runtime and the kubelet's status manager see it. */
export class PodRun {
  readonly host: Host;
  readonly random: Random;
  /** What the timers of this pod are called by. */
  readonly label: string;
  readonly containers: readonly Container[];
  /** The newest stored object that the kubelet knows. */
  pod: Pod;
  sandboxReady = false;
  /** The address with which the sandbox was made. */
  ip: string | undefined;
  /** The address is told from the first container's start on (POD-NEW-01, POD-INIT-06). */
  ipTold = false;
  /** The phase in which the pod has ended; set when all its containers are down. */
  ended: 'Succeeded' | 'Failed' | undefined;
  /** Why the kubelet itself ends the pod, when it does (POD-REJ-02). */
  failure: { readonly reason: string; readonly message: string } | undefined;
  #startTime: string | undefined;
  /** Two or three at a time, which a list holds at less cost than a set. */
  readonly #timers: Timer[] = [];
  #writing = false;
  #writePending = false;
  #gone = false;
  #runtime: ContainerRuntime | undefined;
  #afterWrite: (() => void)[] = [];

  constructor(host: Host, pod: Pod) {
    this.host = host;
    this.pod = pod;
    this.label = `kubelet ${host.name}: ${pod.metadata.name}`;
    this.random = host.plant.random.stream(`kubelet/${pod.metadata.uid}`);
    const reason = pod.spec.initContainers === undefined ? 'ContainerCreating' : 'PodInitializing';
    this.containers = [
      ...(pod.spec.initContainers ?? []).map((spec) => {
        return new Container(spec, spec.restartPolicy === 'Always' ? 'sidecar' : 'init', reason);
      }),
      ...pod.spec.containers.map((spec) => new Container(spec, 'app', reason)),
    ];
  }

  /** True while this kubelet's own write is under way: its watch event tells the kubelet nothing new. */
  get writing(): boolean {
    return this.#writing;
  }

  /** What is inside the containers; made when somebody looks. */
  get runtime(): ContainerRuntime {
    return (this.#runtime ??= new ContainerRuntime(this));
  }

  /** A run of a container is over, and with it what was inside. */
  endInside(container: Container): void {
    this.#runtime?.end(container);
  }

  /** The spec of a container in the newest pod: its image may have changed. */
  specOf(container: Container): ContainerSpec {
    const { containers, initContainers = [] } = this.pod.spec;
    const specs = container.role === 'app' ? containers : initContainers;
    return specs.find(({ name }) => name === container.name) ?? container.spec;
  }

  /** Draws a wait of the profile. */
  wait(latency: keyof Latencies): Micros {
    return draw(this.host.plant.profile.latencies[latency], this.random);
  }

  /** Sets a timer that ends with the pod or with `cancel`. What runs on a node that is off waits for it. */
  after(delay: Micros, timerClass: TimerClass, what: string, run: () => void): Timer {
    const timer = this.host.plant.clock.after(delay, timerClass, `${this.label}: ${what}`, () => {
      this.#forget(timer);
      if (this.host.state === 'off') this.host.local(() => this.#unlessGone(run));
      else this.#unlessGone(run);
    });
    this.#timers.push(timer);
    return timer;
  }

  /** Cancels one timer, or all of them. */
  cancel(timer?: Timer): void {
    if (timer !== undefined) {
      this.host.plant.clock.cancel(timer);
      this.#forget(timer);
      return;
    }
    for (const each of this.#timers) this.host.plant.clock.cancel(each);
    this.#timers.length = 0;
  }

  #forget(timer: Timer): void {
    const place = this.#timers.indexOf(timer);
    if (place >= 0) this.#timers.splice(place, 1);
  }

  #unlessGone(run: () => void): void {
    if (!this.#gone) run();
  }

  /** The object is gone from the API: nothing is written any more. */
  leave(): void {
    this.cancel();
    this.#gone = true;
  }

  /** Writes the status soon; several changes until then are one write, as in the kubelet's status manager. */
  publish(then?: () => void): void {
    if (then !== undefined) this.#afterWrite.push(then);
    if (this.#writePending) return;
    this.#writePending = true;
    const { clock } = this.host.plant;
    clock.after(this.wait('apiCall'), 'work', `${this.label}: status`, () => {
      this.host.remote(() => {
        this.#writePending = false;
        this.write();
      });
    });
  }

  /** Writes the status now (POD-NEW-09: to /status, for this uid only; a refusal is dropped). */
  write(): void {
    if (this.#gone) return;
    const { api, clock } = this.host.plant;
    this.#startTime ??= this.pod.status.startTime ?? clock.timestamp;
    this.#writing = true;
    const result = api.update(podKind, keyOf(this.pod), (stored) => this.#compose(stored as Pod), {
      subresource: 'status',
      uid: this.pod.metadata.uid,
      manager: 'kubelet',
    });
    this.#writing = false;
    if (result.ok) this.pod = result.value as Pod;
    for (const then of this.#afterWrite.splice(0)) then();
  }

  /** Writes that the node does not take the pod: a phase and a reason, nothing else (POD-REJ-01). */
  reject({ reason, message: told }: { readonly reason: string; readonly message: string }): void {
    const { api, clock } = this.host.plant;
    const message = `Pod was rejected: ${told}`;
    const startTime = clock.timestamp;
    this.event('Warning', reason, told);
    api.update(
      podKind,
      keyOf(this.pod),
      (stored) => {
        const { status } = stored as Pod;
        return { ...stored, status: { ...status, phase: 'Failed', reason, message, startTime } };
      },
      { subresource: 'status', uid: this.pod.metadata.uid, manager: 'kubelet' },
    );
  }

  /** Records an Event about the pod, or about one of its containers. */
  event(type: 'Normal' | 'Warning', reason: string, message: string, container?: Container): void {
    const { host } = this;
    host.remote(() => {
      const fieldPath = container === undefined ? undefined : fieldPathOf(container);
      const said = { component: 'kubelet', host: host.name, about: this.pod, fieldPath, type, reason, message };
      host.plant.events.record(said);
    });
  }

  /** Gives the sandbox's address back. */
  release(): void {
    if (this.ip !== undefined && this.pod.spec.hostNetwork !== true) this.host.addresses.release(this.ip);
    this.ip = undefined;
  }

  #compose(stored: Pod): Pod {
    const { phase, ended } = this.#phase(stored);
    return composeStatus(stored, {
      containers: this.containers,
      phase,
      ended,
      ...(this.failure !== undefined && { failure: this.failure }),
      sandboxReady: this.sandboxReady,
      timestamp: this.host.plant.clock.timestamp,
      startTime: this.#startTime ?? this.host.plant.clock.timestamp,
      hostIp: this.host.ip,
      podIp: stored.spec.hostNetwork === true ? this.host.ip : this.ipTold ? this.ip : undefined,
    });
  }

  /** An end shows in the conditions while the phase still waits for every container to be down (POD-PHASE-04). */
  #phase(stored: Pod): { readonly phase: PodPhase; readonly ended: PodPhase | undefined } {
    if (this.ended !== undefined) return { phase: this.ended, ended: this.ended };
    if (this.failure !== undefined) return { phase: stored.status.phase, ended: 'Failed' };
    const phase = phaseOf(this.containers, stored.spec.restartPolicy);
    if (phase === 'Pending' || phase === 'Running') return { phase, ended: undefined };
    return { phase: stored.status.phase, ended: phase };
  }
}

function fieldPathOf({ role, name }: Container): string {
  return `spec.${role === 'app' ? 'containers' : 'initContainers'}{${name}}`;
}
