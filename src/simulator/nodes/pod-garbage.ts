// Pod garbage collection (pkg/controller/podgc): removes pods that no kubelet will ever end. Pods of a Node that is gone, once
// it has stayed away for a while (NODE-FAIL-07 b), and terminating pods of a node that is out of service (c). It looks every
// 20 s; looks that would find nothing are left out. The threshold for finished pods (12,500) is not modelled.

import { follow } from '../follow.ts';
import { isFinished, keyOf, podKind } from '../kubelet/pod.ts';
import { isReady, nodeKind } from './node.ts';
import type { Micros, Timer } from '../clock.ts';
import type { Plant } from '../controllers/controller.ts';
import type { Pod, PodCondition } from '../kubelet/pod.ts';
import type { Change } from '../store/store.ts';
import type { Node } from './node.ts';

const second = 1_000_000;
const period = 20 * second;
/** A node that is not there has to be missing for this long (quarantineTime). */
const quarantine = 40 * second;
const outOfServiceTaint = 'node.kubernetes.io/out-of-service';

/** Starts the pod garbage collector. */
export function startPodGarbageCollection(plant: Plant): void {
  const collection = new PodGarbageCollection(plant);
  follow(plant.api.store, nodeKind, (change) => collection.observeNode(change));
  follow(plant.api.store, podKind, (change) => collection.observePod(change));
}

class PodGarbageCollection {
  readonly #plant: Plant;
  /** When the looks fall into their period; drawn once, as the controller starts at some moment. */
  readonly #phase: Micros;
  /** The end of the quarantine of each missing node with pods. */
  readonly #missing = new Map<string, Timer>();
  readonly #outOfService = new Set<string>();
  /** The next look at the nodes that are out of service. */
  #look: Timer | undefined;

  constructor(plant: Plant) {
    this.#plant = plant;
    this.#phase = plant.random.stream('pod-garbage-collector').integer(0, period - 1);
  }

  observeNode({ type, object }: Change): void {
    const { name } = object.metadata;
    if (type === 'DELETED') {
      this.#outOfService.delete(name);
      if (this.#plant.api.store.by(podKind, 'node', name).size > 0) this.#await(name);
      return;
    }
    this.#release(name);
    if (!isOutOfService(object as Node)) this.#outOfService.delete(name);
    else if (!this.#outOfService.has(name)) {
      this.#outOfService.add(name);
      for (const pod of this.#plant.api.store.by(podKind, 'node', name).values()) this.#expectEnd(pod as Pod);
    }
  }

  observePod({ type, object }: Change): void {
    const pod = object as Pod;
    const { nodeName } = pod.spec;
    if (type === 'DELETED' || nodeName === undefined) return;
    if (this.#outOfService.has(nodeName)) this.#expectEnd(pod);
    else if (this.#plant.api.store.get(nodeKind, nodeName) === undefined) this.#await(nodeName);
  }

  /** The next look finds a node missing; the one at the end of its quarantine removes its pods. */
  #await(name: string): void {
    if (this.#missing.has(name)) return;
    const { clock } = this.#plant;
    const timer = clock.after(this.#nextLook() + quarantine, 'deadline', `pod-garbage-collector: node ${name}`, () => {
      this.#missing.delete(name);
      if (this.#plant.api.store.get(nodeKind, name) !== undefined) return;
      const orphans = [...this.#plant.api.store.by(podKind, 'node', name).values()] as Pod[];
      for (const pod of orphans) this.#remove(pod, orphaned(clock.timestamp));
    });
    this.#missing.set(name, timer);
  }

  #release(name: string): void {
    const timer = this.#missing.get(name);
    if (timer === undefined) return;
    this.#plant.clock.cancel(timer);
    this.#missing.delete(name);
  }

  /** A pod that is being deleted on a node out of service goes with the next look. */
  #expectEnd(pod: Pod): void {
    if (pod.metadata.deletionTimestamp === undefined || this.#look !== undefined) return;
    this.#look = this.#plant.clock.after(
      this.#nextLook(),
      'deadline',
      'pod-garbage-collector: terminating pods',
      () => {
        this.#look = undefined;
        const { store } = this.#plant.api;
        for (const name of this.#outOfService) {
          for (const each of Array.from(store.by(podKind, 'node', name).values())) {
            if (each.metadata.deletionTimestamp !== undefined) this.#remove(each as Pod);
          }
        }
      },
    );
  }

  #nextLook(): Micros {
    const since = (this.#plant.clock.now - this.#phase + period) % period;
    return since === 0 ? 0 : period - since;
  }

  /** The phase is written before the object goes, so that its owner sees how it ended. */
  #remove(pod: Pod, condition?: PodCondition): void {
    const { api } = this.#plant;
    const { uid } = pod.metadata;
    if (!isFinished(pod)) {
      const options = { subresource: 'status', uid } as const;
      const failed = api.update(podKind, keyOf(pod), (stored) => asFailed(stored as Pod, condition), options);
      if (!failed.ok) return;
    }
    api.delete(podKind, keyOf(pod), { gracePeriodSeconds: 0, preconditions: { uid } });
  }
}

/** The taint counts only while the node is not ready. */
function isOutOfService(node: Node): boolean {
  return !isReady(node) && node.spec.taints?.some(({ key }) => key === outOfServiceTaint) === true;
}

function orphaned(lastTransitionTime: string): PodCondition {
  const reason = 'DeletionByPodGC';
  const message = 'PodGC: node no longer exists';
  return { type: 'DisruptionTarget', status: 'True', lastProbeTime: null, lastTransitionTime, reason, message };
}

function asFailed(pod: Pod, condition: PodCondition | undefined): Pod {
  const { status } = pod;
  if (condition === undefined) return { ...pod, status: { ...status, phase: 'Failed' } };
  const others = (status.conditions ?? []).filter(({ type }) => type !== condition.type);
  return { ...pod, status: { ...status, phase: 'Failed', conditions: [...others, condition] } };
}
