/** Which of the two revisions a new pod is made from. */
export type RevisionRole = 'current' | 'update';

import type { StatefulSet } from './types.ts';

/** The rule of reference section 10.3 (STS-PICK-01). */
export function pickRevision(set: StatefulSet, ordinal: number): RevisionRole {
  const { type, rollingUpdate } = set.spec.updateStrategy;
  if (type !== 'RollingUpdate') return 'update';
  // Without a `rollingUpdate` object the last written status decides, which may surprise (STS-PICK-03).
  const kept = rollingUpdate === undefined ? (set.status?.currentReplicas ?? 0) : (rollingUpdate.partition ?? 0);
  return ordinal < (set.spec.ordinals?.start ?? 0) + kept ? 'current' : 'update';
}
