// Which pods a job counts: it takes orphans that fit its selector and lets go of pods that do not fit any more. Follows
// getPodsForJob of pkg/controller/job/job_controller.go.

import { matchesLabels } from '../../../kubernetes/selector.ts';
import { podKind } from '../../kubelet/pod.ts';
import { adopt, mayAdopt, release, releaseFailure } from '../adoption.ts';
import { aggregate } from '../task.ts';
import { trackingFinalizer } from './types.ts';
import type { Result } from '../../api/server.ts';
import type { Pod } from '../../kubelet/pod.ts';
import type { Informer, Plant } from '../controller.ts';
import type { Orphans } from '../orphans.ts';
import type { Failure, Task } from '../task.ts';
import type { Job } from './types.ts';

/** What claiming looks at. */
export interface Claiming {
  readonly plant: Plant;
  readonly informer: Informer;
  readonly orphans: Orphans;
  readonly job: Job;
}

/** The pods that a job controls now, those included that it has just adopted. */
export interface ClaimedPods {
  readonly pods: readonly Pod[];
  readonly failure: Failure;
}

/** Releases and adopts; a pod comes with the finalizer that keeps it until it is counted, and goes without. */
export function* claimJobPods({ plant, informer, orphans, job }: Claiming): Task<ClaimedPods> {
  const owned = [...informer.by(podKind, 'owner', job.metadata.uid).values()] as Pod[];
  const deleted = job.metadata.deletionTimestamp !== undefined;
  const pods = owned.filter((pod) => fits(job, pod));
  const failures: Failure[] = [];
  for (const pod of deleted ? [] : owned) {
    if (fits(job, pod)) continue;
    const released: Result = yield () => release(plant.api, job, pod, trackingFinalizer);
    failures.push(releaseFailure(released));
  }
  const candidates = [...orphans.of(job.metadata.namespace).values()] as Pod[];
  const wanted = deleted
    ? []
    : candidates.filter((pod) => pod.metadata.deletionTimestamp === undefined && fits(job, pod));
  if (wanted.length === 0) return { pods, failure: aggregate(failures) };
  const refusal = yield* mayAdopt(plant.api, job);
  for (const pod of wanted) {
    const { namespace, name, uid } = pod.metadata;
    if (refusal !== undefined) return { pods, failure: `can't adopt Pod ${namespace}/${name} (${uid}): ${refusal}` };
    const adopted: Result = yield () => adopt(plant.api, job, pod, trackingFinalizer);
    if (adopted.ok) pods.push(adopted.value as Pod);
    else if (adopted.status.reason !== 'NotFound') failures.push(adopted.status.message);
  }
  return { pods, failure: aggregate(failures) };
}

/** Whether a pod's labels fit the job. */
export function fits({ spec }: Job, { metadata }: Pod): boolean {
  return matchesLabels(spec.selector, metadata.labels);
}
