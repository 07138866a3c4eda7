// Whether an Indexed job has succeeded before all its indexes have (spec.successPolicy). Follows
// pkg/controller/job/success_policy.go: matchSuccessPolicy.

import { parseIndexes } from './tally.ts';
import type { JobEnd } from './verdict.ts';
import type { Job } from './types.ts';

/** The end that the first fulfilled rule brings. */
export function successByPolicy({ spec }: Job, completed: ReadonlySet<number>): JobEnd | undefined {
  if (completed.size === 0) return undefined;
  const place = (spec.successPolicy?.rules ?? []).findIndex(({ succeededIndexes, succeededCount }) => {
    if (succeededIndexes === undefined) return succeededCount !== undefined && completed.size >= succeededCount;
    const wanted = [...parseIndexes(succeededIndexes)].filter((index) => index < (spec.completions ?? 0));
    const found = wanted.filter((index) => completed.has(index)).length;
    return wanted.length > 0 && (found === wanted.length || (succeededCount !== undefined && found >= succeededCount));
  });
  if (place < 0) return undefined;
  return { succeeded: true, reason: 'SuccessPolicy', message: `Matched rules at index ${place}` };
}
