// Whether a node takes a pod that no scheduler has placed on it (POD-NEW-07, POD-REJ-01). What the scheduler has bound has
// passed the same checks a moment before, and is not checked again.

import { nodeKind } from '../nodes/node.ts';
import { allowsNode } from '../scheduler/node-selector.ts';
import { hostPortsOf, parseAmounts, requestsOf } from '../scheduler/requests.ts';
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
  const others = othersOn(lister, node, pod);
  const shortage = shortageOn(others, node, pod);
  if (shortage !== undefined) return shortage;
  if (!allowsNode(pod, node)) {
    const message = `Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector`;
    return { reason: 'NodeAffinity', message };
  }
  if (!portsTaken(others, pod)) return undefined;
  const message = `Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports`;
  return { reason: 'NodePorts', message };
}

function othersOn(lister: Lister, node: Node, pod: Pod): readonly Pod[] {
  const all = [...lister.by(podKind, 'node', node.metadata.name).values()].map((each) => each as Pod);
  return all.filter((other) => other.metadata.uid !== pod.metadata.uid && !isFinished(other));
}

/** A port of all addresses is taken by the same port of any. */
function portsTaken(others: readonly Pod[], pod: Pod): boolean {
  const wanted = hostPortsOf(pod.spec);
  if (wanted.length === 0) return false;
  const taken = others.flatMap(({ spec }) => hostPortsOf(spec));
  const everywhere = (port: string): string => port.replace(/\/.*:/, '/0.0.0.0:');
  return wanted.some((port) =>
    taken.some(
      (other) => other === port || (everywhere(other) === everywhere(port) && [port, other].some(isEverywhere)),
    ),
  );
}

function isEverywhere(port: string): boolean {
  return port.includes('/0.0.0.0:');
}

/** The first resource of which the node has not enough left. */
function shortageOn(others: readonly Pod[], node: Node, pod: Pod): Rejection | undefined {
  const used = new Map<string, number>();
  for (const other of others) {
    for (const [resource, amount] of requestsOf(other)) used.set(resource, (used.get(resource) ?? 0) + amount);
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
