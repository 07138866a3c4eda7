// A cache or store through which the objects of one kind look different.

import type { KindKey } from '../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { ProcessInformer } from '../controllers/informer.ts';
import type { Change, IndexName, Lister, ObjectKey, Store } from '../store/store.ts';

/** One way to look at the objects of a kind. */
export class View {
  readonly #kind: KindKey;
  readonly #look: (object: KubernetesObject) => KubernetesObject;
  /** The same picture of the same object: controllers compare objects by reference. */
  readonly #pictures = new WeakMap<KubernetesObject, KubernetesObject>();

  constructor(kind: KindKey, look: (object: KubernetesObject) => KubernetesObject) {
    this.#kind = kind;
    this.#look = look;
  }

  /** An informer through this view. */
  informer(inner: ProcessInformer): ProcessInformer {
    return {
      ...this.#lister(inner),
      seen: (kind) => inner.seen(kind),
      on: (kind, handler) => inner.on(kind, kind === this.#kind ? this.#listener(handler) : handler),
      onEvery: (handler, except) => inner.onEvery(this.#listener(handler), except),
    };
  }

  /** A store through this view; what is written goes into the store as it is. */
  store(inner: Store): Store {
    return {
      ...this.#lister(inner),
      get revision() {
        return inner.revision;
      },
      kinds: () => inner.kinds(),
      create: (object) => inner.create(object),
      update: (object) => inner.update(object),
      remove: (kind, key) => inner.remove(kind, key),
      subscribe: (kind, listener, node) => inner.subscribe(kind, this.#listener(listener), node),
      watch: (from, listener) => inner.watch(from, this.#listener(listener)),
    };
  }

  #lister(inner: Lister): Lister {
    return {
      get: (kind, key) => this.#seen(kind, inner.get(kind, key)),
      list: (kind) => this.#all(kind, inner.list(kind)),
      by: (kind: KindKey, index: IndexName, value: string) => this.#all(kind, inner.by(kind, index, value)),
    };
  }

  #all(kind: KindKey, objects: ReadonlyMap<ObjectKey, KubernetesObject>): ReadonlyMap<ObjectKey, KubernetesObject> {
    if (kind !== this.#kind) return objects;
    return new Map([...objects].map(([key, object]) => [key, this.#picture(object)]));
  }

  #seen(kind: KindKey, object: KubernetesObject | undefined): KubernetesObject | undefined {
    return object === undefined || kind !== this.#kind ? object : this.#picture(object);
  }

  #picture(object: KubernetesObject): KubernetesObject {
    let picture = this.#pictures.get(object);
    if (picture === undefined) this.#pictures.set(object, (picture = this.#look(object)));
    return picture;
  }

  #listener(listener: (change: Change) => void): (change: Change) => void {
    return (change) => {
      if (change.kind !== this.#kind) return listener(change);
      const { old } = change;
      const object = this.#picture(change.object);
      listener(old === undefined ? { ...change, object } : { ...change, object, old: this.#picture(old) });
    };
  }
}
