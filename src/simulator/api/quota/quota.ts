// A ResourceQuota as stored, and which objects it is about.

import { specOf } from '../strategies/members.ts';
import { qualityOfService } from '../strategies/quality-of-service.ts';
import { composeKindKey } from '../../../kubernetes/kind.ts';
import type { Kind } from '../../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { PodSpec } from '../shapes.ts';
import type { WrittenAmounts } from './amounts.ts';

export const quotaKey = composeKindKey('', 'ResourceQuota');

/** A quota as stored. */
export interface ResourceQuota extends KubernetesObject {
  readonly spec?: {
    readonly hard?: WrittenAmounts;
    readonly scopes?: readonly string[];
    readonly scopeSelector?: { readonly matchExpressions?: readonly ScopeRequirement[] };
  };
  readonly status?: { readonly hard?: WrittenAmounts; readonly used?: WrittenAmounts };
}

interface ScopeRequirement {
  readonly scopeName: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

/** Whether a quota's scopes let an object in; only pods can be within a scope. */
export function isInScope({ spec }: ResourceQuota, kind: Kind, object: KubernetesObject): boolean {
  const named = (spec?.scopes ?? []).map((scopeName) => ({ scopeName, operator: 'Exists' }));
  const requirements: readonly ScopeRequirement[] = [...named, ...(spec?.scopeSelector?.matchExpressions ?? [])];
  if (requirements.length === 0) return true;
  return kind.key === 'pod' && requirements.every((requirement) => fits(requirement, specOf<PodSpec>(object)));
}

function fits({ scopeName, operator, values = [] }: ScopeRequirement, pod: PodSpec): boolean {
  const { activeDeadlineSeconds, priorityClassName } = pod as { activeDeadlineSeconds?: number } & PodSpec;
  switch (scopeName) {
    case 'Terminating':
      return activeDeadlineSeconds !== undefined;
    case 'NotTerminating':
      return activeDeadlineSeconds === undefined;
    case 'BestEffort':
      return qualityOfService(pod) === 'BestEffort';
    case 'NotBestEffort':
      return qualityOfService(pod) !== 'BestEffort';
    case 'PriorityClass':
      if (operator === 'Exists') return Boolean(priorityClassName);
      if (operator === 'DoesNotExist') return !priorityClassName;
      return (operator === 'In') === values.includes(priorityClassName ?? '');
    default:
      return false;
  }
}
