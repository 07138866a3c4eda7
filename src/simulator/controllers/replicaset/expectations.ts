// What a ReplicaSet's controller has asked for and not yet seen in its cache: until it has, nothing more is created or deleted
// (RS-07, RS-14). Follows pkg/controller/controller_utils.go: UIDTrackingControllerExpectations.

import type { Micros } from '../../clock.ts';
import type { ObjectKey } from '../../store/store.ts';

// ExpectationsTimeout: 5 minutes.
const timeout: Micros = 300_000_000;

interface Expected {
  creations: number;
  readonly deletions: Set<ObjectKey>;
  readonly since: Micros;
}

/** The open expectations of all ReplicaSets. */
export class Expectations {
  readonly #open = new Map<ObjectKey, Expected>();

  expectCreations(set: ObjectKey, count: number, now: Micros): void {
    this.#open.set(set, { creations: count, deletions: new Set(), since: now });
  }

  expectDeletions(set: ObjectKey, pods: readonly ObjectKey[], now: Micros): void {
    this.#open.set(set, { creations: 0, deletions: new Set(pods), since: now });
  }

  /** Creations and deletions of one pass together. */
  expect(
    set: ObjectKey,
    { creations, deletions }: { readonly creations: number; readonly deletions: readonly ObjectKey[] },
    now: Micros,
  ): void {
    this.#open.set(set, { creations, deletions: new Set(deletions), since: now });
  }

  /** A pod was seen, or will never be. */
  creationObserved(set: ObjectKey): void {
    const expected = this.#open.get(set);
    if (expected !== undefined) expected.creations -= 1;
  }

  /** A deletion was seen, which happens once the pod has a deletionTimestamp, or will never be. */
  deletionObserved(set: ObjectKey, pod: ObjectKey): void {
    this.#open.get(set)?.deletions.delete(pod);
  }

  /** Whether everything was seen, or waited for too long. */
  satisfied(set: ObjectKey, now: Micros): boolean {
    const expected = this.#open.get(set);
    if (expected === undefined) return true;
    return (expected.creations <= 0 && expected.deletions.size === 0) || now - expected.since > timeout;
  }

  forget(set: ObjectKey): void {
    this.#open.delete(set);
  }
}
