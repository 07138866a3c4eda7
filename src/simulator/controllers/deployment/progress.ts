// Whether a rollout makes progress: the condition Progressing and its deadline (DEP-STAT-04, DEP-STAT-05, DEP-STAT-07).

import { parseTimestamp } from '../../timestamp.ts';
import { conditionOf, newCondition, removeCondition, setCondition } from './conditions.ts';
import { computeStatus, isComplete, withConditions } from './status.ts';
import { everyone } from './types.ts';
import type { Micros } from '../../clock.ts';
import type { PassContext } from './pass-context.ts';
import type { Deployment, DeploymentCondition, DeploymentStatus, Family } from './types.ts';

const int32Max = 2_147_483_647;

/** Whether progress is to be watched at all. */
export function hasProgressDeadline({ spec }: Deployment): boolean {
  return spec.progressDeadlineSeconds !== undefined && spec.progressDeadlineSeconds !== int32Max;
}

/** The status at the end of a rollout's pass. */
export function rolloutStatus({ deployment, plant }: PassContext, family: Family): DeploymentStatus {
  const { timestamp, now } = plant.clock;
  const status = computeStatus(deployment, family, timestamp);
  const watched = hasProgressDeadline(deployment)
    ? progressConditions(deployment, { family, status, timestamp, now })
    : removeCondition(status.conditions ?? [], 'Progressing');
  const failure = replicaFailure(family);
  const conditions =
    failure === undefined ? removeCondition(watched, 'ReplicaFailure') : setCondition(watched, failure);
  return withConditions(status, conditions);
}

/**
 * When a rollout that makes no progress has to be looked at again; undefined if it is through or has timed out. One second
 * more than the deadline, as upstream, against skewed milliseconds.
 */
export function deadlineCheck(deployment: Deployment, status: DeploymentStatus, now: Micros): Micros | undefined {
  const condition = conditionOf(deployment.status?.conditions, 'Progressing');
  if (!hasProgressDeadline(deployment) || condition === undefined) return undefined;
  if (isComplete(deployment, status) || condition.reason === 'ProgressDeadlineExceeded') return undefined;
  return Math.max(0, deadlineOf(deployment, condition) - now) + 1_000_000;
}

interface ProgressView {
  readonly family: Family;
  readonly status: DeploymentStatus;
  readonly timestamp: string;
  readonly now: Micros;
}

function progressConditions(deployment: Deployment, view: ProgressView): readonly DeploymentCondition[] {
  const { family, status, timestamp, now } = view;
  const conditions = status.conditions ?? [];
  const before = conditionOf(deployment.status?.conditions, 'Progressing');
  const through = status.replicas === status.updatedReplicas && before?.reason === 'NewReplicaSetAvailable';
  if (through) return conditions;
  const who =
    family.current === undefined
      ? `Deployment "${deployment.metadata.name}"`
      : `ReplicaSet "${family.current.metadata.name}"`;
  const news = (isTrue: boolean, reason: string, told: string): DeploymentCondition =>
    newCondition(
      { type: 'Progressing', status: isTrue ? 'True' : 'False', reason, message: `${who} ${told}` },
      timestamp,
    );
  if (isComplete(deployment, status)) {
    return setCondition(conditions, news(true, 'NewReplicaSetAvailable', 'has successfully progressed.'));
  }
  if (madeProgress(deployment.status, status)) {
    // The same reason again still moves lastUpdateTime, from which the deadline counts.
    const condition = news(true, 'ReplicaSetUpdated', 'is progressing.');
    const since = before?.status === 'True' ? before.lastTransitionTime : undefined;
    const kept = since === undefined ? condition : { ...condition, lastTransitionTime: since };
    return [...removeCondition(conditions, 'Progressing'), kept];
  }
  return isTimedOut(deployment, conditionOf(conditions, 'Progressing'), now)
    ? setCondition(conditions, news(false, 'ProgressDeadlineExceeded', 'has timed out progressing.'))
    : conditions;
}

function madeProgress(before: DeploymentStatus | undefined, after: DeploymentStatus): boolean {
  const oldBefore = (before?.replicas ?? 0) - (before?.updatedReplicas ?? 0);
  const oldAfter = (after.replicas ?? 0) - (after.updatedReplicas ?? 0);
  return (
    (after.updatedReplicas ?? 0) > (before?.updatedReplicas ?? 0) ||
    oldAfter < oldBefore ||
    (after.readyReplicas ?? 0) > (before?.readyReplicas ?? 0) ||
    (after.availableReplicas ?? 0) > (before?.availableReplicas ?? 0)
  );
}

function isTimedOut(deployment: Deployment, condition: DeploymentCondition | undefined, now: Micros): boolean {
  if (condition === undefined || condition.reason === 'NewReplicaSetAvailable') return false;
  return condition.reason === 'ProgressDeadlineExceeded' || deadlineOf(deployment, condition) < now;
}

function deadlineOf({ spec }: Deployment, condition: DeploymentCondition): Micros {
  const from = parseTimestamp(condition.lastUpdateTime ?? '') ?? 0;
  return from + (spec.progressDeadlineSeconds ?? 0) * 1_000_000;
}

/** The first failure of a ReplicaSet, that of the present template before others (DEP-STAT-05). */
function replicaFailure(family: Family): DeploymentCondition | undefined {
  const sets = family.current === undefined ? family.old : [family.current, ...everyone(family)];
  for (const set of sets) {
    const found = set.status?.conditions?.find(({ type }) => type === 'ReplicaFailure');
    if (found === undefined) continue;
    const at = found.lastTransitionTime ?? '';
    const { message = '', reason = '', status, type } = found;
    return { lastTransitionTime: at, lastUpdateTime: at, message, reason, status, type };
  }
  return undefined;
}
