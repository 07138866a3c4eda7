// One pass over one ReplicaSet: claim pods, create or delete some, write the status. Follows pkg/controller/replicaset/replica_set.go.

import { matchesLabels } from '../../../kubernetes/selector.ts';
import { adopt, mayAdopt, release, releaseFailure } from '../adoption.ts';
import { aggregate, concurrently } from '../task.ts';
import { slowStartBatches } from '../slow-start.ts';
import { newPod } from './new-pod.ts';
import { rankForDeletion } from './ranking.ts';
import { computeStatus, isNews } from './status.ts';
import { podKind, replicaSetKind } from './types.ts';
import type { Result, ApiServer } from '../../api/server.ts';
import type { ObjectKey } from '../../store/store.ts';
import type { Informer, Pass, Plant } from '../controller.ts';
import type { Orphans } from '../orphans.ts';
import type { Failure, Task } from '../task.ts';
import type { Expectations } from './expectations.ts';
import type { PodFacts } from './pod-facts.ts';
import type { ReplicaIndex } from './replica-index.ts';
import type { Pod, ReplicaSet, ReplicaSetStatus } from './types.ts';

/** The component of the controller's Events. */
export const component = 'replicaset-controller';

const manager = 'kube-controller-manager';

// BurstReplicas: pods created or deleted in one pass.
const burstMax = 500;

/** One pass over one ReplicaSet. */
export interface PassContext {
  readonly api: ApiServer;
  readonly plant: Plant;
  readonly informer: Informer;
  readonly orphans: Orphans;
  readonly expectations: Expectations;
  readonly key: ObjectKey;
  readonly set: ReplicaSet;
  readonly index: ReplicaIndex;
  /** Active pods by node of the sets that belong to the same owner. */
  readonly podsOnNode: () => ReadonlyMap<string, number>;
}

/** Reconciles a ReplicaSet. */
export function* reconcileReplicaSet(pass: PassContext): Pass {
  const { set, index, expectations, key, plant } = pass;
  const satisfied = expectations.satisfied(key, plant.clock.now);
  const claimed = yield* claimPods(pass);
  if (claimed !== undefined) return { kind: 'error', message: claimed };
  index.advance(plant.clock.now);
  // The status counts what was there before this pass created or deleted anything (RS-02).
  const { counts } = index;
  const mayManage = satisfied && set.metadata.deletionTimestamp === undefined;
  const failure = mayManage ? yield* managePods(pass) : undefined;
  const status = computeStatus(set, { counts, failure, timestamp: plant.clock.timestamp });
  const refused = yield* writeStatus(pass, status);
  if (refused !== undefined) return { kind: 'error', message: refused };
  if (failure !== undefined) return { kind: 'error', message: failure };
  const minReadySeconds = set.spec.minReadySeconds ?? 0;
  if (minReadySeconds === 0 || counts.ready === counts.available) return { kind: 'done' };
  const next = index.nextAvailability();
  const wait = next === undefined ? minReadySeconds * 1_000_000 : Math.max(0, next - plant.clock.now);
  return { kind: 'done', requeueAfter: wait };
}

/** Releases active pods that do not fit any more and adopts active orphans that do (RS-08). */
function* claimPods({ api, set, index, orphans }: PassContext): Task<Failure> {
  if (set.metadata.deletionTimestamp !== undefined) return undefined;
  const failures: Failure[] = [];
  for (const [key, pod] of Array.from(index.strays)) {
    const released: Result = yield () => release(api, set, pod);
    index.removePod(key);
    failures.push(releaseFailure(released));
  }
  const candidates = [...orphans.of(set.metadata.namespace)] as [ObjectKey, Pod][];
  const fitting = candidates.filter(
    ([, pod]) => isActive(pod) && matchesLabels(set.spec.selector, pod.metadata.labels),
  );
  if (fitting.length === 0) return aggregate(failures);
  const refusal = yield* mayAdopt(api, set);
  for (const [key, pod] of fitting) {
    const { uid } = pod.metadata;
    if (refusal !== undefined) return `can't adopt Pod ${key} (${uid}): ${refusal}`;
    const adopted: Result = yield () => adopt(api, set, pod);
    if (adopted.ok) index.putPod(key, adopted.value as Pod);
    else if (adopted.status.reason !== 'NotFound') failures.push(adopted.status.message);
  }
  return aggregate(failures);
}

function isActive({ metadata, status }: Pod): boolean {
  return metadata.deletionTimestamp === undefined && status?.phase !== 'Succeeded' && status?.phase !== 'Failed';
}

/** Creates what is missing or deletes what is too many. */
function* managePods(pass: PassContext): Task<Failure> {
  const { set, index, expectations, key, plant } = pass;
  const missing = set.spec.replicas - index.active.size;
  if (missing > 0) {
    const count = Math.min(missing, burstMax);
    expectations.expectCreations(key, count, plant.clock.now);
    return yield* createPods(pass, count);
  }
  if (missing === 0) return undefined;
  const active = [...index.active.values()];
  const surplus = Math.min(-missing, burstMax);
  const ranked =
    surplus < active.length ? rankForDeletion(active, { now: plant.clock.now, podsOnNode: pass.podsOnNode() }) : active;
  const going = ranked.slice(0, surplus);
  expectations.expectDeletions(key, going.map(keyOf), plant.clock.now);
  const failures = yield* concurrently(going.map((facts) => deletePod(pass, facts)));
  return failures.find((failure) => failure !== undefined);
}

/** Slow start: a failing batch is the last one, and what was not tried is not waited for (RS-13). */
function* createPods(pass: PassContext, count: number): Task<Failure> {
  const places = Array.from({ length: count }, (_, place) => place);
  let tried = 0;
  for (const batch of slowStartBatches(places, (place) => place)) {
    tried += batch.length;
    const failures = yield* concurrently(batch.map(() => createPod(pass)));
    const failure = failures.find((told) => told !== undefined);
    if (failure === undefined) continue;
    for (let at = tried; at < count; at++) pass.expectations.creationObserved(pass.key);
    return failure;
  }
  return undefined;
}

function* createPod(pass: PassContext): Task<Failure> {
  const { api, set, plant, expectations, key } = pass;
  const manifest = newPod(set);
  const result: Result = yield () => api.create(manifest, { manager });
  const told = { component, about: set };
  if (result.ok) {
    const message = `Created pod: ${result.value.metadata.name}`;
    plant.events.record({ ...told, type: 'Normal', reason: 'SuccessfulCreate', message });
    return undefined;
  }
  expectations.creationObserved(key);
  // A namespace that is going away takes no new pods; that is neither an Event nor an error.
  if (result.status.details?.causes?.some(({ reason }) => reason === 'NamespaceTerminating') === true) return undefined;
  const message = `Error creating: ${result.status.message}`;
  plant.events.record({ ...told, type: 'Warning', reason: 'FailedCreate', message });
  return result.status.message ?? 'unknown';
}

function* deletePod({ api, set, plant, expectations, key }: PassContext, facts: PodFacts): Task<Failure> {
  const pod = keyOf(facts);
  const result: Result = yield () => api.delete(podKind, pod);
  const told = { component, about: set };
  if (result.ok) {
    const message = `Deleted pod: ${facts.pod.metadata.name}`;
    plant.events.record({ ...told, type: 'Normal', reason: 'SuccessfulDelete', message });
    return undefined;
  }
  expectations.deletionObserved(key, pod);
  if (result.status.reason === 'NotFound') return undefined;
  const message = `Error deleting: ${result.status.message}`;
  plant.events.record({ ...told, type: 'Warning', reason: 'FailedDelete', message });
  return result.status.message ?? 'unknown';
}

/** Writes a status if it has news; on a conflict once more on the live object. */
function* writeStatus({ api, key, set }: PassContext, status: ReplicaSetStatus): Task<Failure> {
  if (!isNews(status, set.status)) return undefined;
  let { resourceVersion } = set.metadata;
  for (let tries = 1; ; tries++) {
    const expected = resourceVersion;
    const result: Result = yield () =>
      api.update(replicaSetKind, key, (current) => ({ ...current, status }), {
        subresource: 'status',
        resourceVersion: expected,
        manager,
      });
    if (result.ok) return undefined;
    if (tries === 2) return result.status.message;
    const live = api.store.get(replicaSetKind, key);
    if (live === undefined) return result.status.message;
    ({ resourceVersion } = live.metadata);
  }
}

function keyOf({ pod }: PodFacts): ObjectKey {
  return `${pod.metadata.namespace}/${pod.metadata.name}`;
}
