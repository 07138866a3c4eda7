// The kinds that the disruption controller reads, with the fields that it looks at.

import { composeKindKey } from '../../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { LabelSelector } from '../../../kubernetes/selector.ts';

export const budgetKind = composeKindKey('policy', 'PodDisruptionBudget');

/** A count or a percentage. */
export type IntOrPercent = number | string;

/** A PodDisruptionBudget as stored. */
export interface Budget extends KubernetesObject {
  readonly spec: {
    readonly minAvailable?: IntOrPercent;
    readonly maxUnavailable?: IntOrPercent;
    readonly selector?: LabelSelector;
  };
  readonly status?: BudgetStatus;
}

/** What is observed of a budget (PDB-01). */
export interface BudgetStatus {
  readonly observedGeneration?: number;
  /** When the pods that were evicted, but are not seen going yet, were evicted. */
  readonly disruptedPods?: Readonly<Record<string, string>>;
  readonly disruptionsAllowed: number;
  readonly currentHealthy: number;
  readonly desiredHealthy: number;
  readonly expectedPods: number;
  readonly conditions?: readonly BudgetCondition[];
}

/** `DisruptionAllowed`. */
export interface BudgetCondition {
  readonly type: string;
  readonly status: string;
  readonly observedGeneration?: number;
  readonly lastTransitionTime: string;
  readonly reason: string;
  readonly message: string;
}

/** The number that a count or a percentage of a total means; percentages round up (PDB-02). */
export function scaledUp(value: IntOrPercent, total: number): number {
  return typeof value === 'number' ? value : Math.ceil((Number(value.slice(0, -1)) * total) / 100);
}
