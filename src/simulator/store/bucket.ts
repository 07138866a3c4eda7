// The objects that an index holds under one value, seen as a map. Only their keys are kept here: an object that changes
// without leaving its value costs the index nothing, and most changes are of that kind.

import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { ObjectKey } from './store.ts';

type Entry = [key: ObjectKey, object: KubernetesObject];

/** A live view of some of a shelf's objects, in the order in which they came under the value. */
export class Bucket implements ReadonlyMap<ObjectKey, KubernetesObject> {
  readonly #keys = new Set<ObjectKey>();
  readonly #objects: ReadonlyMap<ObjectKey, KubernetesObject>;

  constructor(objects: ReadonlyMap<ObjectKey, KubernetesObject>) {
    this.#objects = objects;
  }

  get size(): number {
    return this.#keys.size;
  }

  add(key: ObjectKey): void {
    this.#keys.add(key);
  }

  delete(key: ObjectKey): void {
    this.#keys.delete(key);
  }

  has(key: ObjectKey): boolean {
    return this.#keys.has(key);
  }

  get(key: ObjectKey): KubernetesObject | undefined {
    return this.#keys.has(key) ? this.#objects.get(key) : undefined;
  }

  keys(): MapIterator<ObjectKey> {
    return this.#keys.values();
  }

  *values(): Generator<KubernetesObject, undefined> {
    for (const key of this.#keys) yield this.#objects.get(key)!;
  }

  *entries(): Generator<Entry, undefined> {
    for (const key of this.#keys) yield [key, this.#objects.get(key)!];
  }

  [Symbol.iterator](): Generator<Entry, undefined> {
    return this.entries();
  }

  forEach(
    visit: (object: KubernetesObject, key: ObjectKey, map: ReadonlyMap<ObjectKey, KubernetesObject>) => void,
  ): void {
    for (const key of this.#keys) visit(this.#objects.get(key)!, key, this);
  }
}
