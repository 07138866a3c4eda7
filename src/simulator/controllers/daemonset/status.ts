// A DaemonSet's status: what it counts (DS-03, DS-11).

import { isAvailable, isReady } from './pass-context.ts';
import { hashLabel } from './types.ts';
import type { Moment } from './roll.ts';
import type { Placement } from './pass-context.ts';
import type { DaemonSet, DaemonSetStatus } from './types.ts';

/** Computes the status; the oldest pod of a node speaks for it. `observe` says whether the generation counts as observed. */
export function computeStatus(
  set: DaemonSet,
  { nodes, pods }: Placement,
  { hash, now, observe }: Moment & { readonly observe: boolean },
): DaemonSetStatus {
  const count = { desired: 0, current: 0, misscheduled: 0, ready: 0, available: 0, updated: 0 };
  for (const [node, { shouldRun }] of nodes) {
    const [pod] = pods.get(node) ?? [];
    if (shouldRun) count.desired += 1;
    if (pod === undefined) continue;
    if (!shouldRun) {
      count.misscheduled += 1;
      continue;
    }
    count.current += 1;
    if (isReady(pod)) count.ready += 1;
    if (isAvailable(pod, set, now)) count.available += 1;
    if (pod.metadata.labels?.[hashLabel] === hash) count.updated += 1;
  }
  const unavailable = count.desired - count.available;
  const observedGeneration = observe ? set.metadata.generation : set.status?.observedGeneration;
  const { collisionCount } = set.status ?? {};
  return {
    currentNumberScheduled: count.current,
    numberMisscheduled: count.misscheduled,
    desiredNumberScheduled: count.desired,
    numberReady: count.ready,
    ...(observedGeneration !== undefined && { observedGeneration }),
    ...(count.updated > 0 && { updatedNumberScheduled: count.updated }),
    ...(count.available > 0 && { numberAvailable: count.available }),
    ...(unavailable > 0 && { numberUnavailable: unavailable }),
    ...(collisionCount !== undefined && { collisionCount }),
  };
}
