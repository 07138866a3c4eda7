// What one pass over one DaemonSet works with.

import { podCondition } from '../../kubelet/pod.ts';
import { parseTimestamp } from '../../timestamp.ts';
import { fitOf } from './node-fit.ts';
import { targetNodeOf } from './new-pod.ts';
import type { Informer, Plant } from '../controller.ts';
import type { Orphans } from '../orphans.ts';
import type { Expectations } from '../replicaset/expectations.ts';
import type { Micros } from '../../clock.ts';
import type { Pod } from '../../kubelet/pod.ts';
import type { Node } from '../../nodes/node.ts';
import type { ObjectKey } from '../../store/store.ts';
import type { NodeFit } from './node-fit.ts';
import type { FailedPodBackoff } from './failed-pod-backoff.ts';
import type { DaemonSet } from './types.ts';

/** The component of the controller's Events. */
export const component = 'daemonset-controller';
export const manager = 'kube-controller-manager';

/** The controller, as one pass sees it. */
export interface PassContext {
  readonly plant: Plant;
  readonly informer: Informer;
  readonly orphans: Orphans;
  readonly orphanRevisions: Orphans;
  readonly expectations: Expectations;
  readonly backoff: FailedPodBackoff;
  readonly key: ObjectKey;
  readonly set: DaemonSet;
  /** The pods that this pass has created so far. */
  readonly created: Pod[];
}

/** The nodes with what they mean for the set, and its pods by the node for which they were made. */
export interface Placement {
  readonly nodes: ReadonlyMap<string, NodeFit>;
  /** Without pods that are being deleted and have ended: their node is free again (DS-04). Oldest first. */
  readonly pods: ReadonlyMap<string, readonly Pod[]>;
}

/** Looks at all nodes and at the set's pods: a DaemonSet's pass costs as much as it has nodes, as upstream. */
export function placementOf(set: DaemonSet, nodes: Iterable<Node>, pods: readonly Pod[]): Placement {
  const fits = new Map<string, NodeFit>();
  for (const node of nodes) fits.set(node.metadata.name, fitOf(set, node));
  const byNode = new Map<string, Pod[]>();
  for (const pod of [...pods].sort(byAge)) {
    const ended = pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
    const node = targetNodeOf(pod.spec);
    if (node === undefined || (ended && pod.metadata.deletionTimestamp !== undefined)) continue;
    const there = byNode.get(node);
    if (there === undefined) byNode.set(node, [pod]);
    else there.push(pod);
  }
  return { nodes: fits, pods: byNode };
}

/** Whether a pod is ready. */
export function isReady(pod: Pod): boolean {
  return podCondition(pod, 'Ready')?.status === 'True';
}

/** Whether a pod has been ready for as long as the set asks for. */
export function isAvailable(pod: Pod, { spec }: DaemonSet, now: Micros): boolean {
  const { minReadySeconds = 0 } = spec;
  const condition = podCondition(pod, 'Ready');
  if (condition?.status !== 'True') return false;
  return (
    minReadySeconds === 0 || (parseTimestamp(condition.lastTransitionTime) ?? 0) + minReadySeconds * 1_000_000 <= now
  );
}

/** Pods that have a node first, then the older (podByCreationTimestampAndPhase). */
function byAge(a: Pod, b: Pod): number {
  const bound = Number(b.spec.nodeName !== undefined) - Number(a.spec.nodeName !== undefined);
  if (bound !== 0) return bound;
  const [left, right] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp];
  if (left !== right) return left < right ? -1 : 1;
  return a.metadata.name < b.metadata.name ? -1 : 1;
}
