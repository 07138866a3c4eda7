// The conditions of a Deployment: a changed one is taken out and put at the end (DEP-STAT-06).

import type { DeploymentCondition } from './types.ts';

type Conditions = readonly DeploymentCondition[];

/** What a new condition says. */
export type ConditionNews = Pick<Required<DeploymentCondition>, 'type' | 'status' | 'reason' | 'message'>;

/** The condition of a type. */
export function conditionOf(conditions: Conditions | undefined, type: string): DeploymentCondition | undefined {
  return conditions?.find((condition) => condition.type === type);
}

/** A condition as it is written, members in alphabetical order. */
export function newCondition(news: ConditionNews, timestamp: string): DeploymentCondition {
  const { message, reason, status, type } = news;
  return { lastTransitionTime: timestamp, lastUpdateTime: timestamp, message, reason, status, type };
}

/** Sets a condition. Nothing happens if status and reason stay; the time of transition stays while the status does. */
export function setCondition(conditions: Conditions, condition: DeploymentCondition): Conditions {
  const before = conditionOf(conditions, condition.type);
  if (before?.status === condition.status && before.reason === condition.reason) return conditions;
  const same = before?.status === condition.status && before.lastTransitionTime !== undefined;
  const kept = same ? { ...condition, lastTransitionTime: before.lastTransitionTime } : condition;
  return [...removeCondition(conditions, condition.type), kept];
}

/** Takes a condition away; the same list if there is none. */
export function removeCondition(conditions: Conditions, type: string): Conditions {
  return conditionOf(conditions, type) === undefined
    ? conditions
    : conditions.filter((condition) => condition.type !== type);
}
