// The indexes of all ReplicaSets, fed by the informer.

import { controllerOf } from '../../../kubernetes/object.ts';
import { ReplicaIndex } from './replica-index.ts';
import { podKind, replicaSetKind } from './types.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { Change } from '../../store/store.ts';
import type { Informer } from '../controller.ts';
import type { Pod, ReplicaSet } from './types.ts';

/** One index a ReplicaSet, by uid. */
export class ReplicaIndexes {
  readonly #informer: Informer;
  readonly #byUid = new Map<string, ReplicaIndex>();

  /** Follows the caches of ReplicaSets and pods. Make it before other handlers, so that they find it up to date. */
  constructor(informer: Informer) {
    this.#informer = informer;
    informer.on(replicaSetKind, ({ type, object, old }) => {
      const { uid } = object.metadata;
      if (old !== undefined && old.metadata.uid !== uid) this.#byUid.delete(old.metadata.uid);
      if (type === 'DELETED') this.#byUid.delete(uid);
      else this.of(object as ReplicaSet).configure(object as ReplicaSet);
    });
    informer.on(podKind, (change) => this.#podChanged(change));
  }

  /** The index of a ReplicaSet that the cache knows. */
  of(set: ReplicaSet): ReplicaIndex {
    const known = this.#byUid.get(set.metadata.uid);
    if (known !== undefined) return known;
    const index = new ReplicaIndex(set);
    this.#byUid.set(set.metadata.uid, index);
    for (const [key, pod] of this.#informer.by(podKind, 'owner', set.metadata.uid)) index.putPod(key, pod as Pod);
    return index;
  }

  #podChanged({ type, key, object, old }: Change): void {
    const index = this.#controllerOf(object);
    const before = old === undefined ? undefined : this.#controllerOf(old);
    if (before !== undefined && before !== index) before.removePod(key);
    if (type === 'DELETED') index?.removePod(key);
    else index?.putPod(key, object as Pod);
  }

  #controllerOf(pod: KubernetesObject): ReplicaIndex | undefined {
    const reference = controllerOf(pod);
    return reference?.kind === 'ReplicaSet' ? this.#byUid.get(reference.uid) : undefined;
  }
}
