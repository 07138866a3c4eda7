// How things were: the present, with the remembered changes taken back (API-LIST-01, -04).

import type { KindKey } from '../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { Change, ObjectKey, Store } from './store.ts';

/**
 * The objects of a kind as they were at a version; undefined when the store has forgotten changes since then. Costs as much as
 * all of them, unless nothing has happened.
 */
export function pastOf(
  store: Store,
  kind: KindKey,
  revision: number,
): ReadonlyMap<ObjectKey, KubernetesObject> | undefined {
  const since: Change[] = [];
  const watch = store.watch({ kind, after: revision }, (change) => since.push(change));
  if (watch.kind === 'tooOld') return undefined;
  watch.stop();
  if (since.length === 0) return store.list(kind);
  const objects = new Map(store.list(kind));
  for (const { key, old } of since.reverse()) {
    if (old === undefined) objects.delete(key);
    else objects.set(key, old);
  }
  return objects;
}
