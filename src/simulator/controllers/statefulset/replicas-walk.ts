// The walk over the pods that the set wants (L14): what is missing, broken or not as it should be, lowest ordinal first.
// OrderedReady stops at the first pod that needs or awaits anything (STS-CREATE-01); Parallel handles all, in slow-start
// batches (STS-BURST-01).

import { pickRevision } from './pick-revision.ts';
import { podNameOf } from './identity.ts';
import { isClaimStale } from './retention.ts';
import { slowStartBatches } from '../slow-start.ts';
import { allowsBurst, ordinalRange } from './types.ts';
import type { RevisionRole } from './pick-revision.ts';
import type { PodFacts } from './pod-facts.ts';
import type { SetIndex } from './set-index.ts';
import type { OrdinalRange, StatefulSet } from './types.ts';

/** What is to be done about one ordinal. */
export type ReplicaStep =
  | { readonly kind: 'create'; readonly ordinal: number; readonly revision: RevisionRole }
  /** The pod has failed or succeeded: it goes, and a later pass replaces it (STS-POD-01). */
  | { readonly kind: 'remove'; readonly ordinal: number; readonly facts: PodFacts }
  /** The pod is pending: its claims are made again if need be (STS-POD-06), and then, unless ordered, it is repaired. */
  | { readonly kind: 'claims'; readonly ordinal: number; readonly facts: PodFacts; readonly repair: boolean }
  /** Identity, storage or the claims' owners do not fit (STS-ID-06, STS-POD-08, STS-RET-02). */
  | { readonly kind: 'repair'; readonly ordinal: number; readonly facts: PodFacts };

/** The steps, in batches whose members are taken side by side. */
export interface ReplicasPlan {
  readonly batches: readonly (readonly ReplicaStep[])[];
  /** The pass ends behind these steps. */
  readonly blocked: boolean;
  /** Ordinals without a pod, ascending; of an ordered walk, none unless it is blocked. */
  readonly missing: readonly number[];
}

/** Decides about the replicas. */
export function planReplicas(index: SetIndex, set: StatefulSet): ReplicasPlan {
  const range = ordinalRange(set);
  return allowsBurst(set) ? planBurst(index, set, range) : planOrdered(index, set, range);
}

function planOrdered(index: SetIndex, set: StatefulSet, range: OrdinalRange): ReplicasPlan {
  const batches: ReplicaStep[][] = [];
  for (let at = index.attention(range.start); at < range.end; at = index.attention(at + 1)) {
    const facts = index.pod(at);
    if (facts !== undefined && isHealthy(index, facts, at)) {
      // A repair does not stop the walk.
      batches.push([{ kind: 'repair', ordinal: at, facts }]);
      continue;
    }
    const step = facts === undefined ? creation(index, set, at) : treatment(index, facts, at);
    if (step !== undefined) batches.push([step]);
    return { batches, blocked: true, missing: facts === undefined ? [at] : [] };
  }
  return { batches, blocked: false, missing: [] };
}

function planBurst(index: SetIndex, set: StatefulSet, range: OrdinalRange): ReplicasPlan {
  const steps: ReplicaStep[] = [];
  const missing: number[] = [];
  let at = Math.min(index.missing(range.start), index.needy(range.start));
  while (at < range.end) {
    const facts = index.pod(at);
    if (facts === undefined) missing.push(at);
    const step = facts === undefined ? creation(index, set, at) : treatmentInBurst(facts, at);
    if (step !== undefined) steps.push(step);
    at = Math.min(index.missing(at + 1), index.needy(at + 1));
  }
  const batches = slowStartBatches(steps, ({ ordinal }) => ordinal - range.start);
  return { batches, blocked: false, missing };
}

/** Running, ready, available and staying: an ordered walk goes on behind it (STS-CREATE-01). */
function isHealthy(index: SetIndex, facts: PodFacts, ordinal: number): boolean {
  return facts.runningAndReady && index.unavailable(ordinal) !== ordinal;
}

/** Nothing is done while the claims still belong to an earlier pod of this name (STS-RET-13). */
function creation(index: SetIndex, set: StatefulSet, ordinal: number): ReplicaStep | undefined {
  const user = { name: podNameOf(set, ordinal), uid: '', condemned: false };
  const stale = index.claims(ordinal).some((claim) => claim !== undefined && isClaimStale(set, claim, user));
  return stale ? undefined : { kind: 'create', ordinal, revision: pickRevision(set, ordinal) };
}

/**
 * What an ordered walk does about a pod that is not well; undefined when it is only waited for. A pending pod that is not
 * needy has all its claims, as nearly all have while they start.
 */
function treatment(index: SetIndex, facts: PodFacts, ordinal: number): ReplicaStep | undefined {
  if (facts.terminal) return removal(facts, ordinal);
  if (!facts.pending || index.needy(ordinal) !== ordinal) return undefined;
  return { kind: 'claims', ordinal, facts, repair: false };
}

/** What a burst does about a needy pod. */
function treatmentInBurst(facts: PodFacts, ordinal: number): ReplicaStep | undefined {
  if (facts.terminal) return removal(facts, ordinal);
  return facts.pending
    ? { kind: 'claims', ordinal, facts, repair: !facts.consistent }
    : { kind: 'repair', ordinal, facts };
}

function removal(facts: PodFacts, ordinal: number): ReplicaStep | undefined {
  return facts.terminating ? undefined : { kind: 'remove', ordinal, facts };
}
