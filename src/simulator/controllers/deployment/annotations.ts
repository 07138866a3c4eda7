// The annotations with which a Deployment and its ReplicaSets keep track of revisions and sizes (DEP-NAME-02).

import { maxSurge } from './limits.ts';
import type { Deployment, ReplicaSet } from './types.ts';

export const revisionAnnotation = 'deployment.kubernetes.io/revision';
const historyAnnotation = 'deployment.kubernetes.io/revision-history';
const desiredAnnotation = 'deployment.kubernetes.io/desired-replicas';
const maxAnnotation = 'deployment.kubernetes.io/max-replicas';

/** Not copied from a Deployment to its ReplicaSets. */
const ownAnnotations: readonly string[] = [
  'kubectl.kubernetes.io/last-applied-configuration',
  revisionAnnotation,
  historyAnnotation,
  desiredAnnotation,
  maxAnnotation,
  'deprecated.deployment.rollback.to',
];

const historyLengthMax = 2000;

type Annotations = Readonly<Record<string, string>>;

/** The revision number of a ReplicaSet, an int64; 0 if it has none. */
export function revisionOf({ metadata }: ReplicaSet): bigint {
  const text = metadata.annotations?.[revisionAnnotation] ?? '';
  return /^\d+$/.test(text) ? BigInt(text) : 0n;
}

/** The size for which a ReplicaSet was last scaled. */
export function desiredSizeOf(set: ReplicaSet): number | undefined {
  return numberIn(set, desiredAnnotation);
}

/** The largest total for which a ReplicaSet was last scaled. */
export function maxSizeOf(set: ReplicaSet): number | undefined {
  return numberIn(set, maxAnnotation);
}

/** Annotations with the sizes that a Deployment wants now; the same object if they are there already. */
export function withSizes(deployment: Deployment, annotations: Annotations | undefined): Annotations {
  const { replicas } = deployment.spec;
  const wanted = { [desiredAnnotation]: String(replicas), [maxAnnotation]: String(replicas + maxSurge(deployment)) };
  const same = Object.entries(wanted).every(([name, value]) => annotations?.[name] === value);
  return same && annotations !== undefined ? annotations : { ...annotations, ...wanted };
}

/**
 * The annotations of the ReplicaSet of the present template: the Deployment's own, and the revision number, which only
 * grows; numbers that it had before go into its history (DEP-UNDO-01). The same object if nothing differs.
 */
export function withRevision(
  deployment: Deployment,
  annotations: Annotations | undefined,
  revision: bigint,
): Annotations | undefined {
  const copied = Object.entries(deployment.metadata.annotations ?? {}).filter(
    ([name, value]) => !ownAnnotations.includes(name) && annotations?.[name] !== value,
  );
  const result = copied.length === 0 ? annotations : { ...annotations, ...Object.fromEntries(copied) };
  const before = annotations?.[revisionAnnotation];
  if (before !== undefined && before !== '' && !/^\d+$/.test(before)) return result;
  if (BigInt(before ?? 0) >= revision) return result;
  return { ...result, ...history(annotations, before), [revisionAnnotation]: String(revision) };
}

function history(annotations: Annotations | undefined, before: string | undefined): Annotations {
  if (before === undefined) return {};
  const earlier = annotations?.[historyAnnotation] ?? '';
  const numbers = earlier === '' ? [] : earlier.split(',');
  numbers.push(before);
  while (numbers.join(',').length > historyLengthMax) numbers.shift();
  return { [historyAnnotation]: numbers.join(',') };
}

function numberIn({ metadata }: ReplicaSet, name: string): number | undefined {
  const text = metadata.annotations?.[name];
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
