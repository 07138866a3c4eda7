// A ReplicaSet's status: what it counts and when it is written (RS-01 to RS-05).

import type { ReplicaCounts } from './replica-index.ts';
import type { ReplicaSet, ReplicaSetCondition, ReplicaSetStatus } from './types.ts';

/** Computes the status of a pass. `failure` is what managing the pods failed with. */
export function computeStatus(
  set: ReplicaSet,
  observed: { readonly counts: ReplicaCounts; readonly failure: string | undefined; readonly timestamp: string },
): ReplicaSetStatus {
  const { active, available, fullyLabeled, ready, terminating } = observed.counts;
  const conditions = conditionsOf(set, active, observed);
  return {
    ...(available === 0 ? {} : { availableReplicas: available }),
    ...(conditions.length === 0 ? {} : { conditions }),
    ...(fullyLabeled === 0 ? {} : { fullyLabeledReplicas: fullyLabeled }),
    ...(set.metadata.generation === undefined ? {} : { observedGeneration: set.metadata.generation }),
    ...(ready === 0 ? {} : { readyReplicas: ready }),
    replicas: active,
    terminatingReplicas: terminating,
  };
}

/** Whether a status has news. */
export function isNews(status: ReplicaSetStatus, before: ReplicaSetStatus | undefined): boolean {
  return (
    status.replicas !== (before?.replicas ?? 0) ||
    status.availableReplicas !== before?.availableReplicas ||
    status.fullyLabeledReplicas !== before?.fullyLabeledReplicas ||
    status.readyReplicas !== before?.readyReplicas ||
    status.terminatingReplicas !== before?.terminatingReplicas ||
    status.observedGeneration !== before?.observedGeneration ||
    !sameConditions(status.conditions, before?.conditions)
  );
}

/** A failure is told once, with the reason of its first pass, and taken back when it is over (RS-05). */
function conditionsOf(
  set: ReplicaSet,
  active: number,
  { failure, timestamp }: { readonly failure: string | undefined; readonly timestamp: string },
): readonly ReplicaSetCondition[] {
  const conditions = set.status?.conditions ?? [];
  const told = conditions.some(({ type }) => type === 'ReplicaFailure');
  if (failure === undefined) return told ? conditions.filter(({ type }) => type !== 'ReplicaFailure') : conditions;
  if (told) return conditions;
  const condition: ReplicaSetCondition = {
    lastTransitionTime: timestamp,
    message: failure,
    reason: active < set.spec.replicas ? 'FailedCreate' : 'FailedDelete',
    status: 'True',
    type: 'ReplicaFailure',
  };
  return [...conditions, condition];
}

function sameConditions(
  a: readonly ReplicaSetCondition[] | undefined,
  b: readonly ReplicaSetCondition[] | undefined,
): boolean {
  return a === b || (a?.length === b?.length && (a ?? []).every((condition, at) => condition === b?.[at]));
}
