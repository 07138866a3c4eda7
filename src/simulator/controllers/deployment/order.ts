// The orders in which ReplicaSets are looked at; all are total, so that no two runs differ.

import { compareCodePoints } from '../history/compare-code-points.ts';
import { revisionOf } from './annotations.ts';
import type { ReplicaSet } from './types.ts';

/** Oldest first. */
export function byCreation(a: ReplicaSet, b: ReplicaSet): number {
  return (
    compareCodePoints(a.metadata.creationTimestamp, b.metadata.creationTimestamp) ||
    compareCodePoints(a.metadata.name, b.metadata.name)
  );
}

/** Largest first, then oldest first. */
export function bySizeOlder(a: ReplicaSet, b: ReplicaSet): number {
  return b.spec.replicas - a.spec.replicas || byCreation(a, b);
}

/** Largest first, then newest first. */
export function bySizeNewer(a: ReplicaSet, b: ReplicaSet): number {
  return b.spec.replicas - a.spec.replicas || byCreation(b, a);
}

/** Lowest revision first. */
export function byRevision(a: ReplicaSet, b: ReplicaSet): number {
  return Number(revisionOf(a) - revisionOf(b)) || byCreation(a, b);
}

/** Those that have, or should have, pods. */
export function active(sets: readonly ReplicaSet[]): ReplicaSet[] {
  return sets.filter(({ spec }) => spec.replicas > 0);
}
