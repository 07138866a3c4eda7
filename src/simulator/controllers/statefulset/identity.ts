// What makes a pod a member of a set, and what its name, labels and owner must be (reference section 2, STS-ID).

import { matchesLabels } from '../../../kubernetes/selector.ts';
import type { Pod, StatefulSet } from './types.ts';

export const podNameLabel = 'statefulset.kubernetes.io/pod-name';
const podIndexLabel = 'apps.kubernetes.io/pod-index';
export const revisionLabel = 'controller-revision-hash';

/** `<set>-<ordinal>` (STS-ID-01). */
export function podNameOf(set: StatefulSet, ordinal: number): string {
  return `${set.metadata.name}-${ordinal}`;
}

/** Whether a pod belongs to a set by its name (STS-ID-02); `web` has nothing to do with `web-db-0`. */
export function isMember(set: StatefulSet, pod: Pod): boolean {
  const { name } = pod.metadata;
  const parent = set.metadata.name;
  return name.startsWith(parent) && name.charCodeAt(parent.length) === dash && numberAt(name, parent.length + 1) >= 0;
}

/** Whether a pod may be claimed by a set: a member by name whose labels match the selector. */
export function isClaimable(set: StatefulSet, pod: Pod): boolean {
  return isMember(set, pod) && matchesLabels(set.spec.selector, pod.metadata.labels);
}

/**
 * The ordinal of a member. Undefined when it does not fit an int32, or is written with leading zeros: such a pod is never
 * managed (STS-ID-01).
 */
export function podOrdinal(pod: Pod): number | undefined {
  const { name } = pod.metadata;
  const first = name.lastIndexOf('-') + 1;
  const padded = name.charCodeAt(first) === zero && first < name.length - 1;
  const ordinal = first === 0 || padded ? -1 : numberAt(name, first);
  return ordinal < 0 || ordinal > int32Max ? undefined : ordinal;
}

const int32Max = 2_147_483_647;
const dash = 45;
const zero = 48;

/**
 * The number that a name ends with from a place on, -1 if that is none. Asked six times for every change of a pod: by a
 * regular expression it made nine KiB of garbage for every pod.
 */
function numberAt(name: string, first: number): number {
  let number = first < name.length ? 0 : -1;
  for (let at = first; at < name.length; at += 1) {
    const digit = name.charCodeAt(at) - zero;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

/** The name of the revision that a pod was made from; undefined for an adopted pod without the label (STS-OWN-05). */
export function podRevision(pod: Pod): string | undefined {
  return pod.metadata.labels?.[revisionLabel];
}

/** Whether a pod of the set still has its identity. A wrong pod-index label alone does not count (STS-ID-06). */
export function identityMatches(set: StatefulSet, pod: Pod): boolean {
  return (
    isMember(set, pod) &&
    podOrdinal(pod) !== undefined &&
    pod.metadata.namespace === set.metadata.namespace &&
    pod.metadata.labels?.[podNameLabel] === pod.metadata.name
  );
}

/** The labels that every pod of a set has besides its template's, which they override (STS-ID-03). */
export function identityLabels(name: string, ordinal: number): Readonly<Record<string, string>> {
  return { [podIndexLabel]: String(ordinal), [podNameLabel]: name };
}

/** A pod with its identity repaired (STS-ID-06). */
export function withIdentity(pod: Pod): Pod {
  const ordinal = podOrdinal(pod) ?? -1;
  const labels = { ...pod.metadata.labels, ...identityLabels(pod.metadata.name, ordinal) };
  return { ...pod, metadata: { ...pod.metadata, labels } };
}
