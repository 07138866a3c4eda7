// What every binder needs to know of where it stands.

import type { LocatedEntry, LocatedMap } from '../located.ts';
import type { ProblemList } from '../problem-list.ts';
import type { Scope } from '../variables.ts';

/** Passed through all binders. */
export interface BindContext {
  readonly problems: ProblemList;
  readonly scope: Scope;
  /** `objects:` as written; variables in them are replaced when one is used. */
  readonly selections: ReadonlyMap<string, LocatedEntry>;
  /** The folder that paths of manifests start from. */
  readonly folder: string;
  /** Names of the selections that are being read, so that none is read inside itself. */
  readonly reading: readonly string[];
}

/** The entries of `objects:` by name. */
export function selectionsOf(objects: LocatedMap | undefined): ReadonlyMap<string, LocatedEntry> {
  return new Map((objects?.entries ?? []).map((entry) => [entry.key, entry]));
}
