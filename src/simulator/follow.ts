// Follows one kind of the store without lag, from what exists already: for actors that keep an index of their own.

import { kindKey } from '../kubernetes/kind.ts';
import type { KindKey } from '../kubernetes/kind.ts';
import type { Change, Store } from './store/store.ts';

/** Shows every object of a kind as ADDED, then every change as it is made. The answer ends it. */
export function follow(store: Store, kind: KindKey, listener: (change: Change) => void): () => void {
  for (const [key, object] of store.list(kind)) {
    const order = Number(object.metadata.resourceVersion);
    listener({ at: 0, order, type: 'ADDED', key, kind: kindKey(object), object });
  }
  return store.subscribe(kind, listener);
}
