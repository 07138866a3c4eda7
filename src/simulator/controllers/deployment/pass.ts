// One pass over one Deployment. Follows pkg/controller/deployment/deployment_controller.go: syncDeployment (reference section 2.9).

import { conditionOf, newCondition, setCondition } from './conditions.ts';
import { cleanUp } from './cleanup.ts';
import { claimReplicaSets, familyOf } from './family.ts';
import { syncNewReplicaSet } from './new-replica-set.ts';
import { carryStatus, recordEvent, writeDeployment } from './pass-context.ts';
import { deadlineCheck, hasProgressDeadline, rolloutStatus } from './progress.ts';
import { isScalingEvent, scaleFamily } from './proportional.ts';
import { oldPodsRunning, shrinkAll } from './recreate.ts';
import { rollingStep } from './rolling.ts';
import { scaleTo } from './scale.ts';
import { computeStatus, isComplete, sameStatus } from './status.ts';
import type { Pass, PassOutcome } from '../controller.ts';
import type { Failure, Task } from '../task.ts';
import type { PassContext } from './pass-context.ts';
import type { Deployment, DeploymentStatus, Family, ReplicaSet } from './types.ts';

/** Reconciles a Deployment. */
export function* reconcileDeployment(pass: PassContext): Pass {
  if (selectsEverything(pass.deployment)) return outcome(yield* refuseToSelectAll(pass));
  const claimed = yield* claimReplicaSets(pass);
  if (claimed.failure !== undefined) return outcome(claimed.failure);
  const { sets } = claimed;
  if (pass.deployment.metadata.deletionTimestamp !== undefined) return outcome(yield* onlyStatus(pass, sets));
  const paused = yield* notePause(pass);
  if (paused !== undefined) return outcome(paused);
  if (pass.deployment.spec.paused === true) return outcome(yield* scaleAndReport(pass, sets));
  const family = yield* syncedFamily(pass, sets, false);
  if (!family.ok) return outcome(family.message);
  if (isScalingEvent(pass.deployment, family)) return outcome(yield* scaleAndReport(pass, sets));
  return pass.deployment.spec.strategy.type === 'Recreate'
    ? yield* rollOutByRecreating(pass, sets)
    : yield* rollOutByRolling(pass, sets);
}

type SyncedFamily = (Family & { readonly ok: true }) | { readonly ok: false; readonly message: string };

function outcome(failure: Failure): PassOutcome {
  return failure === undefined ? { kind: 'done' } : { kind: 'error', message: failure };
}

/** The ReplicaSets, that of the present template brought up to date or, if `create` says so, created. */
function* syncedFamily(pass: PassContext, sets: readonly ReplicaSet[], create: boolean): Task<SyncedFamily> {
  const family = familyOf(pass.deployment, sets);
  const synced = yield* syncNewReplicaSet(pass, family, create);
  return synced.ok ? { ok: true, current: synced.set, old: family.old } : synced;
}

function* rollOutByRolling(pass: PassContext, sets: readonly ReplicaSet[]): Pass {
  const family = yield* syncedFamily(pass, sets, true);
  if (!family.ok) return outcome(family.message);
  const { current, old } = family;
  if (current === undefined) return outcome('the new ReplicaSet was not created');
  const step = yield* rollingStep(pass, { current, old });
  if (step.failure !== undefined) return outcome(step.failure);
  if (!step.taken && isComplete(pass.deployment, pass.deployment.status)) {
    const failure = yield* cleanUp(pass, old);
    if (failure !== undefined) return outcome(failure);
  }
  return yield* reportRollout(pass, family);
}

function* rollOutByRecreating(pass: PassContext, sets: readonly ReplicaSet[]): Pass {
  let family = yield* syncedFamily(pass, sets, false);
  if (!family.ok) return outcome(family.message);
  const shrunk = yield* shrinkAll(pass, family);
  if (shrunk.failure !== undefined) return outcome(shrunk.failure);
  if (shrunk.taken || oldPodsRunning(pass.informer, family)) return yield* reportRollout(pass, family);
  if (family.current === undefined) {
    family = yield* syncedFamily(pass, sets, true);
    if (!family.ok) return outcome(family.message);
  }
  if (family.current !== undefined) {
    const { failure } = yield* scaleTo(pass, family.current, pass.deployment.spec.replicas);
    if (failure !== undefined) return outcome(failure);
  }
  if (isComplete(pass.deployment, pass.deployment.status)) {
    const failure = yield* cleanUp(pass, family.old);
    if (failure !== undefined) return outcome(failure);
  }
  return yield* reportRollout(pass, family);
}

/** Writes the status of a rollout; if it has no news, the deadline of its progress is watched, until it is through. */
function* reportRollout(pass: PassContext, family: Family): Pass {
  const status = rolloutStatus(pass, family);
  if (!sameStatus(status, pass.deployment.status)) return outcome(yield* report(pass, status));
  const requeueAfter = deadlineCheck(pass.deployment, status, pass.plant.clock.now) ?? 'never';
  return { kind: 'done', requeueAfter };
}

/** Scaling and status without a rollout: for a paused Deployment, or when the wanted number has changed. */
function* scaleAndReport(pass: PassContext, sets: readonly ReplicaSet[]): Task<Failure> {
  const family = yield* syncedFamily(pass, sets, false);
  if (!family.ok) return family.message;
  const failure = yield* scaleFamily(pass, family);
  if (failure !== undefined) return failure;
  if (pass.deployment.spec.paused === true) {
    const cleaned = yield* cleanUp(pass, family.old);
    if (cleaned !== undefined) return cleaned;
  }
  return yield* reportCounts(pass, family);
}

function* onlyStatus(pass: PassContext, sets: readonly ReplicaSet[]): Task<Failure> {
  return yield* reportCounts(pass, familyOf(pass.deployment, sets));
}

function* reportCounts(pass: PassContext, family: Family): Task<Failure> {
  const status = computeStatus(pass.deployment, family, pass.plant.clock.timestamp);
  return sameStatus(status, pass.deployment.status) ? undefined : yield* report(pass, status);
}

function* report(pass: PassContext, status: DeploymentStatus): Task<Failure> {
  carryStatus(pass, status);
  return yield* writeDeployment(pass);
}

/** Notes that a Deployment was paused or resumed, so that the time in between does not count (DEP-PAUSE-01). */
function* notePause(pass: PassContext): Task<Failure> {
  const { deployment, plant } = pass;
  const before = conditionOf(deployment.status?.conditions, 'Progressing');
  if (!hasProgressDeadline(deployment) || before?.reason === 'ProgressDeadlineExceeded') return undefined;
  const paused = deployment.spec.paused === true;
  if (paused === (before?.reason === 'DeploymentPaused')) return undefined;
  const reason = paused ? 'DeploymentPaused' : 'DeploymentResumed';
  const message = paused ? 'Deployment is paused' : 'Deployment is resumed';
  const condition = newCondition({ type: 'Progressing', status: 'Unknown', reason, message }, plant.clock.timestamp);
  const conditions = setCondition(deployment.status?.conditions ?? [], condition);
  return yield* report(pass, { ...deployment.status, conditions });
}

function selectsEverything({ spec }: Deployment): boolean {
  const { matchLabels = {}, matchExpressions = [] } = spec.selector;
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}

function* refuseToSelectAll(pass: PassContext): Task<Failure> {
  const { deployment } = pass;
  const message = 'This deployment is selecting all pods. A non-empty selector is required.';
  recordEvent(pass, { type: 'Warning', reason: 'SelectingAll', message });
  const { generation = 0 } = deployment.metadata;
  if ((deployment.status?.observedGeneration ?? 0) >= generation) return undefined;
  return yield* report(pass, { ...deployment.status, observedGeneration: generation });
}
