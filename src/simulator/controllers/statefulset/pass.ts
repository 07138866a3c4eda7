// One pass over one StatefulSet: the decision procedure of reference section 1, step by step.

import { aggregate, concurrently } from '../task.ts';
import { applyRetentionPolicy } from './claim-control.ts';
import { podNameOf } from './identity.ts';
import { adoptRevisions, claimPods } from './ownership.ts';
import { planPods } from './plan.ts';
import { createPod, deletePod, repairPod, settleClaims } from './pod-control.ts';
import { knownRevisions, listRevisions, resolveRevisions, templateOf } from './revisions.ts';
import { computeStatus, isNews, writeStatus } from './status.ts';
import { exceedsHistory, truncateHistory } from './truncate-history.ts';
import type { Pass, PassOutcome } from '../controller.ts';
import type { ControllerRevision } from '../history/controller-revision.ts';
import type { Failure, Task } from '../task.ts';
import type { CondemnedPlan } from './condemned-walk.ts';
import type { PassContext } from './pass-context.ts';
import type { PodFacts } from './pod-facts.ts';
import type { ReplicasPlan, ReplicaStep } from './replicas-walk.ts';
import type { Revisions } from './revisions.ts';
import type { StatefulSetStatus } from './types.ts';

type Resolved = Revisions & { readonly ok: true };

/**
 * L4 to L20. L1 to L3 are the controller's, which hands over the cached set. Of some twenty passes for every pod half find
 * nothing to do: parts are entered only when they have work, for a generator costs more than what it would find out.
 */
export function* reconcileSet(pass: PassContext): Pass {
  if (hasOwnersToChange(pass)) {
    const owned = (yield* adoptRevisions(pass)) ?? (yield* claimPods(pass)); // L4, L5
    if (owned !== undefined) return { kind: 'error', message: owned };
  }

  const listed = listRevisions(pass); // L6
  const revisions = knownRevisions(pass, listed) ?? (yield* resolveRevisions(pass, listed)); // L7
  const updated = revisions.ok ? yield* updatePods(pass, revisions) : { failure: revisions.message }; // L8 to L18
  let truncated: Failure;
  if (exceedsHistory(pass, listed)) {
    const live = revisions.ok ? [revisions.current, revisions.update] : [];
    truncated = yield* truncateHistory(pass, listed, live); // L19
  }

  const message = truncated === undefined ? updated.failure : aggregate([updated.failure, truncated]);
  return message === undefined ? outcomeOf(pass, updated.status) : { kind: 'error', message };
}

/** What the middle of a pass ends with. */
interface Updated {
  readonly failure: Failure;
  readonly status?: StatefulSetStatus;
}

/** Whether L4 and L5 have anything to look at: an object that nobody controls, or a pod that is to be let go. */
function hasOwnersToChange({ set, index, orphanPods, orphanRevisions }: PassContext): boolean {
  const { namespace } = set.metadata;
  return index.strays.size > 0 || orphanPods.of(namespace).size > 0 || orphanRevisions.of(namespace).size > 0;
}

/** L8 to L18: pods and status. The status is written even if something failed on the way (STS-LOOP-02). */
function* updatePods(pass: PassContext, revisions: Resolved): Task<Updated> {
  const names = { current: revisions.current.metadata.name, update: revisions.update.metadata.name };
  const { index, set } = pass;
  index.advance(pass.now);
  const counts = index.counts(names); // L9: what this pass does is not counted yet (STS-LOOP-01)
  let failure: Failure;
  let { current } = counts;
  // L13: a set that is being deleted only gets its status (STS-DEL-03, STS-DEL-08).
  if (set.metadata.deletionTimestamp === undefined) {
    const plan = planPods(index, set, names); // L10 to L12
    if (plan.replicas.batches.length > 0) failure = yield* walkReplicas(pass, plan.replicas, revisions); // L14
    if (failure === undefined && plan.condemned !== undefined && hasWork(plan.condemned)) {
      failure = yield* walkCondemned(pass, plan.condemned); // L15, L16
    }
    if (failure === undefined && plan.outdated !== undefined) {
      failure = yield* deletePod(pass, podNameOf(set, plan.outdated)); // L17
      if (failure === undefined) current -= 1; // STS-STAT-08
    }
  }
  const { collisionCount } = revisions;
  const status = computeStatus(set, { counts, current, revisions: names, collisionCount });
  const refused = isNews(status, set.status) ? yield* writeStatus(pass, status) : undefined; // L18
  return { status, failure: failure ?? refused };
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

function hasWork({ claims, deletions }: CondemnedPlan): boolean {
  return claims.length > 0 || deletions.length > 0;
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
    const [first] = batch;
    if (first === undefined) continue;
    const failure =
      batch.length === 1 ? yield* task(first) : aggregate(yield* concurrently(batch.map((step) => task(step))));
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

const done: PassOutcome = { kind: 'done' };

/** L20: when to look again because a pod becomes available by the mere passing of time (STS-AVAIL-05). */
function outcomeOf({ index, now, set }: PassContext, status: StatefulSetStatus | undefined): PassOutcome {
  const minReadySeconds = set.spec.minReadySeconds ?? 0;
  if (minReadySeconds === 0 || (status?.readyReplicas ?? 0) === (status?.availableReplicas ?? 0)) return done;
  const next = index.nextAvailability();
  return { kind: 'done', requeueAfter: next === undefined ? minReadySeconds * 1_000_000 : Math.max(0, next - now) };
}
