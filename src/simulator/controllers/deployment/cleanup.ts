// Deleting old ReplicaSets beyond revisionHistoryLimit (DEP-HIST-01).

import { byRevision } from './order.ts';
import { errorText } from './pass-context.ts';
import { replicaSetKind } from './types.ts';
import type { Result } from '../../api/server.ts';
import type { Failure, Task } from '../task.ts';
import type { PassContext } from './pass-context.ts';
import type { ReplicaSet } from './types.ts';

const int32Max = 2_147_483_647;

/** Deletes the oldest of those that have no pods and whose size has been observed. */
export function* cleanUp(pass: PassContext, old: readonly ReplicaSet[]): Task<Failure> {
  const limit = pass.deployment.spec.revisionHistoryLimit ?? int32Max;
  if (limit === int32Max) return undefined;
  const alive = old.filter(({ metadata }) => metadata.deletionTimestamp === undefined).sort(byRevision);
  for (const { metadata, spec, status } of alive.slice(0, Math.max(0, alive.length - limit))) {
    const observed = (metadata.generation ?? 0) <= (status?.observedGeneration ?? 0);
    if ((status?.replicas ?? 0) !== 0 || spec.replicas !== 0 || !observed) continue;
    const result: Result = yield () => pass.api.delete(replicaSetKind, `${metadata.namespace}/${metadata.name}`);
    if (!result.ok && result.status.reason !== 'NotFound') return errorText(result);
  }
  return undefined;
}
