// The indexes of all sets, fed by the informer: which change belongs to which set.

import { controllerOf } from '../../../kubernetes/object.ts';
import { claimNameOf, claimTemplatesOf } from './claims.ts';
import { claimPlace, SetIndex } from './set-index.ts';
import { claimKind, keyOf, podKind, statefulSetKind } from './types.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { Change } from '../../store/store.ts';
import type { Informer } from '../controller.ts';
import type { Claim } from './claims.ts';
import type { Pod, StatefulSet } from './types.ts';

/** One index a set, by uid. */
export class SetIndexes {
  readonly #informer: Informer;
  readonly #byUid = new Map<string, SetIndex>();
  /** By `namespace/<template>-<set>`: what a claim's key is before its ordinal. */
  readonly #byClaim = new Map<string, Set<SetIndex>>();

  /** Follows the caches of sets, pods and claims. Make it before other handlers, so that they find it up to date. */
  constructor(informer: Informer) {
    this.#informer = informer;
    for (const set of informer.list(statefulSetKind).values()) this.#putSet(set as StatefulSet);
    informer.on(statefulSetKind, (change) => {
      const { uid } = change.object.metadata;
      if (change.old !== undefined && change.old.metadata.uid !== uid) this.#drop(change.old as StatefulSet);
      if (change.type === 'DELETED') this.#drop(change.object as StatefulSet);
      else this.#putSet(change.object as StatefulSet);
    });
    informer.on(podKind, (change) => this.#podChanged(change));
    informer.on(claimKind, (change) => this.#claimChanged(change));
  }

  /** The index of a set that the cache knows. */
  of(set: StatefulSet): SetIndex {
    return this.#byUid.get(set.metadata.uid) ?? this.#putSet(set);
  }

  #putSet(set: StatefulSet): SetIndex {
    const known = this.#byUid.get(set.metadata.uid);
    if (known !== undefined) {
      known.configure(set);
      return known;
    }
    const index = new SetIndex(set);
    this.#byUid.set(set.metadata.uid, index);
    this.#watchClaims(index);
    for (const pod of this.#informer.by(podKind, 'owner', set.metadata.uid).values()) {
      if (isControlledBy(pod, set)) index.putPod(pod as Pod);
    }
    return index;
  }

  #watchClaims(index: SetIndex): void {
    const { set } = index;
    const templates = claimTemplatesOf(set);
    if (templates.length === 0) return;
    for (const prefix of claimPrefixes(set)) {
      let indexes = this.#byClaim.get(prefix);
      if (indexes === undefined) this.#byClaim.set(prefix, (indexes = new Set()));
      indexes.add(index);
    }
    for (const claim of this.#informer.by(claimKind, 'namespace', set.metadata.namespace ?? '').values()) {
      putClaim(index, claim, claim);
    }
  }

  #drop(set: StatefulSet): void {
    const index = this.#byUid.get(set.metadata.uid);
    if (index === undefined) return;
    this.#byUid.delete(set.metadata.uid);
    for (const prefix of claimPrefixes(set)) this.#byClaim.get(prefix)?.delete(index);
  }

  #podChanged({ type, object, old }: Change): void {
    const index = this.#controllerOf(object);
    const before = old === undefined ? undefined : this.#controllerOf(old);
    if (before !== undefined && before !== index) before.removePod(old as Pod);
    if (type === 'DELETED') index?.removePod(object as Pod);
    else index?.putPod(object as Pod);
  }

  /** The index of the set that controls a pod; a reference to another uid never counts (STS-Q-05). */
  #controllerOf(pod: KubernetesObject): SetIndex | undefined {
    const reference = controllerOf(pod);
    if (reference === undefined || reference.kind !== 'StatefulSet') return undefined;
    const index = this.#byUid.get(reference.uid);
    return index !== undefined && isControlledBy(pod, index.set) ? index : undefined;
  }

  #claimChanged({ type, key, object }: Change): void {
    const indexes = this.#byClaim.get(key.slice(0, Math.max(0, key.lastIndexOf('-'))));
    if (indexes === undefined) return;
    for (const index of indexes) putClaim(index, object, type === 'DELETED' ? undefined : object);
  }
}

function putClaim(index: SetIndex, { metadata }: Claim, claim: Claim | undefined): void {
  const place = claimPlace(index.set, metadata.name);
  if (place !== undefined) index.putClaim(place, claim);
}

function claimPrefixes(set: StatefulSet): string[] {
  return claimTemplatesOf(set).map((template) => {
    const name = claimNameOf(set, template, 0);
    return keyOf({ metadata: { namespace: set.metadata.namespace ?? '', name: name.slice(0, -2) } });
  });
}

function isControlledBy(pod: KubernetesObject, set: StatefulSet): boolean {
  const reference = controllerOf(pod);
  return (
    reference?.uid === set.metadata.uid &&
    reference.kind === 'StatefulSet' &&
    reference.name === set.metadata.name &&
    pod.metadata.namespace === set.metadata.namespace
  );
}
