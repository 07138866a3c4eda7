// The garbage collector: deletes what has lost all of its owners, and carries out foreground and orphaning deletion
// (API-GC). Upstream: pkg/controller/garbagecollector.

import { composeKindKey, kindKey } from '../../kubernetes/kind.ts';
import { draw } from '../profile.ts';
import { same } from '../store/same.ts';
import { foregroundFinalizer, GarbageGraph, orphanFinalizer, waitsFor, type GarbageItem } from './garbage-graph.ts';
import { readLive } from './read-live.ts';
import type { KubernetesObject, ObjectMeta, OwnerReference } from '../../kubernetes/object.ts';
import type { ApiServer, DeleteOptions, Result } from '../api/server.ts';
import type { ObjectKey } from '../store/store.ts';
import type { Controller, Pass, PassOutcome, Plant } from './controller.ts';
import type { ProcessInformer } from './informer.ts';
import type { Task } from './task.ts';

const name = 'garbage-collector-controller';
const done: PassOutcome = { kind: 'done' };

/** Creates the collector. It follows every kind but Events, which own nothing and are owned by nobody (API-GC-12). */
export function createGarbageCollector(plant: Plant, informer: ProcessInformer): Controller {
  const { api, events, profile } = plant;
  const random = plant.random.stream(name);
  let look: (uid: string) => void = () => {};
  const graph = new GarbageGraph((uid) => look(uid));
  const collection: Collection = { api, graph, events };
  return {
    name,
    workers: 20,
    start(_informer, queue) {
      look = (uid) => queue.enqueueAfter(uid, draw(profile.latencies.garbageCollection, random));
      informer.onEvery((change) => graph.observe(change), new Set([composeKindKey('', 'Event')]));
    },
    reconcile: (uid) => collect(collection, uid),
  };
}

interface Collection {
  readonly api: ApiServer;
  readonly graph: GarbageGraph;
  readonly events: Plant['events'];
}

/** One look at one object. */
function* collect(collection: Collection, uid: string): Pass {
  const { api, graph } = collection;
  const item = graph.get(uid);
  if (item === undefined) return done;
  const read: Result = yield () => readLive(api, item.kind, item.key);
  // Gone, or another object of the same name: its DELETED is on its way.
  if (!read.ok || read.value.metadata.uid !== uid) return done;
  const live = read.value;
  const waits = waitsFor(live);
  if (waits === 'orphan') return yield* orphan(collection, item);
  if (waits === 'foreground') return yield* awaitDependents(collection, item);
  return live.metadata.deletionTimestamp === undefined ? yield* judge(collection, item, live) : done;
}

/** The owners of an object, by what they mean for it. */
interface Owners {
  /** Alive. */
  readonly solid: readonly OwnerReference[];
  /** Absent: no such object, or one with another uid (API-GC-08). */
  readonly dangling: readonly OwnerReference[];
  /** Being deleted in the foreground. */
  readonly waiting: readonly OwnerReference[];
}

/** An object that nobody deletes yet: has it lost its owners? */
function* judge(collection: Collection, item: GarbageItem, live: KubernetesObject): Pass {
  const references = live.metadata.ownerReferences ?? [];
  if (references.length === 0) return done;
  const unknown = references.find((reference) => collection.api.kind(kindKey(reference)) === undefined);
  if (unknown !== undefined) {
    // Whether the owner exists cannot be known, so nothing is deleted; a kind served later answers a retry.
    return { kind: 'error', message: `unable to get REST mapping for ${unknown.apiVersion}/${unknown.kind}.` };
  }
  if (misplaced(collection, item, live, references)) return done;
  const owners = yield* classify(collection, item, references);
  const lost = [...owners.dangling, ...owners.waiting];
  if (owners.solid.length > 0) {
    return lost.length === 0 ? done : yield* release(collection.api, item, lost);
  }
  const dependents = collection.graph.dependentsOf(item.uid);
  if (owners.waiting.length > 0 && dependents.length > 0) {
    if (dependents.some((dependent) => dependent.waiting === 'foreground')) yield* unblock(collection.api, item);
    return yield* deleteItem(collection.api, item, live, 'Foreground');
  }
  return yield* deleteItem(collection.api, item, live, policyOf(live));
}

/**
 * An owner that lives in another namespace counts as absent, and is told of (API-GC-10). A cluster-scoped object with a
 * namespaced owner is never collected: true.
 */
function misplaced(
  { api, graph, events }: Collection,
  item: GarbageItem,
  live: KubernetesObject,
  references: readonly OwnerReference[],
): boolean {
  let uncollectable = false;
  for (const reference of references) {
    const namespaced = api.kind(kindKey(reference))?.namespaced === true;
    if (!namespaced) continue;
    if (item.namespace === undefined) uncollectable = true;
    const owner = graph.get(reference.uid);
    if (item.namespace !== undefined && (owner === undefined || owner.namespace === item.namespace)) continue;
    const { apiVersion, kind, name: ownerName, uid } = reference;
    const identity = `[${apiVersion}/${kind}, namespace: ${item.namespace ?? ''}, name: ${ownerName}, uid: ${uid}]`;
    events.record({
      component: name,
      about: live,
      type: 'Warning',
      reason: 'OwnerRefInvalidNamespace',
      message: `ownerRef ${identity} does not exist in namespace "${item.namespace ?? ''}"`,
    });
  }
  return uncollectable;
}

function* classify({ api, graph }: Collection, item: GarbageItem, references: readonly OwnerReference[]): Task<Owners> {
  const asked = references.filter(({ uid }) => !graph.isAbsent(uid));
  const dangling = references.filter(({ uid }) => graph.isAbsent(uid));
  const solid: OwnerReference[] = [];
  const waiting: OwnerReference[] = [];
  if (asked.length === 0) return { solid, dangling, waiting };
  const reads: readonly Result[] = yield asked.map((reference) => () => {
    const kind = kindKey(reference);
    const key: ObjectKey = api.kind(kind)?.namespaced === true ? `${item.namespace}/${reference.name}` : reference.name;
    return readLive(api, kind, key);
  });
  for (const [position, reference] of asked.entries()) {
    const read = reads[position];
    if (read?.ok !== true || read.value.metadata.uid !== reference.uid) {
      dangling.push(reference);
      graph.noteAbsent(reference.uid);
    } else if (waitsFor(read.value) === 'foreground') waiting.push(reference);
    else solid.push(reference);
  }
  return { solid, dangling, waiting };
}

/** Removes references that mean nothing any more, while another owner keeps the object alive (API-GC-07). */
function* release(api: ApiServer, item: GarbageItem, lost: readonly OwnerReference[]): Pass {
  const written: Result = yield () => withoutOwners(api, item, new Set(lost.map(({ uid }) => uid)));
  return outcome(written);
}

/** Owners and dependents that wait for each other would wait forever: this object stops blocking its owners. */
function* unblock(api: ApiServer, item: GarbageItem): Task<void> {
  yield () =>
    changeMetadata(api, item, (metadata) => ({
      ...metadata,
      ownerReferences: (metadata.ownerReferences ?? []).map(unblocking),
    }));
}

function unblocking(reference: OwnerReference): OwnerReference {
  return { ...reference, blockOwnerDeletion: false };
}

function* deleteItem(
  api: ApiServer,
  { kind, key, uid }: GarbageItem,
  live: KubernetesObject,
  propagationPolicy: NonNullable<DeleteOptions['propagationPolicy']>,
): Pass {
  const { resourceVersion, ownerReferences } = live.metadata;
  const deleted: Result = yield () =>
    api.delete(kind, key, { propagationPolicy, preconditions: { uid, resourceVersion } });
  if (deleted.ok || deleted.status.code !== 409) return outcome(deleted);
  // Something else changed on the object; as long as its owners are those that were looked up, that does not matter.
  const read: Result = yield () => readLive(api, kind, key);
  if (!read.ok || read.value.metadata.uid !== uid) return done;
  if (!same(read.value.metadata.ownerReferences, ownerReferences)) return outcome(deleted);
  const again: Result = yield () => api.delete(kind, key, { propagationPolicy, preconditions: { uid } });
  return outcome(again);
}

/** Foreground: once no dependent blocks the object, it may go (API-GC-04, API-GC-05). */
function* awaitDependents({ api, graph }: Collection, item: GarbageItem): Pass {
  const blocked = graph
    .dependentsOf(item.uid)
    .some(({ owners }) => owners.some((owner) => owner.uid === item.uid && owner.blockOwnerDeletion === true));
  // Each dependent is looked at by itself, and its end brings the collector back here.
  if (blocked) return done;
  const written: Result = yield () => withoutFinalizer(api, item, foregroundFinalizer);
  return outcome(written);
}

/** Orphaning: every dependent forgets the object, then it may go (API-GC-06). */
function* orphan({ api, graph }: Collection, item: GarbageItem): Pass {
  const uids = new Set([item.uid]);
  const results: readonly Result[] = yield graph
    .dependentsOf(item.uid)
    .map((dependent) => () => withoutOwners(api, dependent, uids));
  for (const result of results) {
    const released = outcome(result);
    if (released.kind === 'error') return released;
  }
  const written: Result = yield () => withoutFinalizer(api, item, orphanFinalizer);
  return outcome(written);
}

/** The finalizer that an object already has tells how it wants to be deleted (API-GC-09). */
function policyOf({
  metadata: { finalizers = [] },
}: KubernetesObject): NonNullable<DeleteOptions['propagationPolicy']> {
  if (finalizers.includes(orphanFinalizer)) return 'Orphan';
  return finalizers.includes(foregroundFinalizer) ? 'Foreground' : 'Background';
}

/** What is gone already needs no more work. */
function outcome(result: Result): PassOutcome {
  if (result.ok || result.status.code === 404) return done;
  return { kind: 'error', message: result.status.message ?? `refused with ${result.status.code}` };
}

function withoutOwners(api: ApiServer, item: GarbageItem, uids: ReadonlySet<string>): Result {
  return changeMetadata(api, item, ({ ownerReferences = [], ...metadata }) => {
    const rest = ownerReferences.filter(({ uid }) => !uids.has(uid));
    return rest.length === 0 ? metadata : { ...metadata, ownerReferences: rest };
  });
}

function withoutFinalizer(api: ApiServer, item: GarbageItem, finalizer: string): Result {
  return changeMetadata(api, item, ({ finalizers = [], ...metadata }) => {
    const rest = finalizers.filter((each) => each !== finalizer);
    return rest.length === 0 ? metadata : { ...metadata, finalizers: rest };
  });
}

function changeMetadata(
  api: ApiServer,
  { kind, key, uid }: GarbageItem,
  change: (metadata: ObjectMeta) => ObjectMeta,
): Result {
  return api.update(kind, key, (current) => ({ ...current, metadata: change(current.metadata) }), {
    uid,
    manager: 'kube-controller-manager',
  });
}
