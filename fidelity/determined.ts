// Which relations between milestones of different objects the cluster guarantees: the rule by which the order of a
// recording is more than an accident (tag [D] of the reference).

import { controllerOf } from '../src/kubernetes/object.ts';
import { kinds } from './kinds.ts';
import type { Milestone } from './milestone-list.ts';
import type { Recording } from './recording.ts';

/** Whether the order of two milestones is guaranteed, whichever comes first. */
export type Determined = (first: Milestone, second: Milestone) => boolean;

/**
 * Guaranteed are
 * - all relations between pods of one StatefulSet with ordered management, as long as the set is there (STS-CREATE,
 *   STS-SCALE, STS-RU: one pod is dealt with at a time);
 * - a set's claims before their pod (STS-PVC).
 */
export function determinedBy(recorded: Recording): Determined {
  const ordered = orderedSets(recorded);
  return (first, second) => {
    const [a, b] = [setOf(first), setOf(second)];
    if (a !== undefined && a === b && ordered.has(a)) return true;
    return claimBeforePod(first, second) || claimBeforePod(second, first);
  };
}

/** Uids of sets that were always ordered, and never deleted while the recording ran. */
function orderedSets({ observations }: Recording): ReadonlySet<string> {
  const ordered = new Set<string>();
  for (const { object, type } of observations) {
    if (object.kind !== 'StatefulSet') continue;
    const { podManagementPolicy } = object['spec'] as { readonly podManagementPolicy?: string };
    const { uid } = object.metadata;
    if (type === 'DELETED' || podManagementPolicy === 'Parallel') ordered.delete(uid);
    else if (type === 'ADDED') ordered.add(uid);
  }
  return ordered;
}

function setOf({ change }: Milestone): string | undefined {
  if (change.kind !== kinds.pod) return undefined;
  const owner = controllerOf(change.after ?? change.before!);
  return owner?.kind === 'StatefulSet' ? owner.uid : undefined;
}

function claimBeforePod(claim: Milestone, pod: Milestone): boolean {
  if (claim.change.kind !== kinds.claim || pod.change.kind !== kinds.pod) return false;
  if (!claim.change.name.endsWith(`-${pod.change.name}`) || claim.time !== 1 || pod.time !== 1) return false;
  return claim.word === 'Created' && pod.word === 'Created';
}
