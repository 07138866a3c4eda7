// Which pods name a claim, kept up pod by pod: claims are protected, bound and scheduled for by it.

import { claimNamesOf } from '../kubelet/pod.ts';
import type { Pod } from '../kubelet/pod.ts';
import type { Change, ObjectKey } from '../store/store.ts';

const nobody: ReadonlySet<ObjectKey> = new Set();

/** Keys of pods by the key of a claim that their volumes name. Feed it every change of a pod. */
export class ClaimUsers {
  readonly #users = new Map<ObjectKey, Set<ObjectKey>>();

  observe({ type, key, object }: Change): void {
    // A pod's volumes never change: only its coming and going matters.
    if (type === 'MODIFIED') return;
    for (const name of claimNamesOf(object as Pod)) {
      const claim = `${object.metadata.namespace}/${name}`;
      const users = this.#users.get(claim);
      if (type === 'ADDED') {
        if (users === undefined) this.#users.set(claim, new Set([key]));
        else users.add(key);
      } else if (users !== undefined) {
        users.delete(key);
        if (users.size === 0) this.#users.delete(claim);
      }
    }
  }

  /** Keys of the pods that name this claim, whatever they are doing. */
  of(claim: ObjectKey): ReadonlySet<ObjectKey> {
    return this.#users.get(claim) ?? nobody;
  }
}
