// What a pass does about pods: decided at one moment from the caches, before the first of its calls, as upstream decides on
// the pods that it listed (steps L10 to L17; STS-LOOP-01).

import { planCondemned } from './condemned-walk.ts';
import { planReplicas } from './replicas-walk.ts';
import { outdatedOrdinal } from './rolling-update.ts';
import { allowsBurst } from './types.ts';
import type { CondemnedPlan } from './condemned-walk.ts';
import type { ReplicasPlan } from './replicas-walk.ts';
import type { SetIndex } from './set-index.ts';
import type { StatefulSet } from './types.ts';

/** The names of the revisions that a pass works with. */
export interface RevisionNames {
  readonly current: string;
  readonly update: string;
}

/** What a pass will do, walk by walk. A walk that fails ends the pass; so does one that is blocked. */
export interface Plan {
  readonly replicas: ReplicasPlan;
  readonly condemned?: CondemnedPlan;
  /** The ordinal whose pod the rolling update deletes. */
  readonly outdated?: number;
}

/** Decides. `set` is the version that the pass reconciles. */
export function planPods(index: SetIndex, set: StatefulSet, revisions: RevisionNames): Plan {
  const replicas = planReplicas(index, set);
  if (replicas.blocked) return { replicas };
  const condemned = planCondemned(index, set);
  if (!allowsBurst(set) && condemned.any) return { replicas, condemned };
  const outdated = outdatedOrdinal(index, set, { revisions, missing: replicas.missing });
  return outdated === undefined ? { replicas, condemned } : { replicas, condemned, outdated };
}
