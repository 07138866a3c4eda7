// `/eviction`: a deletion that asks the pod's disruption budget first (EVICT). Follows pkg/registry/core/pod/storage/eviction.go.

import { matchesLabels } from '../../../kubernetes/selector.ts';
import { disruptionBudgetKey } from '../kind-keys.ts';
import { internalError, refuse, tooManyRequests } from '../refusals.ts';
import { specOf, statusOf } from '../strategies/members.ts';
import { deleteObject } from './delete.ts';
import type { LabelSelector } from '../../../kubernetes/selector.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { Status } from '../../../kubernetes/status.ts';
import type { ApiContext } from '../context.ts';
import type { Deleted, Deletion } from './delete.ts';

interface Condition {
  readonly type: string;
  readonly status?: string;
  readonly lastTransitionTime?: string;
}

interface BudgetStatus {
  readonly observedGeneration?: number;
  readonly disruptionsAllowed?: number;
  readonly currentHealthy?: number;
  readonly desiredHealthy?: number;
  readonly disruptedPods?: Readonly<Record<string, string>>;
  readonly conditions?: readonly Condition[];
}

interface PodStatus {
  readonly phase?: string;
  readonly conditions?: readonly Condition[];
}

const refusal = "Cannot evict pod as it would violate the pod's disruption budget.";
/** Phases in which a pod takes nothing from the budget (EVICT-04). */
const unbudgeted = ['Pending', 'Succeeded', 'Failed'];

/** Evicts the pod of a deletion. */
export function evictPod(deletion: Deletion, context: ApiContext): Deleted {
  const { current } = deletion;
  const refused = askBudget(deletion, context);
  if (refused !== undefined) return refuse(refused);
  if (deletion.dryRun === true) return { ok: true, value: current, gone: false };
  return deleteObject({ ...deletion, current: context.store.update(disrupted(current, context)) }, context);
}

function askBudget({ current, dryRun }: Deletion, context: ApiContext): Status | undefined {
  const status = statusOf<PodStatus>(current);
  if (current.metadata.deletionTimestamp !== undefined || unbudgeted.includes(status.phase ?? '')) return undefined;
  const budgets = budgetsOf(current, context);
  if (budgets.length > 1) {
    return internalError(
      'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    );
  }
  const [budget] = budgets;
  if (budget === undefined || mayGoUnready(budget, status)) return undefined;
  const told = refusalOf(budget);
  if (told !== undefined || dryRun === true) return told;
  context.store.update(spend(budget, current.metadata.name, context));
  return undefined;
}

function budgetsOf(pod: KubernetesObject, { store }: ApiContext): readonly KubernetesObject[] {
  const { namespace = '', labels } = pod.metadata;
  const found = [...store.by(disruptionBudgetKey, 'namespace', namespace).values()];
  return found.filter((budget) =>
    matchesLabels(specOf<{ readonly selector?: LabelSelector }>(budget).selector, labels),
  );
}

/** A running pod that is not ready costs no healthy one; the policy decides whether it may go (EVICT-04). */
function mayGoUnready(budget: KubernetesObject, { phase, conditions = [] }: PodStatus): boolean {
  const ready = conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
  if (ready || phase !== 'Running') return false;
  const policy = specOf<{ readonly unhealthyPodEvictionPolicy?: string }>(budget).unhealthyPodEvictionPolicy;
  if (policy === 'AlwaysAllow') return true;
  const { currentHealthy = 0, desiredHealthy = 0 } = statusOf<BudgetStatus>(budget);
  return currentHealthy >= desiredHealthy && desiredHealthy > 0;
}

/** EVICT-02. */
function refusalOf(budget: KubernetesObject): Status | undefined {
  const { name, generation = 0 } = budget.metadata;
  const { observedGeneration = 0, disruptionsAllowed = 0, ...health } = statusOf<BudgetStatus>(budget);
  const reason = 'DisruptionBudget';
  if (observedGeneration < generation) {
    const message = `The disruption budget ${name} is still being processed by the server.`;
    return tooManyRequests(refusal, { causes: [{ reason, message }], retryAfterSeconds: 10 });
  }
  if (disruptionsAllowed > 0) return undefined;
  const { desiredHealthy = 0, currentHealthy = 0 } = health;
  const message = `The disruption budget ${name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`;
  return tooManyRequests(refusal, { causes: [{ reason, message }] });
}

/** Takes one disruption from the budget and remembers for whom (EVICT-01). */
function spend(budget: KubernetesObject, podName: string, { clock }: ApiContext): KubernetesObject {
  const status = statusOf<BudgetStatus>(budget);
  const left = (status.disruptionsAllowed ?? 0) - 1;
  const disruptedPods = { ...status.disruptedPods, [podName]: clock.timestamp };
  const conditions =
    left > 0 ? status.conditions : (status.conditions ?? []).map((condition) => exhausted(condition, clock.timestamp));
  return {
    ...budget,
    status: { ...status, disruptionsAllowed: left, disruptedPods, ...(conditions === undefined ? {} : { conditions }) },
  };
}

function exhausted(condition: Condition, at: string): Condition {
  if (condition.type !== 'DisruptionAllowed' || condition.status === 'False') return condition;
  return { ...condition, status: 'False', lastTransitionTime: at, reason: 'InsufficientPods' } as Condition;
}

/** The pod is told why it goes, behind its other conditions. */
function disrupted(pod: KubernetesObject, { clock }: ApiContext): KubernetesObject {
  const status = statusOf<PodStatus>(pod);
  const others = (status.conditions ?? []).filter(({ type }) => type !== 'DisruptionTarget');
  const target = {
    type: 'DisruptionTarget',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: clock.timestamp,
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
  };
  return { ...pod, status: { ...status, conditions: [...others, target] } };
}
