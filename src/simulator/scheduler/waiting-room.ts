// Pods that could not be placed, found again by what would help them (SCHED-06). An event wakes only those whom it concerns.

import type { ObjectKey } from '../store/store.ts';
import type { Cause } from './filters.ts';

interface Waiting {
  readonly causes: ReadonlySet<Cause>;
  readonly claims: readonly ObjectKey[];
}

/** The unschedulable pods. */
export class WaitingRoom {
  readonly #waiting = new Map<ObjectKey, Waiting>();
  readonly #byCause = new Map<Cause, Set<ObjectKey>>();
  readonly #byClaim = new Map<ObjectKey, Set<ObjectKey>>();

  add(pod: ObjectKey, waiting: Waiting): void {
    this.remove(pod);
    this.#waiting.set(pod, waiting);
    for (const cause of waiting.causes) fileUnder(this.#byCause, cause, pod);
    for (const claim of waiting.claims) fileUnder(this.#byClaim, claim, pod);
  }

  remove(pod: ObjectKey): void {
    const waiting = this.#waiting.get(pod);
    if (waiting === undefined) return;
    this.#waiting.delete(pod);
    for (const cause of waiting.causes) this.#byCause.get(cause)?.delete(pod);
    for (const claim of waiting.claims) this.#byClaim.get(claim)?.delete(pod);
  }

  /** Pods that wait for a change of one of these kinds, in the order in which they came. */
  waitingFor(causes: readonly Cause[]): readonly ObjectKey[] {
    return [...new Set(causes.flatMap((cause) => [...(this.#byCause.get(cause) ?? [])]))];
  }

  /** Pods that use a claim. */
  waitingForClaim(claim: ObjectKey): readonly ObjectKey[] {
    return [...(this.#byClaim.get(claim) ?? [])];
  }
}

function fileUnder<K>(index: Map<K, Set<ObjectKey>>, key: K, pod: ObjectKey): void {
  const pods = index.get(key);
  if (pods === undefined) index.set(key, new Set([pod]));
  else pods.add(pod);
}
