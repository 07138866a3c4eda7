// What makes the controller look at a ReplicaSet again, and what it has been waiting to see.

import { controllerOf } from '../../../kubernetes/object.ts';
import { matchesLabels } from '../../../kubernetes/selector.ts';
import { podKind, replicaSetKind } from './types.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { Change, ObjectKey } from '../../store/store.ts';
import type { Informer, WorkQueue } from '../controller.ts';
import type { Expectations } from './expectations.ts';
import type { Pod, ReplicaSet } from './types.ts';

/** Registers the handlers. */
export function watchForWork(informer: Informer, queue: WorkQueue, expectations: Expectations): void {
  const wakeUps = new WakeUps(informer, queue, expectations);
  informer.on(replicaSetKind, ({ type, key, object, old }) => {
    const replaced = old !== undefined && old.metadata.uid !== object.metadata.uid;
    if (type === 'DELETED' || replaced) expectations.forget(key);
    queue.enqueue(key);
  });
  informer.on(podKind, (change) => wakeUps.podChanged(change));
}

class WakeUps {
  readonly #informer: Informer;
  readonly #queue: WorkQueue;
  readonly #expectations: Expectations;

  constructor(informer: Informer, queue: WorkQueue, expectations: Expectations) {
    this.#informer = informer;
    this.#queue = queue;
    this.#expectations = expectations;
  }

  podChanged({ type, key, object, old }: Change): void {
    // A deletionTimestamp counts as the deletion: the replacement does not wait for the pod's end (RS-15).
    if (type === 'DELETED' || object.metadata.deletionTimestamp !== undefined) this.#deleted(key, object);
    else if (type === 'ADDED' || old === undefined) this.#added(object as Pod);
    else this.#updated(old as Pod, object as Pod);
  }

  #deleted(key: ObjectKey, pod: KubernetesObject): void {
    const set = this.#controllerKey(pod);
    if (set === undefined) return;
    this.#expectations.deletionObserved(set, key);
    this.#queue.enqueue(set);
  }

  #added(pod: Pod): void {
    const set = this.#controllerKey(pod);
    if (set !== undefined) {
      this.#expectations.creationObserved(set);
      this.#queue.enqueue(set);
    } else if (controllerOf(pod) === undefined) {
      this.#wakeMatching(pod);
    }
  }

  #updated(old: Pod, pod: Pod): void {
    const before = controllerOf(old)?.uid;
    const after = controllerOf(pod)?.uid;
    if (before !== undefined && before !== after) this.#enqueue(this.#controllerKey(old));
    if (after === undefined) {
      if (before !== after || old.metadata.labels !== pod.metadata.labels) this.#wakeMatching(pod);
      return;
    }
    const key = this.#controllerKey(pod);
    this.#enqueue(key);
    const set = key === undefined ? undefined : (this.#informer.get(replicaSetKind, key) as ReplicaSet | undefined);
    const minReadySeconds = set?.spec.minReadySeconds ?? 0;
    if (key !== undefined && minReadySeconds > 0 && !isReady(old) && isReady(pod)) {
      // One second more against clocks that differ, as upstream.
      this.#queue.enqueueAfter(key, (minReadySeconds + 1) * 1_000_000);
    }
  }

  #enqueue(key: ObjectKey | undefined): void {
    if (key !== undefined) this.#queue.enqueue(key);
  }

  #controllerKey(pod: KubernetesObject): ObjectKey | undefined {
    const reference = controllerOf(pod);
    if (reference?.kind !== 'ReplicaSet') return undefined;
    const key = `${pod.metadata.namespace}/${reference.name}`;
    return this.#informer.get(replicaSetKind, key)?.metadata.uid === reference.uid ? key : undefined;
  }

  #wakeMatching({ metadata }: Pod): void {
    for (const [key, set] of this.#informer.by(replicaSetKind, 'namespace', metadata.namespace ?? '')) {
      if (matchesLabels((set as ReplicaSet).spec.selector, metadata.labels)) this.#queue.enqueue(key);
    }
  }
}

function isReady(pod: Pod): boolean {
  return pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true;
}
