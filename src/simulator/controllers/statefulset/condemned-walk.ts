// The walk over the pods that the set does not want any more (L15, L16), highest ordinal first. OrderedReady deletes one, and
// only when everybody below is well (STS-DOWN-01 to STS-DOWN-04); Parallel deletes all (STS-BURST-02).

import { slowStartBatches } from '../slow-start.ts';
import { allowsBurst, ordinalRange } from './types.ts';
import type { PodFacts } from './pod-facts.ts';
import type { SetIndex } from './set-index.ts';
import type { OrdinalRange, StatefulSet } from './types.ts';

/** What is done about condemned pods. */
export interface CondemnedPlan {
  /** Whether there is any; an ordered pass ends behind this walk then. */
  readonly any: boolean;
  /** Pods whose claims get other owners before the first pod is deleted (L15), in batches. */
  readonly claims: readonly (readonly PodFacts[])[];
  /** Pods that are deleted, in batches. */
  readonly deletions: readonly (readonly PodFacts[])[];
}

// Ordinals are int32.
const ordinalMax = 2_147_483_647;

/** Decides about condemned pods. */
export function planCondemned(index: SetIndex, set: StatefulSet): CondemnedPlan {
  const range = ordinalRange(set);
  const highest = previousOutside(range, ordinalMax, (upto) => index.highest(upto));
  if (highest < 0) return { any: false, claims: [], deletions: [] };
  const burst = allowsBurst(set);
  const claims = outside(index, range, (upto) => index.condemnedClaims(upto));
  return {
    any: true,
    claims: inBatches(claims, burst),
    deletions: burst
      ? // Terminating pods are skipped: upstream counts them into the batches, which only moves the borders of batches.
        inBatches(
          outside(index, range, (upto) => index.highestAlive(upto)),
          true,
        )
      : inBatches(nextToGo(index, range, highest), false),
  };
}

/** The highest condemned pod, if its time has come. */
function nextToGo(index: SetIndex, range: OrdinalRange, highest: number): PodFacts[] {
  const facts = index.pod(highest);
  if (facts === undefined || facts.terminating) return [];
  const healthy = facts.runningAndReady && index.unavailable(highest) !== highest;
  // One that is not well goes only if nobody below is unwell (STS-DOWN-04).
  return healthy || lowestUnavailable(index, range) === highest ? [facts] : [];
}

/** The lowest condemned ordinal that is unavailable; the replicas are all well when this is asked. */
function lowestUnavailable(index: SetIndex, range: OrdinalRange): number {
  const lowest = index.unavailable(0);
  return lowest < range.start ? lowest : index.unavailable(range.end);
}

/** Condemned pods that a look-up finds, highest ordinal first. */
function outside(index: SetIndex, range: OrdinalRange, previous: (upto: number) => number): PodFacts[] {
  const found: PodFacts[] = [];
  let at = previousOutside(range, ordinalMax, previous);
  while (at >= 0) {
    const facts = index.pod(at);
    if (facts !== undefined) found.push(facts);
    at = previousOutside(range, at - 1, previous);
  }
  return found;
}

function previousOutside(range: OrdinalRange, upto: number, previous: (upto: number) => number): number {
  const at = previous(upto);
  return at >= range.start && at < range.end ? previous(range.start - 1) : at;
}

function inBatches(pods: readonly PodFacts[], burst: boolean): PodFacts[][] {
  if (!burst) return pods.map((facts) => [facts]);
  const places = new Map(pods.map((facts, place) => [facts, place]));
  return slowStartBatches(pods, (facts) => places.get(facts) ?? 0);
}
