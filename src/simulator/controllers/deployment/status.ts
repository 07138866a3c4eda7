// The status of a Deployment: counts, the condition Available, and whether there is anything to write (DEP-STAT).

import { newCondition, setCondition } from './conditions.ts';
import { maxUnavailable, totalOf, totalSize } from './limits.ts';
import { everyone } from './types.ts';
import type { Deployment, DeploymentCondition, DeploymentStatus, Family } from './types.ts';

/** Computes counts and the condition Available (DEP-STAT-01, DEP-STAT-03). */
export function computeStatus(deployment: Deployment, family: Family, timestamp: string): DeploymentStatus {
  const sets = everyone(family);
  const available = totalOf(sets, 'availableReplicas');
  const enough = available >= deployment.spec.replicas - maxUnavailable(deployment);
  const condition = newCondition(
    {
      type: 'Available',
      status: enough ? 'True' : 'False',
      reason: enough ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
      message: enough ? 'Deployment has minimum availability.' : 'Deployment does not have minimum availability.',
    },
    timestamp,
  );
  const { collisionCount, conditions } = deployment.status ?? {};
  return composeStatus({
    availableReplicas: available,
    collisionCount,
    conditions: setCondition(conditions ?? [], condition),
    observedGeneration: deployment.metadata.generation ?? 0,
    readyReplicas: totalOf(sets, 'readyReplicas'),
    replicas: totalOf(sets, 'replicas'),
    terminatingReplicas: totalOf(sets, 'terminatingReplicas'),
    unavailableReplicas: Math.max(0, totalSize(sets) - available),
    updatedReplicas: family.current?.status?.replicas ?? 0,
  });
}

/** Other conditions for a status. */
export function withConditions(status: DeploymentStatus, conditions: readonly DeploymentCondition[]): DeploymentStatus {
  return status.conditions === conditions ? status : { ...status, conditions };
}

/** Whether two statuses say the same. */
export function sameStatus(a: DeploymentStatus, b: DeploymentStatus | undefined): boolean {
  if (b === undefined) return false;
  return (
    counts.every((count) => a[count] === b[count]) &&
    (a.conditions ?? []).length === (b.conditions ?? []).length &&
    (a.conditions ?? []).every((condition, place) => sameCondition(condition, b.conditions?.[place]))
  );
}

/** Whether a rollout is through (DEP-STAT-08). */
export function isComplete({ spec, metadata }: Deployment, status: DeploymentStatus | undefined): boolean {
  return (
    (status?.updatedReplicas ?? 0) === spec.replicas &&
    (status?.replicas ?? 0) === spec.replicas &&
    (status?.availableReplicas ?? 0) === spec.replicas &&
    (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0)
  );
}

const counts = [
  'availableReplicas',
  'collisionCount',
  'observedGeneration',
  'readyReplicas',
  'replicas',
  'terminatingReplicas',
  'unavailableReplicas',
  'updatedReplicas',
] as const;

function sameCondition(a: DeploymentCondition, b: DeploymentCondition | undefined): boolean {
  return (
    a === b ||
    (a.type === b?.type &&
      a.status === b.status &&
      a.reason === b.reason &&
      a.message === b.message &&
      a.lastUpdateTime === b.lastUpdateTime &&
      a.lastTransitionTime === b.lastTransitionTime)
  );
}

/** Members in alphabetical order; counts that are 0 are left out but for `terminatingReplicas`. */
function composeStatus(
  status: {
    readonly [Count in (typeof counts)[number]]: number | undefined;
  } & { readonly conditions: readonly DeploymentCondition[] },
): DeploymentStatus {
  const { availableReplicas, collisionCount, conditions, observedGeneration, readyReplicas } = status;
  const { replicas, terminatingReplicas, unavailableReplicas, updatedReplicas } = status;
  return {
    ...(availableReplicas ? { availableReplicas } : {}),
    ...(collisionCount === undefined ? {} : { collisionCount }),
    conditions,
    ...(observedGeneration ? { observedGeneration } : {}),
    ...(readyReplicas ? { readyReplicas } : {}),
    ...(replicas ? { replicas } : {}),
    terminatingReplicas: terminatingReplicas ?? 0,
    ...(unavailableReplicas ? { unavailableReplicas } : {}),
    ...(updatedReplicas ? { updatedReplicas } : {}),
  };
}
