// The versioned store: immutable objects, one counter for all kinds, changes told synchronously, look-ups by index.

import { kindKey, type KindKey } from '../../kubernetes/kind.ts';
import { InvariantError } from '../invariant.ts';
import { deepFreeze } from './freeze.ts';
import { History } from './history.ts';
import { Listeners } from './listeners.ts';
import { same, sameExcept } from './same.ts';
import { objectKey, Shelf } from './shelf.ts';
import type { KubernetesObject, ObjectMeta } from '../../kubernetes/object.ts';
import type { WatchEventType } from '../../trace/record.ts';
import type { Clock, Micros } from '../clock.ts';
import type { Writable } from '../writable.ts';

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

/**
 * Look-ups that the store and informers share. `list` iterates in creation order, `by` in the order in which objects came
 * under the value; callers that need another order sort. The maps are live and end with their last object: ask
 * again rather than keep one, and copy before making calls while iterating.
 */
export interface Lister {
  get(kind: KindKey, key: ObjectKey): KubernetesObject | undefined;
  list(kind: KindKey): ReadonlyMap<ObjectKey, KubernetesObject>;
  /** `owner`: uid of the controller; `node`: spec.nodeName, of a Node its name; `label`: `namespace/key=value` (`/key=value` of cluster-scoped objects). */
  by(kind: KindKey, index: IndexName, value: string): ReadonlyMap<ObjectKey, KubernetesObject>;
}

/**
 * The store. Objects given to it are complete but for the resourceVersion, which it assigns. It takes them over: who gives
 * one has made it for this call (what it holds may be shared), and goes on with the answer.
 */
export interface Store extends Lister {
  /** The last version given out. */
  readonly revision: number;
  /** The kinds that have an object now, in the order in which they first had one. */
  kinds(): readonly KindKey[];
  create(object: KubernetesObject): KubernetesObject;
  /** Returns the stored object itself, without a new version, when nothing differs (API-UPD-06). */
  update(object: KubernetesObject): KubernetesObject;
  /** Returns the last state with the resourceVersion of the deletion (API-DEL-01); undefined if there is none such. */
  remove(kind: KindKey, key: ObjectKey): KubernetesObject | undefined;
  /**
   * Synchronous, in order; without a kind, every change; with a node, the changes of objects that belong to it. Changes
   * made by a listener are told after the one that it hears. The answer unsubscribes.
   */
  subscribe(kind: KindKey | undefined, listener: (change: Change) => void, node?: string): () => void;
  /** Tells the changes after a version, those of the past at once (API-WATCH-02), then goes on like `subscribe`. */
  watch(from: WatchOptions, listener: (change: Change) => void): WatchStart;
}

/** Where a watch begins. */
export interface WatchOptions {
  /** Without one, every kind. */
  readonly kind?: KindKey;
  /** Only changes with a greater order are told; may lie in the future. */
  readonly after: number;
}

/** A watch runs until `stop` is called, or cannot begin because changes after `after` are forgotten (410 Expired, API-WATCH-06). */
export type WatchStart =
  | { readonly kind: 'watching'; readonly stop: () => void }
  | { readonly kind: 'tooOld'; readonly oldest: number };

/** How a store is made. */
export interface StoreOptions {
  readonly clock: Clock;
  /** Freezes every object deeply, at a third more cost: for tests and development. Default false. */
  readonly freeze?: boolean;
  /** Number of changes kept for watches that resume. Default 1024. */
  readonly history?: number;
}

/** Creates an empty store. */
export function createStore(options: StoreOptions): Store {
  return new VersionedStore(options);
}

class VersionedStore implements Store {
  readonly #clock: Clock;
  readonly #freeze: boolean;
  readonly #shelves = new Map<KindKey, Shelf>();
  readonly #listeners = new Listeners();
  readonly #history: History;
  #revision = 0;

  constructor({ clock, freeze = false, history = 1024 }: StoreOptions) {
    this.#clock = clock;
    this.#freeze = freeze;
    this.#history = new History(history);
  }

  get revision(): number {
    return this.#revision;
  }

  kinds(): readonly KindKey[] {
    return [...this.#shelves].filter(([, shelf]) => shelf.objects.size > 0).map(([kind]) => kind);
  }

  get(kind: KindKey, key: ObjectKey): KubernetesObject | undefined {
    return this.#shelves.get(kind)?.get(key);
  }

  list(kind: KindKey): ReadonlyMap<ObjectKey, KubernetesObject> {
    return this.#shelf(kind).objects;
  }

  by(kind: KindKey, index: IndexName, value: string): ReadonlyMap<ObjectKey, KubernetesObject> {
    return this.#shelf(kind).by(index, value);
  }

  create(object: KubernetesObject): KubernetesObject {
    const kind = kindKey(object);
    const key = objectKey(object);
    const shelf = this.#shelf(kind);
    if (shelf.get(key) !== undefined) throw new InvariantError(`the store already holds ${kind} ${key}`);
    const stored = this.#versioned(object, object.metadata);
    shelf.put(key, stored, undefined);
    this.#tell({ at: this.#clock.now, order: this.#revision, type: 'ADDED', key, kind, object: stored });
    return stored;
  }

  update(object: KubernetesObject): KubernetesObject {
    const kind = kindKey(object);
    const key = objectKey(object);
    const shelf = this.#shelf(kind);
    const old = shelf.get(key);
    if (old === undefined) throw new InvariantError(`the store holds no ${kind} ${key} to update`);
    if (unchanged(old, object)) return old;
    const stored = this.#versioned(object, { ...object.metadata });
    shelf.put(key, stored, old);
    this.#tell({ at: this.#clock.now, order: this.#revision, type: 'MODIFIED', key, kind, object: stored, old });
    return stored;
  }

  remove(kind: KindKey, key: ObjectKey): KubernetesObject | undefined {
    const shelf = this.#shelf(kind);
    const old = shelf.get(key);
    if (old === undefined) return undefined;
    const last = this.#versioned({ ...old }, { ...old.metadata });
    shelf.take(key, old);
    this.#tell({ at: this.#clock.now, order: this.#revision, type: 'DELETED', key, kind, object: last, old });
    return last;
  }

  subscribe(kind: KindKey | undefined, listener: (change: Change) => void, node?: string): () => void {
    return this.#listeners.add(listener, kind, node);
  }

  watch({ kind, after }: WatchOptions, listener: (change: Change) => void): WatchStart {
    const missed = this.#history.after(after);
    if (missed === undefined) return { kind: 'tooOld', oldest: this.#history.oldest };
    for (const change of missed) if (kind === undefined || change.kind === kind) listener(change);
    // A watch that begins while a change is being told must not hear again what it has just been given.
    const told = Math.max(after, this.#revision);
    const stop = this.#listeners.add((change) => {
      if (change.order > told) listener(change);
    }, kind);
    return { kind: 'watching', stop };
  }

  #shelf(kind: KindKey): Shelf {
    let shelf = this.#shelves.get(kind);
    if (shelf === undefined) this.#shelves.set(kind, (shelf = new Shelf()));
    return shelf;
  }

  /** Writes into the object that was given: one more copy of everything would only be garbage. */
  #versioned(object: Writable<KubernetesObject>, metadata: Writable<ObjectMeta>): KubernetesObject {
    metadata.resourceVersion = String(++this.#revision);
    object.metadata = metadata;
    if (this.#freeze) deepFreeze(object);
    return object;
  }

  #tell(change: Change): void {
    this.#history.add(change);
    this.#listeners.tell(change);
  }
}

/** Whether an update says nothing new; the version that the updated object carries does not count. */
function unchanged(old: KubernetesObject, object: KubernetesObject): boolean {
  if (old === object) return true;
  if (!sameExcept(old.metadata, object.metadata, 'resourceVersion')) return false;
  for (const name in old) if (name !== 'metadata' && !same(old[name], object[name])) return false;
  for (const name in object) if (object[name] !== undefined && old[name] === undefined) return false;
  return true;
}
