// How far a rolling update may go above and below the wanted number (DEP-ROLL-01).

import type { Deployment, IntOrPercent, ReplicaSet } from './types.ts';

/** Pods above the wanted number; 0 unless the Deployment rolls. */
export function maxSurge(deployment: Deployment): number {
  return fenceposts(deployment).surge;
}

/** Pods that may be unavailable, at most the wanted number; 0 unless the Deployment rolls. */
export function maxUnavailable(deployment: Deployment): number {
  const { replicas } = deployment.spec;
  return replicas === 0 ? 0 : Math.min(fenceposts(deployment).unavailable, replicas);
}

/** How large the ReplicaSet of the present template may be now (DEP-ROLL-03). */
export function newReplicaSetSize(
  deployment: Deployment,
  sizes: { readonly own: number; readonly total: number },
): number {
  const { replicas, strategy } = deployment.spec;
  if (strategy.type === 'Recreate') return replicas;
  const room = replicas + maxSurge(deployment) - sizes.total;
  return room <= 0 ? sizes.own : sizes.own + Math.min(room, replicas - sizes.own);
}

/** The sum of the wanted sizes. */
export function totalSize(sets: readonly ReplicaSet[]): number {
  return sets.reduce((sum, { spec }) => sum + spec.replicas, 0);
}

/** The sum of one count of the statuses. */
export function totalOf(
  sets: readonly ReplicaSet[],
  count: 'replicas' | 'readyReplicas' | 'availableReplicas' | 'terminatingReplicas',
): number {
  return sets.reduce((sum, { status }) => sum + (status?.[count] ?? 0), 0);
}

/** Surge is rounded up and unavailability down; both 0 would let nothing move, so that one pod may be missing then. */
function fenceposts({ spec }: Deployment): { readonly surge: number; readonly unavailable: number } {
  if (spec.strategy.type !== 'RollingUpdate') return { surge: 0, unavailable: 0 };
  const surge = Math.ceil(scaled(spec.strategy.rollingUpdate?.maxSurge ?? 0, spec.replicas));
  const unavailable = Math.floor(scaled(spec.strategy.rollingUpdate?.maxUnavailable ?? 0, spec.replicas));
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

function scaled(value: IntOrPercent, total: number): number {
  return typeof value === 'number' ? value : (Number(value.replace('%', '')) * total) / 100;
}
