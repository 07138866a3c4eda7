// Deleting old revisions (L19): those that nobody uses, beyond revisionHistoryLimit, oldest first (reference section 12.4).

import { controllerRevisionKind } from '../history/controller-revision.ts';
import { errorText, keyBeside } from './pass-context.ts';
import type { Result } from '../../api/server.ts';
import type { Failure, Task } from '../task.ts';
import type { ControllerRevision } from '../history/controller-revision.ts';
import type { PassContext } from './pass-context.ts';
import type { StatefulSet } from './types.ts';

const defaultLimit = 10;

/** Whether there are more revisions than the limit; a negative limit keeps everything (STS-HIST-02). */
export function exceedsHistory({ set }: PassContext, sorted: readonly ControllerRevision[]): boolean {
  const limit = limitOf(set);
  return limit >= 0 && sorted.length > limit;
}

/**
 * Truncates the history that the pass has listed, which exceeds the limit. `live` are the revisions that the pass works
 * with, if it got so far.
 */
export function* truncateHistory(
  pass: PassContext,
  sorted: readonly ControllerRevision[],
  live: readonly ControllerRevision[],
): Task<Failure> {
  const limit = limitOf(pass.set);
  const inUse = new Set(live.map(({ metadata }) => metadata.name));
  const unused = sorted.filter(({ metadata }) => !inUse.has(metadata.name) && !pass.index.hasPodAt(metadata.name));
  for (const { metadata } of unused.slice(0, Math.max(0, unused.length - limit))) {
    const result: Result = yield () => pass.api.delete(controllerRevisionKind, keyBeside(pass, metadata.name));
    // Even NotFound is an error here (STS-HIST-03).
    if (!result.ok) return errorText(result);
  }
  return undefined;
}

function limitOf({ spec }: StatefulSet): number {
  return spec.revisionHistoryLimit ?? defaultLimit;
}
