// Objects in words: how a message names one and says what state it is in.

import { kindOfKey } from '../../kubernetes/kinds.ts';
import { nodeNameOf, phaseOf } from '../../trace/words/facts.ts';
import * as kinds from '../../trace/words/kinds.ts';
import { podReady } from '../../trace/words/pod-words.ts';
import { setCounters } from '../../trace/words/set-words.ts';
import { conditionStatus, listOf, member } from '../../trace/words/word.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { KindKey } from '../../kubernetes/kind.ts';
import type { Subject } from '../scene.ts';

/** `pod/web-0`, `statefulset/web`; kinds that we do not know keep their group. */
export function formatSubject({ kind, name }: Subject): string {
  return `${kindOfKey(kind)?.kind.toLowerCase() ?? kind}/${name}`;
}

/** `Running, not Ready`, `2 of 3 ready`, `Bound`; of nothing, `not there`. */
export function describeObject(kind: KindKey, object: KubernetesObject | undefined): string {
  if (object === undefined) return 'not there';
  const words = [describeState(kind, object)];
  if (object.metadata.deletionTimestamp !== undefined) words.push('Terminating');
  const known = words.filter((word) => word !== '');
  return known.length === 0 ? 'there' : known.join(', ');
}

function describeState(kind: KindKey, object: KubernetesObject): string {
  if (kind === kinds.podKind) return describePod(object);
  if (setKinds(kind)) {
    const { desired, ready } = setCounters(object);
    return `${ready} of ${desired} ready`;
  }
  if (kind === kinds.nodeKind) return conditionStatus(object, 'Ready') === 'True' ? 'Ready' : 'not Ready';
  return phaseOf(object) ?? '';
}

function setKinds(kind: KindKey): boolean {
  return kinds.setKinds.has(kind);
}

function describePod(pod: KubernetesObject): string {
  const phase = phaseOf(pod) ?? 'Pending';
  if (podReady(pod)) return `${phase}, Ready`;
  if (phase === 'Pending' && nodeNameOf(pod) === undefined) return 'Pending, not scheduled';
  const waiting = waitingReason(pod);
  if (waiting !== undefined) return `${phase}, ${waiting}`;
  return phase === 'Running' ? 'Running, not Ready' : phase;
}

/** The first reason for which a container of a pod waits: `ImagePullBackOff`. */
export function waitingReason(pod: KubernetesObject): string | undefined {
  const status = pod['status'];
  for (const list of ['initContainerStatuses', 'containerStatuses']) {
    for (const container of listOf(member(status, list))) {
      const reason = member(member(member(container, 'state'), 'waiting'), 'reason');
      if (typeof reason === 'string') return reason;
    }
  }
  return undefined;
}
