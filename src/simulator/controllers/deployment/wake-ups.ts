// What makes the controller look at a Deployment again.

import { controllerOf } from '../../../kubernetes/object.ts';
import { matchesLabels } from '../../../kubernetes/selector.ts';
import { deploymentKind, podKind, replicaSetKind } from './types.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { Change, ObjectKey } from '../../store/store.ts';
import type { Informer, WorkQueue } from '../controller.ts';
import type { Deployment } from './types.ts';

/** Registers the handlers. */
export function watchForWork(informer: Informer, queue: WorkQueue): void {
  const wakeUps = new WakeUps(informer, queue);
  informer.on(deploymentKind, ({ key }) => queue.enqueue(key));
  informer.on(replicaSetKind, (change) => wakeUps.replicaSetChanged(change));
  informer.on(podKind, (change) => wakeUps.podChanged(change));
}

class WakeUps {
  readonly #informer: Informer;
  readonly #queue: WorkQueue;

  constructor(informer: Informer, queue: WorkQueue) {
    this.#informer = informer;
    this.#queue = queue;
  }

  replicaSetChanged({ type, object, old }: Change): void {
    const owner = this.#controllerKey(object);
    const before = old === undefined ? undefined : this.#controllerKey(old);
    if (before !== undefined && before !== owner) this.#queue.enqueue(before);
    if (owner !== undefined) this.#queue.enqueue(owner);
    else if (type !== 'DELETED' && controllerOf(object) === undefined) this.#wakeMatching(object);
  }

  /** Only a Deployment that recreates waits for pods, and then for the last of them (DEP-REC-01). */
  podChanged({ type, object }: Change): void {
    if (type !== 'DELETED') return;
    const reference = controllerOf(object);
    if (reference?.kind !== 'ReplicaSet') return;
    const set = this.#informer.get(replicaSetKind, `${object.metadata.namespace}/${reference.name}`);
    if (set?.metadata.uid !== reference.uid) return;
    const key = this.#controllerKey(set);
    const deployment = key === undefined ? undefined : (this.#informer.get(deploymentKind, key) as Deployment);
    if (key === undefined || deployment?.spec.strategy.type !== 'Recreate') return;
    const left = [...this.#informer.by(replicaSetKind, 'owner', deployment.metadata.uid).values()].some(
      ({ metadata }) => this.#informer.by(podKind, 'owner', metadata.uid).size > 0,
    );
    if (!left) this.#queue.enqueue(key);
  }

  #controllerKey(set: KubernetesObject): ObjectKey | undefined {
    const reference = controllerOf(set);
    if (reference?.kind !== 'Deployment') return undefined;
    const key = `${set.metadata.namespace}/${reference.name}`;
    return this.#informer.get(deploymentKind, key)?.metadata.uid === reference.uid ? key : undefined;
  }

  #wakeMatching({ metadata }: KubernetesObject): void {
    for (const [key, deployment] of this.#informer.by(deploymentKind, 'namespace', metadata.namespace ?? '')) {
      if (matchesLabels((deployment as Deployment).spec.selector, metadata.labels)) this.#queue.enqueue(key);
    }
  }
}
