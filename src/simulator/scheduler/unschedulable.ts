// The message of a pod that no node can take (SCHED-02), word for word as the scheduler writes it.

import type { Obstacle } from './claim-plan.ts';
import type { Cause, Rejection } from './filters.ts';

/** Why a pod stays without a node, and what would make another try worth while. */
export interface Unschedulable {
  readonly message: string;
  readonly causes: ReadonlySet<Cause>;
}

/** No node was asked: the pod itself cannot be placed yet. */
export function explainObstacle(nodes: number, { message, cause }: Obstacle): Unschedulable {
  return { message: `0/${nodes} nodes are available: ${message}. not found`, causes: new Set([cause]) };
}

/** Every node said no; or there is none. */
export function explainRejections(rejections: readonly Rejection[]): Unschedulable {
  const nodes = rejections.length;
  if (nodes === 0) return { message: 'no nodes available to schedule pods', causes: new Set(['node']) };
  const reasons = counted(rejections.flatMap((rejection) => rejection.reasons));
  const preemption = counted(
    rejections.map(({ removable }) => {
      return removable ? 'No preemption victims found for incoming pod' : 'Preemption is not helpful for scheduling';
    }),
  );
  const available = `0/${nodes} nodes are available`;
  return {
    message: `${available}: ${reasons}. no new claims to deallocate, preemption: ${available}: ${preemption}.`,
    causes: new Set(rejections.map(({ cause }) => cause)),
  };
}

/** `1 node(s) were unschedulable, 2 Insufficient cpu`: sorted as text. */
function counted(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort()
    .join(', ');
}
