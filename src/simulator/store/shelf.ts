// The objects of one kind and their indexes, kept up to date change by change. The store has one shelf a kind, and so
// has every informer's cache.

import { Bucket } from './bucket.ts';
import { controllerOf, type KubernetesObject } from '../../kubernetes/object.ts';
import type { IndexName, ObjectKey } from './store.ts';

/** Buckets by what they are looked up by. A bucket that has lost its last object is dropped. */
type Index = Map<string, Bucket>;

const nothing: ReadonlyMap<ObjectKey, KubernetesObject> = new Map();

/** The key under which an object is filed. */
export function objectKey(object: KubernetesObject): ObjectKey {
  const { namespace, name } = object.metadata;
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** The node that an object belongs to: `spec.nodeName`, and of a Node its own name. */
export function nodeOf(object: KubernetesObject): string | undefined {
  if (object.kind === 'Node') return object.metadata.name;
  const nodeName = (object['spec'] as { readonly nodeName?: unknown } | null | undefined)?.nodeName;
  return typeof nodeName === 'string' && nodeName !== '' ? nodeName : undefined;
}

/** A kind's objects. Only its owner writes to it; others see it as a `Lister`. */
export class Shelf {
  readonly #objects = new Map<ObjectKey, KubernetesObject>();
  readonly #indexes = { owner: new Map() as Index, node: new Map() as Index };
  /** Only from when somebody asks for it: the Events of a namespace are most of all objects, and nobody does. */
  #byNamespace: Index | undefined;
  /**
   * By label key, and only those that somebody has asked for: nearly every pod has labels of its own (its name, its
   * ordinal) that nobody selects by, and an index of them would cost more than the objects.
   */
  readonly #byLabel = new Map<string, Index>();

  get objects(): ReadonlyMap<ObjectKey, KubernetesObject> {
    return this.#objects;
  }

  get(key: ObjectKey): KubernetesObject | undefined {
    return this.#objects.get(key);
  }

  by(index: IndexName, value: string): ReadonlyMap<ObjectKey, KubernetesObject> {
    return this.#index(index, value).get(value) ?? nothing;
  }

  #index(index: IndexName, value: string): Index {
    if (index === 'label') return this.#labelIndex(value);
    return index === 'namespace' ? this.#namespaceIndex() : this.#indexes[index];
  }

  /** Files an object, in the place of `old` where there is one. */
  put(key: ObjectKey, object: KubernetesObject, old: KubernetesObject | undefined): void {
    this.#objects.set(key, object);
    if (old === undefined) this.#file(key, object);
    else this.#refile(key, object, old);
  }

  /** Takes an object away. */
  take(key: ObjectKey, old: KubernetesObject): void {
    this.#objects.delete(key);
    if (this.#byNamespace !== undefined) leave(this.#byNamespace, old.metadata.namespace, key);
    leave(this.#indexes.owner, controllerOf(old)?.uid, key);
    leave(this.#indexes.node, nodeOf(old), key);
    for (const [label, index] of this.#byLabel) leave(index, labelValue(old, label), key);
  }

  #file(key: ObjectKey, object: KubernetesObject): void {
    if (this.#byNamespace !== undefined) this.#join(this.#byNamespace, object.metadata.namespace, key);
    this.#join(this.#indexes.owner, controllerOf(object)?.uid, key);
    this.#join(this.#indexes.node, nodeOf(object), key);
    for (const [label, index] of this.#byLabel) this.#join(index, labelValue(object, label), key);
  }

  /** Most changes leave owner, node and labels alone and share them with the object before. */
  #refile(key: ObjectKey, object: KubernetesObject, old: KubernetesObject): void {
    const { ownerReferences, labels } = object.metadata;
    if (old.metadata.ownerReferences !== ownerReferences) {
      this.#move(this.#indexes.owner, { before: controllerOf(old)?.uid, now: controllerOf(object)?.uid }, key);
    }
    if (old['spec'] !== object['spec']) {
      this.#move(this.#indexes.node, { before: nodeOf(old), now: nodeOf(object) }, key);
    }
    if (old.metadata.labels === labels) return;
    for (const [label, index] of this.#byLabel) {
      this.#move(index, { before: labelValue(old, label), now: labelValue(object, label) }, key);
    }
  }

  #namespaceIndex(): Index {
    if (this.#byNamespace === undefined) {
      this.#byNamespace = new Map();
      for (const [key, { metadata }] of this.#objects) this.#join(this.#byNamespace, metadata.namespace, key);
    }
    return this.#byNamespace;
  }

  /** The index of the label key in `namespace/key=value`; made when it is first asked for. */
  #labelIndex(value: string): Index {
    const label = value.slice(value.indexOf('/') + 1, value.lastIndexOf('='));
    let index = this.#byLabel.get(label);
    if (index === undefined) {
      this.#byLabel.set(label, (index = new Map()));
      for (const [key, object] of this.#objects) {
        const has = labelValue(object, label);
        this.#join(index, has, key);
      }
    }
    return index;
  }

  #move(
    index: Index,
    place: { readonly before: string | undefined; readonly now: string | undefined },
    key: ObjectKey,
  ) {
    if (place.before === place.now) return;
    leave(index, place.before, key);
    this.#join(index, place.now, key);
  }

  #join(index: Index, value: string | undefined, key: ObjectKey): void {
    if (value === undefined) return;
    let bucket = index.get(value);
    if (bucket === undefined) index.set(value, (bucket = new Bucket(this.#objects)));
    bucket.add(key);
  }
}

/** What an object is filed under in the index of a label key. */
function labelValue(object: KubernetesObject, label: string): string | undefined {
  const { namespace, labels } = object.metadata;
  const value = labels?.[label];
  return value === undefined ? undefined : `${namespace ?? ''}/${label}=${value}`;
}

function leave(index: Index, value: string | undefined, key: ObjectKey): void {
  if (value === undefined) return;
  const bucket = index.get(value);
  bucket?.delete(key);
  if (bucket?.size === 0) index.delete(value);
}
