// One pass over one StatefulSet: the decision procedure of reference section 1, step by step.

import { aggregate, concurrently } from '../task.ts';
import { applyRetentionPolicy } from './claim-control.ts';
import { podNameOf } from './identity.ts';
import { adoptRevisions, claimPods } from './ownership.ts';
import { planPods } from './plan.ts';
import { createPod, deletePod, repairPod, settleClaims } from './pod-control.ts';
import { listRevisions, resolveRevisions, templateOf } from './revisions.ts';
import { computeStatus, writeStatus } from './status.ts';
import { truncateHistory } from './truncate-history.ts';
import type { Pass } from '../controller.ts';
import type { ControllerRevision } from '../history/controller-revision.ts';
import type { Failure, Task } from '../task.ts';
import type { CondemnedPlan } from './condemned-walk.ts';
import type { PassContext } from './pass-context.ts';
import type { PodFacts } from './pod-facts.ts';
import type { ReplicasPlan, ReplicaStep } from './replicas-walk.ts';
import type { Revisions } from './revisions.ts';
import type { StatefulSetStatus } from './types.ts';

type Resolved = Revisions & { readonly ok: true };

/** L4 to L20. L1 to L3 are the controller's, which hands over the cached set. */
export function* reconcileSet(pass: PassContext): Pass {
  const owned = (yield* adoptRevisions(pass)) ?? (yield* claimPods(pass)); // L4, L5
  if (owned !== undefined) return { kind: 'error', message: owned };

  const listed = listRevisions(pass); // L6
  const revisions = yield* resolveRevisions(pass, listed); // L7
  const updated = revisions.ok ? yield* updatePods(pass, revisions) : { failure: revisions.message }; // L8 to L18
  const live = revisions.ok ? [revisions.current, revisions.update] : [];
  const truncated = yield* truncateHistory(pass, listed, live); // L19

  const message = aggregate([updated.failure, truncated]);
  if (message !== undefined) return { kind: 'error', message };
  return { kind: 'done', ...availabilityTimer(pass, updated.status) }; // L20
}

/** What the middle of a pass ends with. */
interface Updated {
  readonly failure?: Failure;
  readonly status?: StatefulSetStatus;
}

/** L8 to L18: pods and status. The status is written even if something failed on the way (STS-LOOP-02). */
function* updatePods(pass: PassContext, revisions: Resolved): Task<Updated> {
  const names = { current: revisions.current.metadata.name, update: revisions.update.metadata.name };
  const { index, set } = pass;
  index.advance(pass.now);
  const counts = index.counts(names); // L9: what this pass does is not counted yet (STS-LOOP-01)
  let failure: Failure;
  let outdatedDeleted = 0;
  // L13: a set that is being deleted only gets its status (STS-DEL-03, STS-DEL-08).
  if (set.metadata.deletionTimestamp === undefined) {
    const plan = planPods(index, set, names); // L10 to L12
    failure = yield* walkReplicas(pass, plan.replicas, revisions); // L14
    if (failure === undefined && plan.condemned !== undefined) {
      failure = yield* walkCondemned(pass, plan.condemned); // L15, L16
    }
    if (failure === undefined && plan.outdated !== undefined) {
      failure = yield* deletePod(pass, podNameOf(set, plan.outdated)); // L17
      if (failure === undefined) outdatedDeleted = 1;
    }
  }
  const observed = { ...counts, current: counts.current - outdatedDeleted }; // STS-STAT-08
  const { collisionCount } = revisions;
  const status = computeStatus(set, { counts: observed, revisions: names, collisionCount });
  const refused = yield* writeStatus(pass, status); // L18
  const told = failure ?? refused;
  return told === undefined ? { status } : { status, failure: told };
}

/** L14. A failing batch is the last one (STS-BURST-03). */
function walkReplicas(pass: PassContext, plan: ReplicasPlan, revisions: Resolved): Task<Failure> {
  return runBatches(plan.batches, (step) => takeStep(pass, step, revisions));
}

function takeStep(pass: PassContext, step: ReplicaStep, revisions: Resolved): Task<Failure> {
  if (step.kind === 'create') return createPod(pass, originOf(step.ordinal, revisions[step.revision]));
  if (step.kind === 'remove') return deletePod(pass, step.facts.pod.metadata.name);
  if (step.kind === 'claims') return settleAndRepair(pass, step);
  return repairPod(pass, step.ordinal, step.facts.pod);
}

function* settleAndRepair(pass: PassContext, step: ReplicaStep & { readonly kind: 'claims' }): Task<Failure> {
  const { pod } = step.facts;
  const failure = yield* settleClaims(pass, { ordinal: step.ordinal, ...pod.metadata });
  return failure !== undefined || !step.repair ? failure : yield* repairPod(pass, step.ordinal, pod);
}

/** L15 for all condemned pods, then L16. */
function* walkCondemned(pass: PassContext, plan: CondemnedPlan): Task<Failure> {
  const claims = yield* runBatches(plan.claims, ({ pod, ordinal }: PodFacts) =>
    applyRetentionPolicy(pass, { ordinal: ordinal ?? 0, ...pod.metadata }),
  );
  if (claims !== undefined) return claims;
  return yield* runBatches(plan.deletions, ({ pod }: PodFacts) => deletePod(pass, pod.metadata.name));
}

/** Runs batch after batch; the members of one side by side. */
function* runBatches<T>(batches: readonly (readonly T[])[], task: (step: T) => Task<Failure>): Task<Failure> {
  for (const batch of batches) {
    const [first, ...others] = batch;
    if (first === undefined) continue;
    const failure =
      others.length === 0 ? yield* task(first) : aggregate(yield* concurrently(batch.map((step) => task(step))));
    if (failure !== undefined) return failure;
  }
  return undefined;
}

function originOf(
  ordinal: number,
  revision: ControllerRevision,
): { readonly ordinal: number; readonly revision: string; readonly template: ReturnType<typeof templateOf> } {
  return { ordinal, revision: revision.metadata.name, template: templateOf(revision) };
}

/** When to look again because a pod becomes available by the mere passing of time (STS-AVAIL-05). */
function availabilityTimer(
  { index, now, set }: PassContext,
  status: StatefulSetStatus | undefined,
): { readonly requeueAfter?: number } {
  const minReadySeconds = set.spec.minReadySeconds ?? 0;
  if (minReadySeconds === 0 || (status?.readyReplicas ?? 0) === (status?.availableReplicas ?? 0)) return {};
  const next = index.nextAvailability();
  return { requeueAfter: next === undefined ? minReadySeconds * 1_000_000 : Math.max(0, next - now) };
}
