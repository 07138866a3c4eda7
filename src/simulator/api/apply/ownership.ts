// What a write does to the owners of fields: conflicts, and who owns what afterwards. Follows structured-merge-diff's merge.Updater.

import type { Comparison } from './owned-fields.ts';
import { difference, intersection, isEmptySet, union, withoutBranches } from './field-set.ts';
import type { FieldSet } from './field-set.ts';
import { withoutServerFields } from './managers.ts';
import type { Manager, Managers } from './managers.ts';

/** Fields that one owner holds and a write changes. */
export interface OwnedConflict {
  readonly manager: Manager;
  readonly fields: FieldSet;
}

/** The part of a comparison that a write to a (sub)resource answers for: the main resource has no status, the status no spec. */
export function writtenPart(comparison: Comparison, subresource: string): Comparison {
  return {
    added: writtenFields(comparison.added, subresource),
    modified: writtenFields(comparison.modified, subresource),
    removed: writtenFields(comparison.removed, subresource),
  };
}

/** The part of a set of fields that a write to a (sub)resource can own. */
export function writtenFields(fields: FieldSet, subresource: string): FieldSet {
  const branches = subresource === 'status' ? ['f:spec', 'f:metadata'] : ['f:status'];
  return withoutServerFields(withoutBranches(fields, branches));
}

/** What others own of the fields that a write changes, in the order of their identities. */
export function conflictsWith(
  managers: Managers,
  writer: string,
  { added, modified }: Comparison,
): readonly OwnedConflict[] {
  const changed = union(added, modified);
  return [...managers]
    .filter(([identity]) => identity !== writer)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, manager]) => ({ manager, fields: intersection(manager.fields, changed) }))
    .filter(({ fields }) => !isEmptySet(fields));
}

/** The owners after a write: others lose what it changed or removed. */
export function afterWrite(managers: Managers, writer: string, { added, modified, removed }: Comparison): Managers {
  const lost = union(union(added, modified), removed);
  const after = new Map<string, Manager>();
  for (const [identity, manager] of managers) {
    const fields = identity === writer ? manager.fields : difference(manager.fields, lost);
    if (!isEmptySet(fields)) after.set(identity, fields === manager.fields ? manager : { ...manager, fields });
  }
  return after;
}
