// The rolling update: at most one scaling step a pass, up before down (DEP-ROLL-02 to DEP-ROLL-05).

import { maxUnavailable, newReplicaSetSize, totalOf, totalSize } from './limits.ts';
import { active, byCreation } from './order.ts';
import { scaleTo } from './scale.ts';
import { everyone } from './types.ts';
import type { Failure, Task } from '../task.ts';
import type { PassContext } from './pass-context.ts';
import type { Family, ReplicaSet } from './types.ts';

/** Whether a step was taken, or why it could not be. */
export interface Step {
  readonly taken: boolean;
  readonly failure?: Failure;
}

/** Takes the next step of a rolling update, if there is one. */
export function* rollingStep(pass: PassContext, family: Family & { readonly current: ReplicaSet }): Task<Step> {
  const grown = yield* growNew(pass, family);
  if (grown.taken || grown.failure !== undefined) return grown;
  return yield* shrinkOld(pass, family);
}

function* growNew(pass: PassContext, family: Family & { readonly current: ReplicaSet }): Task<Step> {
  const { current } = family;
  const { replicas } = pass.deployment.spec;
  const own = current.spec.replicas;
  const size =
    own > replicas ? replicas : newReplicaSetSize(pass.deployment, { own, total: totalSize(everyone(family)) });
  const { scaled, failure } = yield* scaleTo(pass, current, size);
  return { taken: scaled, ...(failure === undefined ? {} : { failure }) };
}

/** Unhealthy replicas of old sets go first, then as many healthy ones as availability allows (DEP-ROLL-04). */
function* shrinkOld(pass: PassContext, family: Family & { readonly current: ReplicaSet }): Task<Step> {
  const { current } = family;
  const old = active(family.old).sort(byCreation);
  if (old.length === 0) return { taken: false };
  const minAvailable = pass.deployment.spec.replicas - maxUnavailable(pass.deployment);
  const unavailableOfNew = current.spec.replicas - (current.status?.availableReplicas ?? 0);
  const room = totalSize(everyone(family)) - minAvailable - unavailableOfNew;
  if (room <= 0) return { taken: false };
  const cleaned = yield* removeUnhealthy(pass, old, room);
  if (cleaned.failure !== undefined) return { taken: false, failure: cleaned.failure };
  const spare = totalOf([...cleaned.sets, current], 'availableReplicas') - minAvailable;
  const shrunk = yield* shrinkBy(pass, cleaned.sets, spare);
  if (shrunk.failure !== undefined) return { taken: false, failure: shrunk.failure };
  return { taken: cleaned.removed + shrunk.removed > 0 };
}

interface Shrunk {
  readonly sets: readonly ReplicaSet[];
  readonly removed: number;
  readonly failure?: Failure;
}

function* removeUnhealthy(pass: PassContext, old: readonly ReplicaSet[], room: number): Task<Shrunk> {
  const sets = [...old];
  let removed = 0;
  for (const [place, set] of old.entries()) {
    if (removed >= room) break;
    const unhealthy = set.spec.replicas - (set.status?.availableReplicas ?? 0);
    if (unhealthy === 0) continue;
    if (unhealthy < 0) {
      // Its status still counts pods of the size before. Upstream gives up too, and tries again.
      const { namespace, name } = set.metadata;
      const { replicas } = set.spec;
      const told = 'when cleaning up unhealthy replicas, got invalid request to scale down';
      return { sets, removed, failure: `${told} ${namespace}/${name} ${replicas} -> ${replicas - unhealthy}` };
    }
    const count = Math.min(room - removed, unhealthy);
    const result = yield* scaleTo(pass, set, set.spec.replicas - count);
    if (result.failure !== undefined) return { sets, removed, failure: result.failure };
    sets[place] = result.set;
    removed += count;
  }
  return { sets, removed };
}

function* shrinkBy(pass: PassContext, old: readonly ReplicaSet[], spare: number): Task<Shrunk> {
  let removed = 0;
  for (const set of old) {
    if (removed >= spare) break;
    if (set.spec.replicas === 0) continue;
    const count = Math.min(set.spec.replicas, spare - removed);
    const { failure } = yield* scaleTo(pass, set, set.spec.replicas - count);
    if (failure !== undefined) return { sets: old, removed, failure };
    removed += count;
  }
  return { sets: old, removed };
}
