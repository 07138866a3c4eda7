// Which of several possible nodes gets a pod. Upstream sums weighted scores and draws among equals (SCHED-05); here the
// same wishes are compared one after the other and ties go to the name, so that a run can be repeated.

import { controllerOf } from '../../kubernetes/object.ts';
import { matchesTerm, tolerationOf } from './node-selector.ts';
import type { Pod } from '../kubelet/pod.ts';
import type { NodeInfo } from './cluster-cache.ts';

/** The better of two nodes for a pod: negative when it is `a`. */
export function compareNodes(pod: Pod, a: NodeInfo, b: NodeInfo): number {
  return (
    untolerated(pod, a) - untolerated(pod, b) ||
    preference(pod, b) - preference(pod, a) ||
    siblings(pod, a) - siblings(pod, b) ||
    load(a) - load(b) ||
    a.pods.size - b.pods.size ||
    (a.node.metadata.name < b.node.metadata.name ? -1 : 1)
  );
}

function untolerated({ spec }: Pod, { node }: NodeInfo): number {
  const soft = (node.spec.taints ?? []).filter(({ effect }) => effect === 'PreferNoSchedule');
  return soft.filter((taint) => tolerationOf(spec.tolerations ?? [], taint) === undefined).length;
}

function preference({ spec }: Pod, { node }: NodeInfo): number {
  const wishes = spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  return wishes.reduce((sum, { weight, preference }) => sum + (matchesTerm(preference, node) ? weight : 0), 0);
}

/** Pods of the same controller are spread over nodes, as by the default topology spread. */
function siblings(pod: Pod, { byController }: NodeInfo): number {
  return byController.get(controllerOf(pod)?.uid ?? '') ?? 0;
}

/** The fuller of CPU and memory, as a share of what the node has. */
function load({ requested, allocatable }: NodeInfo): number {
  return Math.max(...['cpu', 'memory'].map((name) => (requested.get(name) ?? 0) / (allocatable.get(name) ?? 1)));
}
