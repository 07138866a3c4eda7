// Counts over the pods of a set, kept up to date pod by pod (reference section 13.1).

import type { PodFacts } from './pod-facts.ts';

/** What a status counts. */
export interface Counts {
  readonly replicas: number;
  readonly ready: number;
  readonly available: number;
  readonly current: number;
  readonly updated: number;
}

/** The running counts. */
export class Tally {
  #created = 0;
  #ready = 0;
  #available = 0;
  readonly #byRevision = new Map<string, number>();

  /** Adds (`by` 1) or takes away (`by` -1) a pod. */
  count(facts: PodFacts, available: boolean, by: 1 | -1): void {
    if (facts.created) this.#created += by;
    if (facts.runningAndReady) {
      this.#ready += by;
      // A terminating pod that is still ready counts as available (STS-HEALTH-02).
      if (available) this.#available += by;
    }
    if (facts.created && !facts.terminating && facts.revision !== undefined)
      addTo(this.#byRevision, facts.revision, by);
  }

  /** The counts for the names of two revisions; a pod at both counts in both (STS-STAT-01). */
  counts(revisions: { readonly current: string; readonly update: string }): Counts {
    return {
      replicas: this.#created,
      ready: this.#ready,
      available: this.#available,
      current: this.#byRevision.get(revisions.current) ?? 0,
      updated: this.#byRevision.get(revisions.update) ?? 0,
    };
  }
}

/** Adds to a number in a map; zeros are removed. */
export function addTo(map: Map<string, number>, key: string, by: number): void {
  const sum = (map.get(key) ?? 0) + by;
  if (sum === 0) map.delete(key);
  else map.set(key, sum);
}
