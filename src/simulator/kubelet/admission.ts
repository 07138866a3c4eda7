// Whether a node takes a pod that no scheduler has placed on it (POD-NEW-07, POD-REJ-01). What the scheduler has bound has
// passed the same checks a moment before, and is not checked again.

import { nodeKind } from '../nodes/node.ts';
import { allowsNode } from '../scheduler/node-selector.ts';
import { parseAmounts, requestsOf } from '../scheduler/requests.ts';
import { isFinished, podCondition, podKind } from './pod.ts';
import type { Node } from '../nodes/node.ts';
import type { Lister } from '../store/store.ts';
import type { Pod } from './pod.ts';

/** Why a pod is not taken: `status.reason`, and the sentence behind `Pod was rejected: `. */
export interface Rejection {
  readonly reason: string;
  readonly message: string;
}

/** The reason for which the kubelet of a node rejects a pod. */
export function rejectionOf(lister: Lister, pod: Pod): Rejection | undefined {
  const name = pod.spec.nodeName ?? '';
  const node = lister.get(nodeKind, name) as Node | undefined;
  if (node === undefined || podCondition(pod, 'PodScheduled') !== undefined) return undefined;
  const shortage = shortageOn(lister, node, pod);
  if (shortage !== undefined || allowsNode(pod, node)) return shortage;
  const message = `Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector`;
  return { reason: 'NodeAffinity', message };
}

/** The first resource of which the node has not enough left. */
function shortageOn(lister: Lister, node: Node, pod: Pod): Rejection | undefined {
  const used = new Map<string, number>();
  for (const other of lister.by(podKind, 'node', node.metadata.name).values()) {
    if (other.metadata.uid === pod.metadata.uid || isFinished(other as Pod)) continue;
    for (const [resource, amount] of requestsOf(other as Pod)) used.set(resource, (used.get(resource) ?? 0) + amount);
  }
  const allocatable = parseAmounts(node.status.allocatable);
  for (const [resource, requested] of requestsOf(pod)) {
    const capacity = allocatable.get(resource) ?? 0;
    const taken = used.get(resource) ?? 0;
    if (requested === 0 || requested + taken <= capacity) continue;
    const numbers = `requested: ${requested}, used: ${taken}, capacity: ${capacity}`;
    return { reason: `OutOf${resource}`, message: `Node didn't have enough resource: ${resource}, ${numbers}` };
  }
  return undefined;
}
