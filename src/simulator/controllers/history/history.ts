// Writing ControllerRevisions: create with collision handling, renumber, delete (STS-REV-07, STS-REV-11).

import {
  controllerRevisionKind,
  dataText,
  equalData,
  newControllerRevision,
  revisionName,
} from './controller-revision.ts';
import { hashRevision } from './revision-hash.ts';
import { readLive } from '../read-live.ts';
import type { ApiServer, Result } from '../../api/server.ts';
import type { Task } from '../task.ts';
import type { ControllerRevision, RevisionContent } from './controller-revision.ts';

const manager = 'kube-controller-manager';

// client-go's DefaultBackoff makes at most this many tries on a conflict.
const conflictTries = 4;

/** A revision that was written, or why not. */
export type RevisionResult =
  | { readonly ok: true; readonly revision: ControllerRevision; readonly collisionCount: number }
  | { readonly ok: false; readonly message: string };

/**
 * Creates a revision. A name that is taken by other data counts as a collision: the count goes up and the name is hashed
 * anew, until it is free; a name taken by equal data is that revision (STS-REV-07).
 */
export function* createRevision(api: ApiServer, content: RevisionContent): Task<RevisionResult> {
  const first = newControllerRevision(content);
  let { collisionCount } = content;
  for (;;) {
    const name = revisionName(content.owner.metadata.name, hashRevision(dataText(content.data), collisionCount));
    // The label keeps the first hash (STS-REV-04).
    const manifest = { ...first, metadata: { ...first.metadata, name } };
    const created: Result = yield () => api.create(manifest, { manager });
    if (created.ok) return { ok: true, revision: created.value as ControllerRevision, collisionCount };
    if (created.status.reason !== 'AlreadyExists') return refused(created);
    const key = `${content.owner.metadata.namespace}/${name}`;
    const live: Result = yield () => readLive(api, controllerRevisionKind, key);
    if (!live.ok) return refused(live);
    const existing = live.value as ControllerRevision;
    if (equalData(existing.data, content.data)) return { ok: true, revision: existing, collisionCount };
    collisionCount += 1;
  }
}

/** Gives a revision a new number; on a conflict it is tried again on the live object. */
export function* renumberRevision(
  api: ApiServer,
  options: { readonly revision: ControllerRevision; readonly to: number },
): Task<
  { readonly ok: true; readonly revision: ControllerRevision } | { readonly ok: false; readonly message: string }
> {
  const key = `${options.revision.metadata.namespace}/${options.revision.metadata.name}`;
  let base = options.revision;
  for (let tries = 1; ; tries++) {
    const updated: Result = yield () =>
      api.update(controllerRevisionKind, key, (current) => ({ ...current, revision: options.to }), {
        resourceVersion: base.metadata.resourceVersion,
        manager,
      });
    if (updated.ok) return { ok: true, revision: updated.value as ControllerRevision };
    if (updated.status.reason !== 'Conflict' || tries === conflictTries) return refused(updated);
    const live: Result = yield () => readLive(api, controllerRevisionKind, key);
    if (!live.ok) return refused(live);
    base = live.value as ControllerRevision;
  }
}

function refused(result: Result & { readonly ok: false }): { readonly ok: false; readonly message: string } {
  return { ok: false, message: result.status.message ?? result.status.reason ?? 'unknown' };
}
