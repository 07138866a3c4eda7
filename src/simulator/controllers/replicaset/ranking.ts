// Which pods of a ReplicaSet go first when it shrinks (RS-06). Follows ActivePodsWithRanks of pkg/controller/controller_utils.go.

import { compareCodePoints } from '../history/compare-code-points.ts';
import { parseTimestamp } from '../../timestamp.ts';
import type { Micros } from '../../clock.ts';
import type { PodFacts } from './pod-facts.ts';
import type { Pod } from './types.ts';

const deletionCost = 'controller.kubernetes.io/pod-deletion-cost';
const phases = ['Pending', 'Unknown', 'Running'];

/** What the order depends on besides the pods. */
export interface RankingView {
  readonly now: Micros;
  /** Active pods of the related sets by node: pods of crowded nodes go first. */
  readonly podsOnNode: ReadonlyMap<string, number>;
}

/** The pods in the order in which they would be deleted. */
export function rankForDeletion(pods: readonly PodFacts[], view: RankingView): PodFacts[] {
  return [...pods].sort((a, b) => compare(a, b, view));
}

function compare(a: PodFacts, b: PodFacts, { now, podsOnNode }: RankingView): number {
  const nodeA = a.pod.spec.nodeName ?? '';
  const nodeB = b.pod.spec.nodeName ?? '';
  return (
    Number(nodeA !== '') - Number(nodeB !== '') ||
    phaseRank(a.pod) - phaseRank(b.pod) ||
    Number(a.ready) - Number(b.ready) ||
    costOf(a.pod) - costOf(b.pod) ||
    (podsOnNode.get(nodeB) ?? 0) - (podsOnNode.get(nodeA) ?? 0) ||
    (a.ready && b.ready ? compareAges(a, b, { since: a.readySince, otherSince: b.readySince, now }) : 0) ||
    restartsOf(b.pod.status?.containerStatuses) - restartsOf(a.pod.status?.containerStatuses) ||
    restartsOf(b.pod.status?.initContainerStatuses) - restartsOf(a.pod.status?.initContainerStatuses) ||
    compareAges(a, b, {
      since: a.pod.metadata.creationTimestamp,
      otherSince: b.pod.metadata.creationTimestamp,
      now,
    })
  );
}

function phaseRank(pod: Pod): number {
  return Math.max(0, phases.indexOf(pod.status?.phase ?? ''));
}

function costOf(pod: Pod): number {
  const cost = pod.metadata.annotations?.[deletionCost] ?? '0';
  // A value that is not an int32 counts as 0, as upstream does when it cannot parse it.
  return /^(?:0|-?[1-9]\d{0,9})$/.test(cost) && Math.abs(Number(cost)) < 2_147_483_648 ? Number(cost) : 0;
}

function restartsOf(statuses: readonly { readonly restartCount?: number }[] | undefined): number {
  return Math.max(0, ...(statuses ?? []).map(({ restartCount }) => restartCount ?? 0));
}

/** The younger first, in buckets of powers of two; within a bucket by uid, which is as good as chance. */
function compareAges(
  a: PodFacts,
  b: PodFacts,
  times: { readonly since: string | undefined; readonly otherSince: string | undefined; readonly now: Micros },
): number {
  const { since, otherSince, now } = times;
  if (since === otherSince) return 0;
  if (since === undefined || otherSince === undefined) return since === undefined ? -1 : 1;
  const order = bucketOf(now - (parseTimestamp(since) ?? 0)) - bucketOf(now - (parseTimestamp(otherSince) ?? 0));
  return order === 0 ? compareCodePoints(a.pod.metadata.uid, b.pod.metadata.uid) : order;
}

/** The whole part of the binary logarithm of an age in nanoseconds; -1 for none. Counted in integers, which are exact. */
function bucketOf(age: Micros): number {
  if (age <= 0) return -1;
  let nanos = age * 1000;
  let bucket = 0;
  while (nanos >= 2) {
    nanos = Math.floor(nanos / 2);
    bucket += 1;
  }
  return bucket;
}
