// What the decisions need to know about one version of a pod, computed once when that version arrives (reference section 3).

import { identityMatches, podOrdinal, podRevision } from './identity.ts';
import { storageMatches } from './claims.ts';
import type { Pod, StatefulSet } from './types.ts';

/** Facts about one version of a claimed pod. */
export interface PodFacts {
  readonly pod: Pod;
  /** Undefined for a member whose ordinal does not fit an int32: counted at most in the first status, never managed. */
  readonly ordinal: number | undefined;
  /** Has a phase, which the API server sets when it stores a pod. */
  readonly created: boolean;
  readonly pending: boolean;
  /** Phase Running and the Ready condition True. */
  readonly runningAndReady: boolean;
  /** The Ready condition is True, in any phase. */
  readonly ready: boolean;
  /** When the Ready condition last changed, as in the object. */
  readonly readySince: string | undefined;
  /** Phase Failed or Succeeded. */
  readonly terminal: boolean;
  readonly terminating: boolean;
  readonly revision: string | undefined;
  /** Name, labels and volumes are what the set wants (STS-ID-06, STS-POD-08). */
  readonly consistent: boolean;
}

/** Whether two versions of one pod are the same to every decision: many changes only move the rest of the status. */
export function sameFacts(a: PodFacts, b: PodFacts): boolean {
  return (
    a.pod.metadata.uid === b.pod.metadata.uid &&
    a.ordinal === b.ordinal &&
    a.created === b.created &&
    a.pending === b.pending &&
    a.runningAndReady === b.runningAndReady &&
    a.ready === b.ready &&
    a.readySince === b.readySince &&
    a.terminal === b.terminal &&
    a.terminating === b.terminating &&
    a.revision === b.revision &&
    a.consistent === b.consistent
  );
}

/** Looks at a pod of a set. */
export function factsOf(set: StatefulSet, pod: Pod): PodFacts {
  const phase = pod.status?.phase ?? '';
  const condition = pod.status?.conditions?.find(({ type }) => type === 'Ready');
  const ready = condition?.status === 'True';
  const ordinal = podOrdinal(pod);
  return {
    pod,
    ordinal,
    created: phase !== '',
    pending: phase === 'Pending',
    runningAndReady: phase === 'Running' && ready,
    ready,
    readySince: ready ? condition.lastTransitionTime : undefined,
    terminal: phase === 'Failed' || phase === 'Succeeded',
    terminating: pod.metadata.deletionTimestamp !== undefined,
    revision: podRevision(pod),
    consistent: ordinal !== undefined && identityMatches(set, pod) && storageMatches(set, pod, ordinal),
  };
}
