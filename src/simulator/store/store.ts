// The versioned store: immutable objects, one counter for all kinds, changes told synchronously, look-ups by index.

import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { KindKey } from '../../kubernetes/kind.ts';
import type { WatchEventType } from '../../trace/record.ts';
import type { Micros } from '../clock.ts';

/** `namespace/name`, or the bare name of a cluster-scoped object. */
export type ObjectKey = string;

/** One change of the store, in the order of `order`. */
export interface Change {
  readonly at: Micros;
  /** The resourceVersion as a number. */
  readonly order: number;
  readonly type: WatchEventType;
  readonly key: ObjectKey;
  readonly kind: KindKey;
  /** For DELETED: the last state, with the resourceVersion of the deletion. */
  readonly object: KubernetesObject;
  readonly old?: KubernetesObject;
}

/** What objects can be looked up by, at a cost that does not depend on the number of others. */
export type IndexName = 'owner' | 'namespace' | 'node' | 'label';

/** Look-ups that the store and informers share. Maps iterate in creation order; callers that need another order sort. */
export interface Lister {
  get(kind: KindKey, key: ObjectKey): KubernetesObject | undefined;
  list(kind: KindKey): ReadonlyMap<ObjectKey, KubernetesObject>;
  /** `owner`: uid of the controller; `node`: spec.nodeName; `label`: `namespace/key=value`. */
  by(kind: KindKey, index: IndexName, value: string): ReadonlyMap<ObjectKey, KubernetesObject>;
}

/** The store. Objects given to it are complete but for the resourceVersion, which it assigns. */
export interface Store extends Lister {
  /** The last version given out. */
  readonly revision: number;
  create(object: KubernetesObject): KubernetesObject;
  /** Returns the stored object itself, without a new version, when nothing differs. */
  update(object: KubernetesObject): KubernetesObject;
  remove(kind: KindKey, key: ObjectKey): KubernetesObject | undefined;
  /** Synchronous, in order; without a kind, every change. */
  subscribe(kind: KindKey | undefined, listener: (change: Change) => void): () => void;
}
