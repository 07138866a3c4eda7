// Scaling a Deployment outside of a rollout step: one ReplicaSet alone, or all of them in proportion (DEP-SCALE-01, -02).

import { desiredSizeOf, maxSizeOf } from './annotations.ts';
import { maxSurge, totalSize } from './limits.ts';
import { active, byCreation, bySizeNewer, bySizeOlder } from './order.ts';
import { scaleAndAnnotate, scaleTo } from './scale.ts';
import { everyone } from './types.ts';
import type { Failure, Task } from '../task.ts';
import type { PassContext } from './pass-context.ts';
import type { Deployment, Family, ReplicaSet } from './types.ts';

/** Whether an active ReplicaSet was sized for another number of replicas. */
export function isScalingEvent(deployment: Deployment, family: Family): boolean {
  return active(everyone(family)).some((set) => {
    const desired = desiredSizeOf(set);
    return desired !== undefined && desired !== deployment.spec.replicas;
  });
}

/** Brings the sizes in line with the wanted number. */
export function* scaleFamily(pass: PassContext, family: Family): Task<Failure> {
  const { deployment } = pass;
  const { replicas, strategy } = deployment.spec;
  const only = activeOrLatest(family);
  if (only !== undefined) return (yield* scaleTo(pass, only, replicas)).failure;
  if (isSaturated(deployment, family.current)) {
    for (const set of active(family.old)) {
      const { failure } = yield* scaleTo(pass, set, 0);
      if (failure !== undefined) return failure;
    }
    return undefined;
  }
  if (strategy.type !== 'RollingUpdate') return undefined;
  for (const { set, size } of proportionalSizes(deployment, active(everyone(family)))) {
    const { failure } = yield* scaleAndAnnotate(pass, set, size);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** The sizes that spread a change over all active ReplicaSets; what rounding leaves goes to the largest. */
export function proportionalSizes(
  deployment: Deployment,
  sets: readonly ReplicaSet[],
): { readonly set: ReplicaSet; readonly size: number }[] {
  const { replicas } = deployment.spec;
  const allowed = replicas > 0 ? replicas + maxSurge(deployment) : 0;
  const wanted = allowed - totalSize(sets);
  if (wanted === 0) return sets.map((set) => ({ set, size: set.spec.replicas }));
  const ordered = [...sets].sort(wanted > 0 ? bySizeNewer : bySizeOlder);
  let added = 0;
  const sizes = ordered.map((set) => {
    const left = wanted - added;
    const share = left === 0 ? 0 : fraction(deployment, set);
    const change = wanted > 0 ? Math.min(share, left) : Math.max(share, left);
    added += change;
    return { set, size: set.spec.replicas + change };
  });
  return sizes.map(({ set, size }, place) => ({ set, size: place === 0 ? Math.max(0, size + wanted - added) : size }));
}

/** How much a ReplicaSet would change if it kept its part of the whole. */
function fraction(deployment: Deployment, set: ReplicaSet): number {
  const { replicas } = set.spec;
  if (deployment.spec.replicas === 0) return -replicas;
  const annotated = maxSizeOf(set) ?? 0;
  const before = annotated === 0 ? (deployment.status?.replicas ?? 0) : annotated;
  if (before === 0) return 0;
  const size = (replicas * (deployment.spec.replicas + maxSurge(deployment))) / before;
  return Math.floor(size + 0.5) - replicas;
}

/** The only active ReplicaSet, or the newest if none is active. */
function activeOrLatest(family: Family): ReplicaSet | undefined {
  const alive = active(everyone(family));
  if (alive.length === 1) return alive[0];
  if (alive.length > 1) return undefined;
  return family.current ?? [...family.old].sort(byCreation).at(-1);
}

function isSaturated(deployment: Deployment, current: ReplicaSet | undefined): boolean {
  const { replicas } = deployment.spec;
  return (
    current !== undefined &&
    current.spec.replicas === replicas &&
    desiredSizeOf(current) === replicas &&
    (current.status?.availableReplicas ?? 0) === replicas
  );
}
