// The disruption controller: says in each budget's status how many pods may be evicted now (PDB-01 to PDB-03). It limits nothing
// itself; the eviction subresource reads what it wrote (PDB-04). Follows pkg/controller/disruption/disruption.go.

import { parseTimestamp } from '../../timestamp.ts';
import { same } from '../../store/same.ts';
import { BudgetIndex } from './budget-index.ts';
import { isHealthy } from './budget-pods.ts';
import { expectationOf } from './expected-pods.ts';
import { budgetKind } from './types.ts';
import type { Result } from '../../api/server.ts';
import type { Micros } from '../../clock.ts';
import type { Controller, Informer, Pass, Plant } from '../controller.ts';
import type { ObjectKey } from '../../store/store.ts';
import type { Failure, Task } from '../task.ts';
import type { BudgetPods } from './budget-pods.ts';
import type { Budget, BudgetCondition, BudgetStatus } from './types.ts';

const component = 'controllermanager';
const manager = 'kube-controller-manager';
/** An evicted pod that is not seen going for this long counts as healthy again (DeletionTimeout). */
const deletionTimeout: Micros = 120_000_000;

/** Creates the disruption controller. */
export function createDisruptionController(plant: Plant): Controller {
  let known: { readonly informer: Informer; readonly index: BudgetIndex } | undefined;
  return {
    name: 'disruption',
    workers: 1,
    start(informer, queue) {
      known = { informer, index: new BudgetIndex(informer, queue, plant.events) };
    },
    *reconcile(key) {
      const budget = known?.informer.get(budgetKind, key) as Budget | undefined;
      const pods = known?.index.podsOf(key);
      if (known === undefined || budget === undefined || pods === undefined) return { kind: 'done' };
      return yield* reconcileBudget({ plant, informer: known.informer, key, budget, pods });
    },
  };
}

interface PassContext {
  readonly plant: Plant;
  readonly informer: Informer;
  readonly key: ObjectKey;
  readonly budget: Budget;
  readonly pods: BudgetPods;
}

function* reconcileBudget(pass: PassContext): Pass {
  const { plant, informer, budget, pods } = pass;
  const { clock, api } = plant;
  if (pods.size === 0) tell(pass, 'Normal', 'NoPods', 'No matching pods found');
  const expectation = expectationOf({ api, informer }, budget, pods);
  if (!expectation.ok) {
    const why = `Failed to calculate the number of expected pods: ${expectation.message}`;
    tell(pass, 'Warning', 'CalculateExpectedPodCountFailed', why);
    yield* writeStatus(pass, (status) =>
      failSafe(budget, status, { message: expectation.message, at: clock.timestamp }),
    );
    return { kind: 'error', message: expectation.message };
  }
  if (expectation.unmanaged > 0) tellUnmanaged(pass);
  const disrupted = disruptedPods(pass);
  const currentHealthy = pods.healthy - disrupted.healthy;
  const { expected, desired } = expectation;
  const disruptionsAllowed = expected <= 0 ? 0 : Math.max(0, currentHealthy - desired);
  const failure = yield* writeStatus(pass, (status) => {
    const { disruptedPods: _, ...others } = status;
    const { generation } = budget.metadata;
    const conditions = withCondition(status, {
      type: 'DisruptionAllowed',
      status: disruptionsAllowed > 0 ? 'True' : 'False',
      ...(generation !== undefined && { observedGeneration: generation }),
      lastTransitionTime: clock.timestamp,
      reason: disruptionsAllowed > 0 ? 'SufficientPods' : 'InsufficientPods',
      message: '',
    });
    return {
      ...others,
      ...(generation !== undefined && { observedGeneration: generation }),
      ...(Object.keys(disrupted.pods).length > 0 && { disruptedPods: disrupted.pods }),
      disruptionsAllowed,
      currentHealthy,
      desiredHealthy: desired,
      expectedPods: expected,
      conditions,
    };
  });
  if (failure !== undefined) return { kind: 'error', message: failure };
  return disrupted.next === undefined ? { kind: 'done' } : { kind: 'done', requeueAfter: disrupted.next - clock.now };
}

/** Evicted pods that are not seen going yet; `healthy` of them still count in the index. */
interface Disrupted {
  readonly pods: Readonly<Record<string, string>>;
  readonly healthy: number;
  /** When the first of them is given up. */
  readonly next: Micros | undefined;
}

function disruptedPods({ budget, pods, plant }: PassContext): Disrupted {
  const left: Record<string, string> = {};
  let healthy = 0;
  let next: Micros | undefined;
  for (const [name, since] of Object.entries(budget.status?.disruptedPods ?? {})) {
    const pod = pods.get(`${budget.metadata.namespace}/${name}`);
    if (pod === undefined || pod.metadata.deletionTimestamp !== undefined) continue;
    const until = (parseTimestamp(since) ?? 0) + deletionTimeout;
    if (until < plant.clock.now) {
      const { namespace, name: budgetName } = budget.metadata;
      const message = `Pod was expected by PDB ${namespace}/${budgetName} to be deleted but it wasn't`;
      plant.events.record({ component, about: pod, type: 'Warning', reason: 'NotDeleted', message });
      continue;
    }
    left[name] = since;
    if (isHealthy(pod)) healthy += 1;
    next = Math.min(next ?? until, until);
  }
  // One moment later: then the time is over, not just reached.
  return { pods: left, healthy, next: next === undefined ? undefined : next + 1 };
}

/** Nothing may be disrupted while it cannot be known what is left (PDB-W-02). */
function failSafe(
  budget: Budget,
  status: BudgetStatus,
  { message, at }: { readonly message: string; readonly at: string },
): BudgetStatus {
  const { generation } = budget.metadata;
  const conditions = withCondition(status, {
    type: 'DisruptionAllowed',
    status: 'False',
    ...(generation !== undefined && { observedGeneration: generation }),
    lastTransitionTime: at,
    reason: 'SyncFailed',
    message,
  });
  return { ...status, disruptionsAllowed: 0, conditions };
}

/** The transition time moves with the condition's status only. */
function withCondition({ conditions = [] }: BudgetStatus, next: BudgetCondition): readonly BudgetCondition[] {
  const known = conditions.find(({ type }) => type === next.type);
  if (known === undefined) return [...conditions, next];
  const { lastTransitionTime } = known.status === next.status ? known : next;
  return conditions.map((condition) => (condition === known ? { ...next, lastTransitionTime } : condition));
}

/** Writes a status if it has news; the version that the cache holds must still be the stored one. */
function* writeStatus(
  { plant, key, budget }: PassContext,
  change: (status: BudgetStatus) => BudgetStatus,
): Task<Failure> {
  const before = budget.status ?? noStatus;
  const status = change(before);
  if (same(status, before)) return undefined;
  const written: Result = yield () =>
    plant.api.update(budgetKind, key, (stored) => ({ ...stored, status }), {
      subresource: 'status',
      resourceVersion: budget.metadata.resourceVersion,
      manager,
    });
  return written.ok ? undefined : written.status.message;
}

const noStatus: BudgetStatus = { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 };

function tell({ plant, budget }: PassContext, type: 'Normal' | 'Warning', reason: string, message: string): void {
  plant.events.record({ component, about: budget, type, reason, message });
}

function tellUnmanaged(pass: PassContext): void {
  const labels = Object.entries(pass.budget.spec.selector?.matchLabels ?? {}).map(([key, value]) => `${key}:${value}`);
  const message =
    `Pods selected by this PodDisruptionBudget (selector: &LabelSelector{MatchLabels:map[string]string{${labels.join(',')},},` +
    `MatchExpressions:[]LabelSelectorRequirement{},}) were found to be unmanaged. As a result, the status of the PDB cannot be ` +
    `calculated correctly, which may result in undefined behavior. To account for these pods please set ` +
    `".spec.minAvailable" field of the PDB to an integer value.`;
  tell(pass, 'Warning', 'UnmanagedPods', message);
}
