// On which nodes a DaemonSet's pods belong (DS-01, DS-07; NodeShouldRunDaemonPod of pkg/controller/daemon).

import { allowsNode, tolerationOf } from '../../scheduler/node-selector.ts';
import type { Pod, PodSpec, Toleration } from '../../kubelet/pod.ts';
import type { Node } from '../../nodes/node.ts';
import type { DaemonSet } from './types.ts';

/** Whether a node is to have a pod, and whether one that it has may stay. */
export interface NodeFit {
  readonly shouldRun: boolean;
  readonly mayStay: boolean;
}

/** Tolerations that every daemon pod gets, in upstream's order. */
const always: readonly Toleration[] = [
  { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/disk-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/memory-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/pid-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoSchedule' },
];
const networkUnavailable: Toleration = {
  key: 'node.kubernetes.io/network-unavailable',
  operator: 'Exists',
  effect: 'NoSchedule',
};

/** The tolerations of a template with those that daemon pods get. */
export function daemonTolerations({ tolerations = [], hostNetwork }: PodSpec): readonly Toleration[] {
  const wanted = hostNetwork === true ? [...always, networkUnavailable] : always;
  const missing = wanted.filter(
    ({ key, effect }) =>
      !tolerations.some((each) => each.key === key && each.effect === effect && each.operator === 'Exists'),
  );
  return [...tolerations, ...missing];
}

/** Judges one node. A taint that forbids scheduling leaves the pod that is there (DS-07). */
export function fitOf({ spec: { template } }: DaemonSet, node: Node): NodeFit {
  const { nodeName } = template.spec;
  const misses = nodeName !== undefined && nodeName !== '' && nodeName !== node.metadata.name;
  if (misses || !allowsNode({ spec: template.spec } as Pod, node)) return { shouldRun: false, mayStay: false };
  const tolerations = daemonTolerations(template.spec);
  const untolerated = (node.spec.taints ?? []).filter(
    (taint) => taint.effect !== 'PreferNoSchedule' && tolerationOf(tolerations, taint) === undefined,
  );
  return { shouldRun: untolerated.length === 0, mayStay: untolerated.every(({ effect }) => effect !== 'NoExecute') };
}
