// The strategy Recreate: everything old goes before anything new comes (DEP-REC-01).

import { controllerOf } from '../../../kubernetes/object.ts';
import { totalOf } from './limits.ts';
import { active } from './order.ts';
import { scaleTo } from './scale.ts';
import { podKind } from './types.ts';
import type { Informer } from '../controller.ts';
import type { Task } from '../task.ts';
import type { PassContext } from './pass-context.ts';
import type { Step } from './rolling.ts';
import type { Family, Pod, ReplicaSet } from './types.ts';

/** Scales every old ReplicaSet to 0. */
export function* shrinkAll(pass: PassContext, family: Family): Task<Step> {
  let taken = false;
  for (const set of active(family.old)) {
    const { scaled, failure } = yield* scaleTo(pass, set, 0);
    if (failure !== undefined) return { taken, failure };
    taken ||= scaled;
  }
  return { taken };
}

/** Whether a pod of an old ReplicaSet has not ended yet; a terminating one has not. */
export function oldPodsRunning(informer: Informer, { old }: Family): boolean {
  if (totalOf(old, 'replicas') > 0) return true;
  return old.some((set) => hasUnfinishedPod(informer, set));
}

function hasUnfinishedPod(informer: Informer, set: ReplicaSet): boolean {
  for (const pod of informer.by(podKind, 'owner', set.metadata.uid).values()) {
    const phase = (pod as Pod).status?.phase;
    if (controllerOf(pod)?.uid === set.metadata.uid && phase !== 'Failed' && phase !== 'Succeeded') return true;
  }
  return false;
}
