// The one state in which a lane shows an object: a word, a colour by meaning, and what is worth saying beside it.

import { nodeNameOf, phaseOf } from '../../../../src/trace/words/facts.ts';
import * as kinds from '../../../../src/trace/words/kinds.ts';
import { podReady } from '../../../../src/trace/words/pod-words.ts';
import { setCounters, setReady, setUpdated } from '../../../../src/trace/words/set-words.ts';
import { conditionStatus, listOf, member } from '../../../../src/trace/words/word.ts';
import type { KindKey } from '../../../../src/kubernetes/kind.ts';
import type { KubernetesObject } from '../../../../src/kubernetes/object.ts';

/** What a state means: on its way, at work but not there, as wanted, on its way out, broken, merely there. */
export type Tone = 'pending' | 'active' | 'good' | 'ending' | 'bad' | 'plain';

/** A state of an object. */
export interface ObjectState {
  /** `Ready`, `Bound`, `CrashLoopBackOff`. */
  readonly word: string;
  readonly tone: Tone;
  /** `2/3` of a set; empty for most. */
  readonly detail: string;
}

/** The state of an object that exists. */
export function stateOf(kind: KindKey, object: KubernetesObject): ObjectState {
  if (object.metadata.deletionTimestamp !== undefined) return plainState('Terminating', 'ending');
  if (kind === kinds.podKind) return podState(object);
  if (kinds.setKinds.has(kind)) return setState(object);
  if (kind === kinds.nodeKind) return nodeState(object);
  const phase = phaseOf(object);
  if (phase !== undefined) return plainState(phase, phaseTones.get(phase) ?? 'active');
  const ready = conditionStatus(object, 'Ready');
  if (ready !== undefined) return ready === 'True' ? plainState('Ready', 'good') : plainState('NotReady', 'active');
  return plainState('exists', 'plain');
}

const phaseTones: ReadonlyMap<string, Tone> = new Map([
  ['Pending', 'pending'],
  ['Bound', 'good'],
  ['Available', 'active'],
  ['Active', 'plain'],
  ['Released', 'ending'],
  ['Terminating', 'ending'],
  ['Failed', 'bad'],
  ['Lost', 'bad'],
]);

/** Reasons to wait that are no trouble. */
const starting: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing']);

function podState(pod: KubernetesObject): ObjectState {
  const phase = phaseOf(pod) ?? 'Pending';
  if (phase === 'Failed') return plainState('Failed', 'bad');
  if (phase === 'Succeeded') return plainState('Succeeded', 'good');
  const waiting = waitingReason(pod);
  if (waiting !== undefined && !starting.has(waiting)) return plainState(waiting, 'bad');
  if (podReady(pod)) return plainState('Ready', 'good');
  if (phase === 'Running') return plainState('Running', 'active');
  return plainState(phase, phase === 'Unknown' ? 'bad' : 'pending', nodeNameOf(pod) === undefined ? '' : 'scheduled');
}

function waitingReason(pod: KubernetesObject): string | undefined {
  for (const status of listOf(member(pod['status'], 'containerStatuses'))) {
    const reason = member(member(member(status, 'state'), 'waiting'), 'reason');
    if (typeof reason === 'string') return reason;
  }
  return undefined;
}

function setState(set: KubernetesObject): ObjectState {
  const { desired, ready } = setCounters(set);
  const detail = `${ready}/${desired}`;
  if (!setReady(set)) return plainState('NotReady', 'active', detail);
  // OnDelete sets and partitions stay so for good: it is no trouble.
  return setUpdated(set)
    ? plainState('Ready', 'good', detail)
    : plainState('Ready', 'good', `${detail} partly updated`);
}

function nodeState(node: KubernetesObject): ObjectState {
  if (conditionStatus(node, 'Ready') !== 'True') return plainState('NotReady', 'bad');
  return plainState('Ready', 'good', member(node['spec'], 'unschedulable') === true ? 'cordoned' : '');
}

function plainState(word: string, tone: Tone, detail = ''): ObjectState {
  return { word, tone, detail };
}
