// Words of sets: StatefulSets, Deployments, ReplicaSets, DaemonSets (table S).

import { generationObserved, member, numberOf, plainWord } from './word.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { Word } from './word.ts';

/** The words of a set. Absent counters are 0. */
export const setWords: ReadonlyMap<string, Word> = new Map<string, Word>([
  ['ready', plainWord(setReady)],
  ['updated', plainWord(setUpdated)],
  ['replicas', plainWord((set) => setCounters(set).replicas)],
  ['readyReplicas', plainWord((set) => setCounters(set).ready)],
  ['updatedReplicas', plainWord((set) => setCounters(set).updated)],
  ['availableReplicas', plainWord((set) => setCounters(set).available)],
  ['currentReplicas', plainWord((set) => numberOf(member(set['status'], 'currentReplicas')))],
]);

/** What a set wants and has. */
export interface SetCounters {
  readonly desired: number;
  readonly replicas: number;
  readonly ready: number;
  readonly updated: number;
  readonly available: number;
}

/** The counters of a set's spec and status, under one name for all kinds of sets. */
export function setCounters(set: KubernetesObject): SetCounters {
  const status = set['status'];
  if (set.kind === 'DaemonSet') {
    return {
      desired: numberOf(member(status, 'desiredNumberScheduled')),
      replicas: numberOf(member(status, 'currentNumberScheduled')),
      ready: numberOf(member(status, 'numberReady')),
      updated: numberOf(member(status, 'updatedNumberScheduled')),
      available: numberOf(member(status, 'numberAvailable')),
    };
  }
  const desired = member(set['spec'], 'replicas');
  return {
    // Defaulted by the API server; only objects from elsewhere can lack it.
    desired: typeof desired === 'number' ? desired : 1,
    replicas: numberOf(member(status, 'replicas')),
    ready: numberOf(member(status, 'readyReplicas')),
    updated: numberOf(member(status, 'updatedReplicas')),
    available: numberOf(member(status, 'availableReplicas')),
  };
}

/** Whether a set has observed its spec and has exactly the replicas that it wants, all of them ready. */
export function setReady(set: KubernetesObject): boolean {
  const { desired, replicas, ready } = setCounters(set);
  return generationObserved(set) && ready === desired && replicas === desired;
}

/** Whether a set has observed its spec and all its replicas are of the update revision. */
export function setUpdated(set: KubernetesObject): boolean {
  const { desired, replicas, updated } = setCounters(set);
  return generationObserved(set) && updated === desired && replicas === desired;
}
