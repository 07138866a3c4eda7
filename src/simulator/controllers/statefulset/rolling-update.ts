// The rolling update (reference section 10.1, STS-ROLL): which pod goes next because its revision is outdated. The feature
// gate MaxUnavailableStatefulSet is off by default in 1.36 and not modelled: pods are replaced one at a time.

import { pickRevision } from './pick-revision.ts';
import { ordinalRange } from './types.ts';
import type { RevisionNames } from './plan.ts';
import type { SetIndex } from './set-index.ts';
import type { StatefulSet } from './types.ts';

/** What the walk needs to know besides the index. */
export interface RollingUpdateView {
  readonly revisions: RevisionNames;
  /** Ordinals of the range that had no pod when the pass began, ascending. */
  readonly missing: readonly number[];
}

/**
 * The ordinal whose pod is deleted; undefined if none is. From the highest ordinal down to the partition, the walk ends at
 * the first pod that is outdated, which it deletes, or that is unavailable, for which it waits (STS-ROLL-01, STS-PART-01).
 */
export function outdatedOrdinal(
  index: SetIndex,
  set: StatefulSet,
  { revisions, missing }: RollingUpdateView,
): number | undefined {
  const { type, rollingUpdate } = set.spec.updateStrategy;
  if (type === 'OnDelete') return undefined;
  const { start, end } = ordinalRange(set);
  const lowest = start + (rollingUpdate?.partition ?? 0);
  // A pod that this pass creates is unavailable, and may already be outdated (STS-PICK-03).
  const missingOutdated =
    revisions.current === revisions.update ? -1 : (missing.findLast((at) => pickRevision(set, at) === 'current') ?? -1);
  const outdated = Math.max(index.outdated(end - 1, revisions.update), missingOutdated);
  const unavailable = Math.max(index.unavailableUpto(end - 1), missing.at(-1) ?? -1);
  return outdated >= lowest && outdated >= unavailable ? outdated : undefined;
}
