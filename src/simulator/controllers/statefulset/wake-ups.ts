// What makes the controller look at a set again (reference section 16, STS-Q-01). Claims, revisions, services and nodes never
// do (STS-PVC-09, STS-REV-10).

import { controllerOf } from '../../../kubernetes/object.ts';
import { matchesLabels } from '../../../kubernetes/selector.ts';
import { keyOf, podKind, statefulSetKind } from './types.ts';
import type { KubernetesObject, OwnerReference } from '../../../kubernetes/object.ts';
import type { Change } from '../../store/store.ts';
import type { Informer, WorkQueue } from '../controller.ts';
import type { Pod, StatefulSet } from './types.ts';

/** Registers the handlers. */
export function watchForWork(informer: Informer, queue: WorkQueue): void {
  const wakeUps = new WakeUps(informer, queue);
  informer.on(statefulSetKind, ({ key }) => queue.enqueue(key));
  informer.on(podKind, (change) => wakeUps.podChanged(change));
}

class WakeUps {
  readonly #informer: Informer;
  readonly #queue: WorkQueue;

  constructor(informer: Informer, queue: WorkQueue) {
    this.#informer = informer;
    this.#queue = queue;
  }

  podChanged({ type, object, old }: Change): void {
    if (type === 'DELETED') this.#wakeController(object);
    else if (type === 'ADDED' || old === undefined) this.#added(object as Pod);
    else this.#updated(old as Pod, object as Pod);
  }

  #added(pod: Pod): void {
    if (controllerOf(pod) !== undefined) this.#wakeController(pod);
    // A pod that arrives while it is being deleted is handled as deleted: an orphan wakes nobody then.
    else if (pod.metadata.deletionTimestamp === undefined) this.#wakeMatching(pod);
  }

  #updated(old: Pod, pod: Pod): void {
    if (old.metadata.resourceVersion === pod.metadata.resourceVersion) return;
    const before = controllerOf(old);
    const after = controllerOf(pod);
    const changed = !isSameReference(before, after);
    if (changed && before !== undefined) this.#wakeController(old);
    if (after === undefined) {
      if (changed || old.metadata.labels !== pod.metadata.labels) this.#wakeMatching(pod);
      return;
    }
    const set = this.#wakeController(pod);
    const minReadySeconds = set?.spec.minReadySeconds ?? 0;
    if (set !== undefined && minReadySeconds > 0 && !isReady(old) && isReady(pod)) {
      this.#queue.enqueueAfter(keyOf(set), minReadySeconds * 1_000_000);
    }
  }

  /** Wakes the set that controls a pod; kind, name and uid have to be right (STS-Q-05). */
  #wakeController(pod: KubernetesObject): StatefulSet | undefined {
    const reference = controllerOf(pod);
    if (reference === undefined || reference.kind !== 'StatefulSet') return undefined;
    const key = `${pod.metadata.namespace}/${reference.name}`;
    const set = this.#informer.get(statefulSetKind, key) as StatefulSet | undefined;
    if (set?.metadata.uid !== reference.uid) return undefined;
    this.#queue.enqueue(key);
    return set;
  }

  /** Wakes every set whose selector an orphan fits (STS-OWN-07). */
  #wakeMatching(pod: Pod): void {
    const { labels, namespace } = pod.metadata;
    if (labels === undefined || Object.keys(labels).length === 0) return;
    for (const [key, set] of this.#informer.by(statefulSetKind, 'namespace', namespace ?? '')) {
      if (matchesLabels((set as StatefulSet).spec.selector, labels)) this.#queue.enqueue(key);
    }
  }
}

function isReady(pod: Pod): boolean {
  return pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true;
}

function isSameReference(a: OwnerReference | undefined, b: OwnerReference | undefined): boolean {
  return a === b || (a?.uid === b?.uid && a?.name === b?.name && a?.kind === b?.kind);
}
