// Deletes pods from nodes with NoExecute taints, each when the shortest of its matching tolerations has run out
// (NODE-FAIL-01, -03; NODE-07; pkg/controller/tainteviction).

import { follow } from '../follow.ts';
import { isFinished, keyOf, podKind } from '../kubelet/pod.ts';
import { tolerationOf } from '../scheduler/node-selector.ts';
import { nodeKind } from './node.ts';
import type { Micros, Timer } from '../clock.ts';
import type { Plant } from '../controllers/controller.ts';
import type { Pod, PodCondition } from '../kubelet/pod.ts';
import type { Change } from '../store/store.ts';
import type { Node, Taint } from './node.ts';

const second = 1_000_000;
const component = 'taint-eviction-controller';
const none: readonly Taint[] = [];

/** Starts the taint eviction controller. */
export function startTaintEviction(plant: Plant): void {
  const eviction = new TaintEviction(plant);
  follow(plant.api.store, nodeKind, (change) => eviction.observeNode(change));
  follow(plant.api.store, podKind, (change) => eviction.observePod(change));
}

class TaintEviction {
  readonly #plant: Plant;
  /** Running waits, by the pod's uid. */
  readonly #waits = new Map<string, Timer>();
  /** NoExecute taints of the nodes that have some. */
  readonly #taints = new Map<string, readonly Taint[]>();

  constructor(plant: Plant) {
    this.#plant = plant;
  }

  observeNode({ type, object }: Change): void {
    const { name } = object.metadata;
    const taints = type === 'DELETED' ? none : noExecute(object as Node);
    const known = this.#taints.get(name) ?? none;
    if (taints.length === 0) this.#taints.delete(name);
    else this.#taints.set(name, taints);
    if (taints.length === 0 && known.length === 0) return;
    for (const pod of this.#plant.api.store.by(podKind, 'node', name).values()) this.#consider(pod as Pod, taints);
  }

  observePod({ type, object, old }: Change): void {
    const pod = object as Pod;
    const { nodeName } = pod.spec;
    if (type === 'DELETED' || pod.metadata.deletionTimestamp !== undefined) this.#cancel(pod);
    else if (nodeName !== undefined && this.#taints.has(nodeName) && (old as Pod | undefined)?.spec !== pod.spec) {
      this.#consider(pod, this.#taints.get(nodeName) ?? none);
    }
  }

  #consider(pod: Pod, taints: readonly Taint[]): void {
    const { uid, deletionTimestamp, namespace, name } = pod.metadata;
    if (deletionTimestamp !== undefined || isFinished(pod)) return;
    const delay = evictionDelay(pod, taints);
    if (delay === undefined) {
      if (this.#cancel(pod)) this.#say(pod, `Cancelling deletion of Pod ${namespace}/${name}`);
      return;
    }
    // A wait that runs goes on, also when one taint took the place of another; a taint that is not tolerated ends it.
    if (delay > 0 && this.#waits.has(uid)) return;
    this.#cancel(pod);
    const { clock } = this.#plant;
    const timerClass = delay === 0 ? 'work' : 'deadline';
    const timer = clock.after(delay, timerClass, `${component}: ${namespace}/${name}`, () => {
      this.#waits.delete(uid);
      this.#evict(pod);
    });
    this.#waits.set(uid, timer);
  }

  #cancel(pod: Pod): boolean {
    const timer = this.#waits.get(pod.metadata.uid);
    if (timer === undefined) return false;
    this.#plant.clock.cancel(timer);
    return this.#waits.delete(pod.metadata.uid);
  }

  #evict(pod: Pod): void {
    const { api, clock } = this.#plant;
    const { uid, namespace, name } = pod.metadata;
    this.#say(pod, `Marking for deletion Pod ${namespace}/${name}`);
    const condition: PodCondition = {
      type: 'DisruptionTarget',
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: clock.timestamp,
      reason: 'DeletionByTaintManager',
      message: 'Taint manager: deleting due to NoExecute taint',
    };
    api.update(podKind, keyOf(pod), (stored) => withTarget(stored as Pod, condition), { subresource: 'status', uid });
    api.delete(podKind, keyOf(pod), { preconditions: { uid } });
  }

  #say(about: Pod, message: string): void {
    this.#plant.events.record({ component, about, type: 'Normal', reason: 'TaintManagerEviction', message });
  }
}

function noExecute({ spec }: Node): readonly Taint[] {
  return (spec.taints ?? none).filter(({ effect }) => effect === 'NoExecute');
}

/** How long a pod may stay: 0 if it does not tolerate a taint, undefined for ever. */
function evictionDelay({ spec }: Pod, taints: readonly Taint[]): Micros | undefined {
  if (taints.length === 0) return undefined;
  let shortest: number | undefined;
  for (const taint of taints) {
    const toleration = tolerationOf(spec.tolerations ?? [], taint);
    if (toleration === undefined) return 0;
    const seconds = toleration.tolerationSeconds;
    if (seconds !== undefined) shortest = Math.min(shortest ?? seconds, Math.max(seconds, 0));
  }
  return shortest === undefined ? undefined : shortest * second;
}

function withTarget(pod: Pod, condition: PodCondition): Pod {
  const others = (pod.status.conditions ?? []).filter(({ type }) => type !== condition.type);
  return { ...pod, status: { ...pod.status, conditions: [...others, condition] } };
}
