// What is known of the pods that one budget selects, kept up to date change by change: no pass counts all pods.

import { controllerOf } from '../../../kubernetes/object.ts';
import { podCondition } from '../../kubelet/pod.ts';
import type { OwnerReference } from '../../../kubernetes/object.ts';
import type { Pod } from '../../kubelet/pod.ts';
import type { ObjectKey } from '../../store/store.ts';

interface Owner {
  readonly reference: OwnerReference;
  pods: number;
}

/** The pods of one budget. */
export class BudgetPods {
  readonly #pods = new Map<ObjectKey, Pod>();
  readonly #owners = new Map<string, Owner>();
  #healthy = 0;

  get size(): number {
    return this.#pods.size;
  }

  /** Pods that are ready and not being deleted (PDB-02). */
  get healthy(): number {
    return this.#healthy;
  }

  /** The controllers of the pods, each once. */
  get owners(): readonly OwnerReference[] {
    return Array.from(this.#owners.values(), ({ reference }) => reference);
  }

  /** Number of pods that no controller owns. */
  get unmanaged(): number {
    let managed = 0;
    for (const { pods } of this.#owners.values()) managed += pods;
    return this.#pods.size - managed;
  }

  get(key: ObjectKey): Pod | undefined {
    return this.#pods.get(key);
  }

  /** Takes a version of a pod; the answer is whether anything that counts is new. */
  put(key: ObjectKey, pod: Pod): boolean {
    const known = this.#pods.get(key);
    this.remove(key);
    this.#pods.set(key, pod);
    if (isHealthy(pod)) this.#healthy += 1;
    const reference = controllerOf(pod);
    if (reference !== undefined) {
      const owner = this.#owners.get(reference.uid) ?? { reference, pods: 0 };
      owner.pods += 1;
      this.#owners.set(reference.uid, owner);
    }
    return known === undefined || countsDifferently(known, pod);
  }

  /** Forgets a pod; the answer is whether it was known. */
  remove(key: ObjectKey): boolean {
    const pod = this.#pods.get(key);
    if (pod === undefined) return false;
    this.#pods.delete(key);
    if (isHealthy(pod)) this.#healthy -= 1;
    const owner = this.#owners.get(controllerOf(pod)?.uid ?? '');
    if (owner !== undefined) {
      owner.pods -= 1;
      if (owner.pods === 0) this.#owners.delete(owner.reference.uid);
    }
    return true;
  }
}

/** Ready and not being deleted. */
export function isHealthy(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp === undefined && podCondition(pod, 'Ready')?.status === 'True';
}

function countsDifferently(a: Pod, b: Pod): boolean {
  return (
    isHealthy(a) !== isHealthy(b) ||
    a.metadata.uid !== b.metadata.uid ||
    (a.metadata.deletionTimestamp === undefined) !== (b.metadata.deletionTimestamp === undefined) ||
    controllerOf(a)?.uid !== controllerOf(b)?.uid
  );
}
