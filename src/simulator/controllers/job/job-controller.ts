// The Job controller: runs pods until enough of them have succeeded (JOB), with failure and success policies and limits by
// index, and its neighbours: pods that outlive their job lose the finalizer, and finished jobs go after a while.

import { controllerOf } from '../../../kubernetes/object.ts';
import { keyOf, podKind } from '../../kubelet/pod.ts';
import { parseTimestamp } from '../../timestamp.ts';
import { Expectations } from '../replicaset/expectations.ts';
import { Orphans } from '../orphans.ts';
import { Failures } from './manage.ts';
import { fits } from './ownership.ts';
import { component, reconcileJob, removeFinalizer } from './pass.ts';
import { isTracked } from './tally.ts';
import { isOver, jobKind } from './types.ts';
import type { Result } from '../../api/server.ts';
import type { Pod } from '../../kubelet/pod.ts';
import type { Change, ObjectKey } from '../../store/store.ts';
import type { Controller, Informer, Plant, WorkQueue } from '../controller.ts';
import type { Job } from './types.ts';

/** Changes of pods are looked at together, once a second (syncJobBatchPeriod). */
const batchPeriod = 1_000_000;

/** Makes the Job controller of a simulation. */
export function createJobController(plant: Plant): Controller {
  const expectations = new Expectations();
  const failures = new Map<string, Failures>();
  let caches: { readonly informer: Informer; readonly orphans: Orphans } | undefined;
  return {
    name: component,
    // --concurrent-job-syncs
    workers: 5,
    start(informer, queue) {
      caches = { informer, orphans: new Orphans(informer, podKind) };
      informer.on(jobKind, ({ type, key, object, old }) => {
        if (type === 'DELETED') {
          expectations.forget(key);
          failures.delete(object.metadata.uid);
          return;
        }
        // What the controller wrote itself says nothing new.
        const own = old !== undefined && old['spec'] === object['spec'] && old.metadata.uid === object.metadata.uid;
        if (!own || !isOver(object as Job)) queue.enqueue(key);
      });
      informer.on(podKind, (change) => podChanged({ informer, queue, expectations }, change));
    },
    *reconcile(key) {
      const job = caches?.informer.get(jobKind, key) as Job | undefined;
      if (caches === undefined || job === undefined || isManagedElsewhere(job)) return { kind: 'done' };
      let ofJob = failures.get(job.metadata.uid);
      if (ofJob === undefined) failures.set(job.metadata.uid, (ofJob = new Failures()));
      return yield* reconcileJob({ plant, ...caches, expectations, failures: ofJob, key, job });
    },
  };
}

/** Makes the worker that lets pods of deleted jobs go. */
export function createOrphanPodController(plant: Plant): Controller {
  let cache: Informer | undefined;
  return {
    name: 'job_orphan_pod',
    workers: 1,
    start(informer, queue) {
      cache = informer;
      informer.on(podKind, ({ type, key, object }) => {
        if (type !== 'DELETED' && isTracked(object as Pod) && jobKeyOf(informer, object as Pod) === undefined)
          queue.enqueue(key);
      });
      informer.on(jobKind, ({ type, object }) => {
        if (type !== 'DELETED') return;
        const pods = [...informer.by(podKind, 'owner', object.metadata.uid).values()] as Pod[];
        for (const pod of pods) if (isTracked(pod)) queue.enqueue(keyOf(pod));
      });
    },
    *reconcile(key) {
      const pod = cache?.get(podKind, key) as Pod | undefined;
      if (cache === undefined || pod === undefined || !isTracked(pod)) return { kind: 'done' };
      if (jobKeyOf(cache, pod) !== undefined) return { kind: 'done' };
      const failure = yield* removeFinalizer(plant, pod);
      return failure === undefined ? { kind: 'done' } : { kind: 'error', message: failure };
    },
  };
}

/** Makes the controller that deletes finished jobs when their time is over (JOB-05). */
export function createJobTtlController({ api, clock }: Plant): Controller {
  let cache: Informer | undefined;
  return {
    name: 'ttl-after-finished-controller',
    workers: 5,
    start(informer, queue) {
      cache = informer;
      informer.on(jobKind, ({ type, key, object }) => {
        if (type !== 'DELETED' && expiryOf(object as Job) !== undefined) queue.enqueue(key);
      });
    },
    *reconcile(key) {
      const job = cache?.get(jobKind, key) as Job | undefined;
      const expiry = job && expiryOf(job);
      if (job === undefined || expiry === undefined || job.metadata.deletionTimestamp !== undefined)
        return { kind: 'done' };
      if (expiry > clock.now) return { kind: 'done', requeueAfter: expiry - clock.now };
      const preconditions = { uid: job.metadata.uid };
      const deleted: Result = yield () => api.delete(jobKind, key, { propagationPolicy: 'Foreground', preconditions });
      if (deleted.ok || deleted.status.code === 404) return { kind: 'done' };
      return { kind: 'error', message: deleted.status.message ?? 'the job could not be deleted' };
    },
  };
}

function expiryOf(job: Job): number | undefined {
  const { ttlSecondsAfterFinished: seconds } = job.spec;
  if (seconds === undefined || !isOver(job)) return undefined;
  const ended = job.status?.conditions?.find(({ type }) => type === 'Complete' || type === 'Failed');
  return (parseTimestamp(ended?.lastTransitionTime ?? '') ?? 0) + seconds * 1_000_000;
}

interface WakeUps {
  readonly informer: Informer;
  readonly queue: WorkQueue;
  readonly expectations: Expectations;
}

function podChanged(wakeUps: WakeUps, { type, key, object, old }: Change): void {
  const { informer, expectations } = wakeUps;
  const pod = object as Pod;
  const owner = controllerOf(pod);
  const before = old === undefined ? undefined : controllerOf(old);
  if (before !== undefined && before.uid !== owner?.uid) wake(wakeUps, jobKeyOf(informer, old as Pod));
  if (owner === undefined) {
    // An orphan concerns all jobs that it fits, when it has become one and when its labels change.
    const news = type === 'ADDED' || before !== undefined || old?.metadata.labels !== pod.metadata.labels;
    if (news && type !== 'DELETED' && pod.metadata.deletionTimestamp === undefined) wakeFitting(wakeUps, pod);
    return;
  }
  const job = jobKeyOf(informer, pod);
  if (job === undefined) return;
  if (type === 'DELETED' || pod.metadata.deletionTimestamp !== undefined) expectations.deletionObserved(job, key);
  else if (type === 'ADDED') expectations.creationObserved(job);
  wake(wakeUps, job);
}

function wake({ informer, queue }: WakeUps, job: ObjectKey | undefined): void {
  if (job !== undefined && !isOver(informer.get(jobKind, job) as Job)) queue.enqueueAfter(job, batchPeriod);
}

function wakeFitting(wakeUps: WakeUps, pod: Pod): void {
  for (const [key, job] of wakeUps.informer.by(jobKind, 'namespace', pod.metadata.namespace ?? '')) {
    if (fits(job as Job, pod)) wake(wakeUps, key);
  }
}

/** Whether another controller has been named for a job. */
function isManagedElsewhere({ spec }: Job): boolean {
  return spec.managedBy !== undefined && spec.managedBy !== 'kubernetes.io/job-controller';
}

function jobKeyOf(informer: Informer, pod: Pod): ObjectKey | undefined {
  const reference = controllerOf(pod);
  if (reference?.kind !== 'Job') return undefined;
  const key = `${pod.metadata.namespace}/${reference.name}`;
  return informer.get(jobKind, key)?.metadata.uid === reference.uid ? key : undefined;
}
