// What the controller needs to know about one version of a pod, computed once when that version arrives.

import type { Pod } from './types.ts';

/** Facts about a pod. */
export interface PodFacts {
  readonly pod: Pod;
  /** Neither finished nor terminating: counted and managed (RS-03). */
  readonly active: boolean;
  /** Terminating and not yet finished (RS-03). */
  readonly terminating: boolean;
  readonly ready: boolean;
  /** When the Ready condition last changed, if it is True. */
  readonly readySince: string | undefined;
}

/** Looks at a pod. */
export function factsOf(pod: Pod): PodFacts {
  const phase = pod.status?.phase;
  const finished = phase === 'Succeeded' || phase === 'Failed';
  const deleted = pod.metadata.deletionTimestamp !== undefined;
  const condition = pod.status?.conditions?.find(({ type }) => type === 'Ready');
  const ready = condition?.status === 'True';
  return {
    pod,
    active: !finished && !deleted,
    terminating: deleted && !finished,
    ready,
    readySince: ready ? condition.lastTransitionTime : undefined,
  };
}
