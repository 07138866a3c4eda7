// One pass over one Job: count what has finished, manage pods, write the status, let counted pods go, write the counts.
// Follows syncJob and trackJobStatusAndRemoveFinalizers of pkg/controller/job/job_controller.go.

import { keyOf, podKind } from '../../kubelet/pod.ts';
import { same } from '../../store/same.ts';
import { slowStartBatches } from '../slow-start.ts';
import { aggregate, concurrently } from '../task.ts';
import { planJobPods } from './manage.ts';
import { newJobPod } from './new-pod.ts';
import { claimJobPods } from './ownership.ts';
import { isKept, withCounted, withNamed } from './status.ts';
import { isTracked, tallyOf } from './tally.ts';
import { isOver, jobKind, trackingFinalizer } from './types.ts';
import { completion, deadlineOf, earlyEnd } from './verdict.ts';
import type { Result } from '../../api/server.ts';
import type { ObjectKey } from '../../store/store.ts';
import type { Pod } from '../../kubelet/pod.ts';
import type { Informer, Pass, Plant } from '../controller.ts';
import type { Orphans } from '../orphans.ts';
import type { Expectations } from '../replicaset/expectations.ts';
import type { Failure, Task } from '../task.ts';
import type { Failures } from './manage.ts';
import type { Outcome } from './status.ts';
import type { Tally } from './tally.ts';
import type { Job, JobStatus } from './types.ts';
import type { JobEnd } from './verdict.ts';

/** The component of the controller's Events. */
export const component = 'job-controller';
const manager = 'kube-controller-manager';

/** One pass over one Job. */
export interface PassContext {
  readonly plant: Plant;
  readonly informer: Informer;
  readonly orphans: Orphans;
  readonly expectations: Expectations;
  readonly failures: Failures;
  readonly key: ObjectKey;
  readonly job: Job;
}

/** Reconciles a Job. */
export function* reconcileJob(pass: PassContext): Pass {
  const { job, plant, expectations, key, failures } = pass;
  if (isOver(job)) return { kind: 'done' };
  const satisfied = expectations.satisfied(key, plant.clock.now);
  const claimed = yield* claimJobPods(pass);
  if (claimed.failure !== undefined) return { kind: 'error', message: claimed.failure };
  const { pods } = claimed;
  const started = begin(job, plant.clock.timestamp);
  const tally = tallyOf(started, pods);
  failures.note(tally, plant.clock.now);
  let end = earlyEnd(started, { tally, pods }, plant.clock.now);
  const managed = yield* manage(pass, started, { tally, end, ready: satisfied });
  if (end === undefined && !managed.waiting) end = completion(started, tally, managed.active);
  const failure = yield* track(pass, started, { tally, end, active: managed.active, pods });
  if (failure !== undefined) return { kind: 'error', message: failure };
  if (managed.failure !== undefined) return { kind: 'error', message: managed.failure };
  const due = deadlineOf(started);
  const waits = [managed.wait, due === undefined ? undefined : Math.max(0, due - plant.clock.now)];
  const wait = Math.min(...waits.filter((each) => each !== undefined));
  return Number.isFinite(wait) && end === undefined ? { kind: 'done', requeueAfter: wait } : { kind: 'done' };
}

/** The start is noted in the first pass, and again when a suspended job is resumed (JOB-05). */
function begin(job: Job, timestamp: string): Job {
  if (job.status?.startTime !== undefined || job.spec.suspend === true) return job;
  return { ...job, status: { ...job.status, startTime: timestamp } };
}

interface Managed {
  readonly active: number;
  /** What was asked for is not seen yet: the numbers say nothing about the end. */
  readonly waiting: boolean;
  readonly wait?: number;
  readonly failure?: string;
}

function* manage(
  pass: PassContext,
  job: Job,
  { tally, end, ready }: { readonly tally: Tally; readonly end: JobEnd | undefined; readonly ready: boolean },
): Task<Managed> {
  const { expectations, key, plant, failures } = pass;
  const active = tally.active.length;
  if (job.metadata.deletionTimestamp !== undefined) return { active, waiting: false };
  const plan =
    end === undefined
      ? planJobPods(job, tally, { now: plant.clock.now, failures })
      : { create: [], remove: tally.active };
  if (end === undefined && !ready) return { active, waiting: true };
  if (plan.create.length + plan.remove.length === 0) {
    return { active, waiting: false, ...(plan.wait !== undefined && { wait: plan.wait }) };
  }
  const deletions = plan.remove.map(keyOf);
  expectations.expect(key, { creations: plan.create.length, deletions }, plant.clock.now);
  const removed = yield* concurrently(plan.remove.map((pod) => deletePod(pass, pod)));
  const created = yield* createPods(pass, plan.create, tally.kept);
  const failure = aggregate([...removed, ...created.failures]);
  const gone = removed.filter((told) => told === undefined).length;
  return {
    active: active - gone + created.count,
    waiting: false,
    ...(failure !== undefined && { failure }),
  };
}

function* createPods(
  pass: PassContext,
  places: readonly (number | undefined)[],
  kept: ReadonlyMap<number, Pod>,
): Task<{ readonly count: number; readonly failures: readonly Failure[] }> {
  const { plant, job, expectations, key } = pass;
  const failures: Failure[] = [];
  let tried = 0;
  const steps = places.map((index, place) => ({ index, place }));
  for (const batch of slowStartBatches(steps, ({ place }) => place)) {
    tried += batch.length;
    const results: readonly Result[] = yield batch.map(
      ({ index }) =>
        () =>
          plant.api.create(newJobPod(job, index, index === undefined ? undefined : kept.get(index)), { manager }),
    );
    let failed = false;
    for (const result of results) {
      if (result.ok) {
        tell(pass, 'Normal', { reason: 'SuccessfulCreate', message: `Created pod: ${result.value.metadata.name}` });
        continue;
      }
      failed = true;
      expectations.creationObserved(key);
      failures.push(result.status.message);
      tell(pass, 'Warning', { reason: 'FailedCreate', message: `Error creating: ${result.status.message}` });
    }
    if (!failed) continue;
    for (let at = tried; at < places.length; at++) expectations.creationObserved(key);
    break;
  }
  return { count: tried - failures.length, failures };
}

function* deletePod(pass: PassContext, pod: Pod): Task<Failure> {
  const { plant, expectations, key } = pass;
  const deleted: Result = yield () => plant.api.delete(podKind, keyOf(pod));
  if (deleted.ok) {
    tell(pass, 'Normal', { reason: 'SuccessfulDelete', message: `Deleted pod: ${pod.metadata.name}` });
    return undefined;
  }
  expectations.deletionObserved(key, keyOf(pod));
  return deleted.status.reason === 'NotFound' ? undefined : deleted.status.message;
}

type Counting = Outcome & { readonly pods: readonly Pod[] };

/** Names finished pods in the status, takes their finalizers, and counts them: none is lost or counted twice. */
function* track(pass: PassContext, job: Job, outcome: Counting): Task<Failure> {
  const { plant } = pass;
  const { tally, end } = outcome;
  const named = withNamed(job, outcome, plant.clock.timestamp);
  const first = yield* writeStatus(pass, { status: named, over: pass.job });
  if (typeof first === 'string') return first;
  const { succeeded = [], failed = [] } = named.uncountedTerminatedPods ?? {};
  const uids = new Set([...succeeded, ...failed]);
  const ignored = ignoredPods(outcome);
  if (uids.size + ignored.length === 0 && end === undefined) return undefined;
  const counting = [...podsOf(outcome, uids), ...ignored];
  const refused = aggregate(yield* concurrently(counting.map((pod) => removeFinalizer(plant, pod))));
  if (refused !== undefined) return refused;
  // Pods that go with the end are waited for: they are counted before the job is over.
  const over = end !== undefined && tally.active.length === 0 && tally.terminating === 0 ? end : undefined;
  const counted = withCounted(named, { end: over, timestamp: plant.clock.timestamp });
  const second = yield* writeStatus(pass, { status: counted, over: first });
  if (typeof second === 'string') return second;
  if (over !== undefined) tellEnd(pass, over);
  return undefined;
}

/** Pods of these uids whose finalizer is still there. */
function podsOf({ pods }: Counting, uids: ReadonlySet<string>): readonly Pod[] {
  return uids.size === 0 ? [] : pods.filter((pod) => uids.has(pod.metadata.uid) && isTracked(pod));
}

/** Failed pods that do not count still lose their finalizer. */
function ignoredPods({ tally, end }: Outcome): readonly Pod[] {
  const counted = new Set(tally.newCounted);
  return tally.newFailed.filter((pod) => !counted.has(pod) && (end !== undefined || !isKept(tally, pod)));
}

/** Takes the finalizer off a pod: it has been counted, or its job is gone. */
export function* removeFinalizer({ api }: Plant, pod: Pod): Task<Failure> {
  const result: Result = yield () =>
    api.update(podKind, keyOf(pod), (stored) => withoutFinalizer(stored as Pod), { uid: pod.metadata.uid });
  return result.ok || result.status.code === 404 || result.status.code === 409 ? undefined : result.status.message;
}

function withoutFinalizer(pod: Pod): Pod {
  const { finalizers = [], ...metadata } = pod.metadata;
  const left = finalizers.filter((each) => each !== trackingFinalizer);
  return { ...pod, metadata: left.length === 0 ? metadata : { ...metadata, finalizers: left } };
}

/** Writes a status if it has news over a version of the job, which must still be the stored one; the result is the new version. */
function* writeStatus(
  { plant, key }: PassContext,
  { status, over }: { readonly status: JobStatus; readonly over: Job },
): Task<Job | string> {
  if (same(status, over.status)) return over;
  const { uid, resourceVersion } = over.metadata;
  const options = { subresource: 'status', uid, resourceVersion, manager } as const;
  const written: Result = yield () => plant.api.update(jobKind, key, (stored) => ({ ...stored, status }), options);
  if (!written.ok) return written.status.message ?? 'refused';
  tellSuspension({ plant, job: written.value as Job }, over.status);
  return written.value as Job;
}

function tellSuspension({ plant, job }: Pick<PassContext, 'plant' | 'job'>, before: JobStatus | undefined): void {
  const of = (status: JobStatus | undefined): string | undefined =>
    status?.conditions?.find(({ type }) => type === 'Suspended')?.status;
  if (of(job.status) === of(before)) return;
  const suspended = of(job.status) === 'True';
  const told = suspended
    ? { reason: 'Suspended', message: 'Job suspended' }
    : { reason: 'Resumed', message: 'Job resumed' };
  plant.events.record({ component, about: job, type: 'Normal', ...told });
}

function tellEnd(pass: PassContext, { succeeded, reason, message }: JobEnd): void {
  if (succeeded) tell(pass, 'Normal', { reason: 'Completed', message: 'Job completed' });
  else tell(pass, 'Warning', { reason, message });
}

function tell(
  { plant, job }: PassContext,
  type: 'Normal' | 'Warning',
  told: { readonly reason: string; readonly message: string },
): void {
  plant.events.record({ component, about: job, type, ...told });
}
