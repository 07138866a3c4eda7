// Who owns whom, as the garbage collector has seen it. Kept by uid over all owner references, not only the controllers',
// so that the end of an owner costs as much as it has dependents.

import type { KindKey } from '../../kubernetes/kind.ts';
import type { KubernetesObject, OwnerReference } from '../../kubernetes/object.ts';
import type { Change, ObjectKey } from '../store/store.ts';

export const foregroundFinalizer = 'foregroundDeletion';
export const orphanFinalizer = 'orphan';

/** An object as the graph knows it. */
export interface GarbageItem {
  readonly uid: string;
  readonly kind: KindKey;
  readonly key: ObjectKey;
  readonly namespace: string | undefined;
  owners: readonly OwnerReference[];
  /** It is being deleted and waits for its dependents (`foreground`), or for them to be released (`orphan`). */
  waiting: 'foreground' | 'orphan' | undefined;
}

const none: readonly OwnerReference[] = [];
/** Entries of upstream's absentOwnerCache. */
const absentMax = 500;

/** The graph. `look` is called with the uid of each object that the collector should look at. */
export class GarbageGraph {
  readonly #items = new Map<string, GarbageItem>();
  readonly #dependents = new Map<string, Map<string, GarbageItem>>();
  readonly #look: (uid: string) => void;
  /** Owners that are known to be gone, oldest first. */
  readonly #absent = new Set<string>();

  constructor(look: (uid: string) => void) {
    this.#look = look;
  }

  get(uid: string): GarbageItem | undefined {
    return this.#items.get(uid);
  }

  /** Copied, since passes yield while they go through them. */
  dependentsOf(uid: string): readonly GarbageItem[] {
    const dependents = this.#dependents.get(uid);
    return dependents === undefined ? [] : [...dependents.values()];
  }

  /** Whether an owner is known to be gone: whoever refers to it is told without a call to the API (absentOwnerCache). */
  isAbsent(uid: string): boolean {
    return this.#absent.has(uid);
  }

  /** Remembers an owner that is gone; the oldest of so many is forgotten. */
  noteAbsent(uid: string): void {
    this.#absent.add(uid);
    if (this.#absent.size <= absentMax) return;
    for (const oldest of this.#absent) {
      this.#absent.delete(oldest);
      return;
    }
  }

  /** Takes in a change. Most changes touch nothing that matters here and cost three comparisons. */
  observe({ type, kind, key, object, old }: Change): void {
    const { metadata } = object;
    if (type === 'DELETED') {
      this.#remove(metadata.uid);
      return;
    }
    if (
      old !== undefined &&
      old.metadata.uid === metadata.uid &&
      old.metadata.ownerReferences === metadata.ownerReferences &&
      old.metadata.finalizers === metadata.finalizers &&
      old.metadata.deletionTimestamp === metadata.deletionTimestamp
    ) {
      return;
    }
    let item = this.#items.get(metadata.uid);
    if (item === undefined) {
      item = { uid: metadata.uid, kind, key, namespace: metadata.namespace, owners: none, waiting: undefined };
      this.#items.set(item.uid, item);
    }
    this.#setOwners(item, metadata.ownerReferences ?? none);
    this.#setWaiting(item, waitsFor(object));
  }

  #remove(uid: string): void {
    const item = this.#items.get(uid);
    this.#items.delete(uid);
    for (const { uid: owner } of item?.owners ?? none) this.#leave(uid, owner);
    const dependents = this.dependentsOf(uid);
    if (dependents.length > 0) this.noteAbsent(uid);
    for (const dependent of dependents) this.#look(dependent.uid);
    for (const { uid: owner } of item?.owners ?? none) this.#lookIfWaiting(owner);
  }

  #setOwners(item: GarbageItem, owners: readonly OwnerReference[]): void {
    const before = item.owners;
    if (before === owners) return;
    item.owners = owners;
    for (const { uid } of before) {
      if (!owners.some((owner) => owner.uid === uid)) this.#leave(item.uid, uid);
      this.#lookIfWaiting(uid);
    }
    let suspicious = false;
    for (const { uid } of owners) {
      const dependents = this.#dependents.get(uid);
      if (dependents === undefined) this.#dependents.set(uid, new Map([[item.uid, item]]));
      else dependents.set(item.uid, item);
      // An owner that was never seen may be on its way, or not exist: the collector reads it live (API-GC-11).
      const owner = this.#items.get(uid);
      suspicious ||= owner === undefined || owner.waiting === 'foreground' || elsewhere(owner, item);
    }
    if (suspicious) this.#look(item.uid);
  }

  #setWaiting(item: GarbageItem, waiting: GarbageItem['waiting']): void {
    if (item.waiting === waiting) return;
    item.waiting = waiting;
    if (waiting === undefined) return;
    if (waiting === 'foreground') for (const dependent of this.dependentsOf(item.uid)) this.#look(dependent.uid);
    this.#look(item.uid);
  }

  #leave(uid: string, owner: string): void {
    const dependents = this.#dependents.get(owner);
    if (dependents?.delete(uid) === true && dependents.size === 0) this.#dependents.delete(owner);
  }

  #lookIfWaiting(uid: string): void {
    if (this.#items.get(uid)?.waiting === 'foreground') this.#look(uid);
  }
}

/** A cluster-scoped owner is at home in every namespace. */
function elsewhere(owner: GarbageItem, dependent: GarbageItem): boolean {
  return owner.namespace !== undefined && owner.namespace !== dependent.namespace;
}

/** What an object that is being deleted waits for, if its finalizers are the collector's. */
export function waitsFor(object: KubernetesObject): GarbageItem['waiting'] {
  const { deletionTimestamp, finalizers } = object.metadata;
  if (deletionTimestamp === undefined || finalizers === undefined) return undefined;
  if (finalizers.includes(orphanFinalizer)) return 'orphan';
  return finalizers.includes(foregroundFinalizer) ? 'foreground' : undefined;
}
