// Claims for which there was no volume. A new volume wakes none of them: upstream looks again every 15 s (PV-BIND-10).
// Here that look is set only when it will find something, as a deadline.

import type { Clock } from '../clock.ts';
import type { ObjectKey } from '../store/store.ts';

const resyncPeriod = 15_000_000;

/** The claims that wait for the next look, by class. */
export class UnmatchedClaims {
  readonly #clock: Clock;
  readonly #lookAgain: (claims: readonly ObjectKey[]) => void;
  readonly #byClass = new Map<string, Set<ObjectKey>>();
  readonly #classOf = new Map<ObjectKey, string>();
  readonly #armed = new Set<string>();

  constructor(clock: Clock, lookAgain: (claims: readonly ObjectKey[]) => void) {
    this.#clock = clock;
    this.#lookAgain = lookAgain;
  }

  add(claim: ObjectKey, className: string): void {
    this.remove(claim);
    this.#classOf.set(claim, className);
    const claims = this.#byClass.get(className);
    if (claims === undefined) this.#byClass.set(className, new Set([claim]));
    else claims.add(claim);
  }

  remove(claim: ObjectKey): void {
    const className = this.#classOf.get(claim);
    if (className === undefined) return;
    this.#classOf.delete(claim);
    this.#byClass.get(className)?.delete(claim);
  }

  /** Something changed for a class: if that helps a claim, all claims of the class are looked at with the next resync. */
  reconsider(className: string, helps: (claim: ObjectKey) => boolean): void {
    const claims = this.#byClass.get(className);
    if (claims === undefined || this.#armed.has(className) || ![...claims].some((claim) => helps(claim))) return;
    this.#armed.add(className);
    const delay = resyncPeriod - (this.#clock.now % resyncPeriod);
    this.#clock.after(delay, 'deadline', `persistentvolume-controller: claims of class "${className}"`, () => {
      this.#armed.delete(className);
      this.#lookAgain([...(this.#byClass.get(className) ?? [])]);
    });
  }
}
