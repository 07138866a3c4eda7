// One pod on one node: its containers, timers, status writes and events. The parts of a pod worker share it.

import { draw } from '../profile.ts';
import { Container } from './container.ts';
import { keyOf, podKind } from './pod.ts';
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
  #startTime: string | undefined;
  #timers = new Set<Timer>();
  #writing = false;
  #writePending = false;
  #gone = false;
  #afterWrite: (() => void)[] = [];

  constructor(host: Host, pod: Pod) {
    this.host = host;
    this.pod = pod;
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

  get label(): string {
    return `kubelet ${this.host.name}: ${this.pod.metadata.name}`;
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
      this.#timers.delete(timer);
      this.host.local(() => {
        if (!this.#gone) run();
      });
    });
    this.#timers.add(timer);
    return timer;
  }

  /** Cancels one timer, or all of them. */
  cancel(timer?: Timer): void {
    if (timer !== undefined) {
      this.host.plant.clock.cancel(timer);
      this.#timers.delete(timer);
      return;
    }
    for (const each of this.#timers) this.host.plant.clock.cancel(each);
    this.#timers.clear();
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

  /** Records an Event about the pod, or about one of its containers. */
  event(type: 'Normal' | 'Warning', reason: string, message: string, container?: Container): void {
    const list = container?.role === 'app' || container === undefined ? 'containers' : 'initContainers';
    this.host.remote(() =>
      this.host.plant.events.record({
        component: 'kubelet',
        host: this.host.name,
        about: this.pod,
        ...(container !== undefined && { fieldPath: `spec.${list}{${container.name}}` }),
        type,
        reason,
        message,
      }),
    );
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
    const phase = phaseOf(this.containers, stored.spec.restartPolicy);
    if (phase === 'Pending' || phase === 'Running') return { phase, ended: undefined };
    return { phase: stored.status.phase, ended: phase };
  }
}
