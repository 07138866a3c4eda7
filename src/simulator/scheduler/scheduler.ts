// The scheduler: one pod after the other gets the best node that can take it, or is told why none can (SCHED).

import { draw } from '../profile.ts';
import { follow } from '../follow.ts';
import { podKind } from '../kubelet/pod.ts';
import { nodeKind } from '../nodes/node.ts';
import { ClaimUsers } from '../volumes/claim-users.ts';
import { VolumeIndex } from '../volumes/volume-index.ts';
import { claimKind, classKind, volumeKind } from '../volumes/volume.ts';
import { claimKeysOf, planClaims } from './claim-plan.ts';
import { ClusterCache } from './cluster-cache.ts';
import { filterNode, isRejection } from './filters.ts';
import { bindPod, reportUnschedulable } from './pod-writes.ts';
import { requestsOf } from './requests.ts';
import { SchedulingQueue } from './scheduling-queue.ts';
import { compareNodes } from './score.ts';
import { planSpread } from './topology-spread.ts';
import { explainObstacle, explainRejections } from './unschedulable.ts';
import { VolumeBinder } from './volume-binder.ts';
import { WaitingRoom } from './waiting-room.ts';
import type { Micros } from '../clock.ts';
import type { Plant } from '../controllers/controller.ts';
import type { Pod } from '../kubelet/pod.ts';
import type { Random } from '../random.ts';
import type { Change, ObjectKey } from '../store/store.ts';
import type { VolumeDecision } from './claim-plan.ts';
import type { NodeInfo } from './cluster-cache.ts';
import type { Cause, FilterContext, Rejection } from './filters.ts';
import type { Unschedulable } from './unschedulable.ts';

const schedulerName = 'default-scheduler';

/** Starts the scheduler; it sees what exists already. */
export function startScheduler(plant: Plant): void {
  const scheduler = new Scheduler(plant);
  const { store } = plant.api;
  follow(store, nodeKind, (change) => scheduler.observeNode(change));
  follow(store, volumeKind, (change) => scheduler.observeVolume(change));
  follow(store, classKind, () => scheduler.wake(['claim', 'volume']));
  follow(store, podKind, (change) => scheduler.observePod(change));
  follow(store, claimKind, (change) => scheduler.observeClaim(change));
}

class Scheduler {
  readonly #plant: Plant;
  readonly #random: Random;
  readonly #cache = new ClusterCache();
  readonly #volumes = new VolumeIndex();
  readonly #users = new ClaimUsers();
  readonly #context: FilterContext;
  readonly #queue = new SchedulingQueue();
  readonly #waiting = new WaitingRoom();
  readonly #binder: VolumeBinder;
  /** Uids of pods that have a node in the scheduler's mind while their volumes are bound. */
  readonly #assumed = new Set<string>();
  /** Bindings that failed in a row, by the pod's uid. */
  readonly #failures = new Map<string, number>();
  #lastTurn: Micros = 0;

  constructor(plant: Plant) {
    this.#plant = plant;
    this.#random = plant.random.stream('scheduler');
    this.#binder = new VolumeBinder(plant);
    const lister = plant.api.store;
    this.#context = { cache: this.#cache, lister, volumes: this.#volumes, users: this.#users };
  }

  observeNode(change: Change): void {
    this.#cache.observeNode(change);
    if (change.type !== 'DELETED') this.wake(['node', 'resources', 'affinity', 'volume']);
  }

  observeVolume(change: Change): void {
    this.#volumes.observe(change);
    // Any write of a volume may be what a pod waits for, its Bound too (VB-09; the plugin gives no hint for volumes).
    if (change.type !== 'DELETED') this.wake(['volume']);
  }

  observeClaim({ key }: Change): void {
    this.#binder.observeClaim(key);
    for (const pod of this.#waiting.waitingForClaim(key)) this.#enqueue(pod);
  }

  observePod(change: Change): void {
    const pod = change.object as Pod;
    this.#users.observe(change);
    if (pod.spec.nodeName !== undefined) this.#observePlaced(change);
    else if (change.type === 'DELETED') this.#drop(change.key, pod);
    else if (change.type === 'ADDED' || asksAgain(pod, change.old as Pod | undefined)) this.#enqueue(change.key);
  }

  /** Tries pods again that wait for a change of these kinds. */
  wake(causes: readonly Cause[]): void {
    for (const pod of this.#waiting.waitingFor(causes)) this.#enqueue(pod);
  }

  #observePlaced(change: Change): void {
    const { uid } = change.object.metadata;
    const held = this.#cache.holds(uid);
    this.#cache.observePod(change);
    this.#waiting.remove(change.key);
    if (held && !this.#cache.holds(uid)) this.wake(['resources', 'affinity']);
    else if (change.type === 'ADDED' || changesGroup(change)) {
      this.wake(['affinity']);
    }
  }

  #drop(key: ObjectKey, pod: Pod): void {
    this.#waiting.remove(key);
    this.#binder.abandon(key);
    this.#failures.delete(pod.metadata.uid);
    if (!this.#assumed.delete(pod.metadata.uid)) return;
    this.#cache.forget(pod.metadata.uid);
    this.wake(['resources', 'affinity']);
  }

  /** A pod's turn comes when the scheduler's cache knows of it, never before that of a pod that was queued earlier. */
  #enqueue(key: ObjectKey): void {
    const { api, clock, profile } = this.#plant;
    const pod = api.store.get(podKind, key) as Pod | undefined;
    if (pod === undefined || !this.#queue.push(key, pod.spec.priority ?? 0)) return;
    this.#waiting.remove(key);
    this.#lastTurn = Math.max(this.#lastTurn, clock.now + draw(profile.latencies.informerLag, this.#random));
    clock.after(this.#lastTurn - clock.now, 'work', `scheduler: ${key}`, () => this.#turn());
  }

  #turn(): void {
    const key = this.#queue.pop();
    if (key === undefined) return;
    const pod = this.#plant.api.store.get(podKind, key) as Pod | undefined;
    if (pod === undefined || !isMine(pod) || this.#assumed.has(pod.metadata.uid)) return;
    const found = this.#place(pod);
    if ('message' in found) this.#refuse(key, pod, found);
    else this.#reserve(key, pod, found.info, found.decision);
  }

  #place(pod: Pod): Unschedulable | { readonly info: NodeInfo; readonly decision: VolumeDecision } {
    const claims = planClaims(this.#context, pod);
    if ('message' in claims) return explainObstacle(this.#cache.nodes.size, claims);
    const candidate = { pod, requests: requestsOf(pod), claims, spreads: planSpread(this.#cache, pod) };
    const rejections: Rejection[] = [];
    let best: { readonly info: NodeInfo; readonly decision: VolumeDecision } | undefined;
    for (const info of this.#cache.nodes.values()) {
      const answer = filterNode(this.#context, candidate, info);
      if (isRejection(answer)) rejections.push(answer);
      else if (best === undefined || compareNodes(pod, info, best.info) < 0) best = { info, decision: answer };
    }
    return best ?? explainRejections(rejections);
  }

  #reserve(key: ObjectKey, pod: Pod, info: NodeInfo, decision: VolumeDecision): void {
    const nodeName = info.node.metadata.name;
    this.#cache.place(pod, nodeName);
    this.#assumed.add(pod.metadata.uid);
    if (decision.reserve.length + decision.provision.length === 0) {
      // Bindings are sent while the next pods have their turns; that a pod cannot be placed is told without this delay.
      const { clock, profile } = this.#plant;
      const delay = draw(profile.latencies.scheduling, this.#random);
      clock.after(delay, 'work', `scheduler: bind ${key}`, () => this.#bind(key, pod, nodeName));
      return;
    }
    this.#binder.bind({ key, pod, nodeName }, decision, (outcome) => {
      if (outcome.kind === 'bound') this.#bind(key, pod, nodeName);
      else this.#giveUp(key, pod, outcome.message);
    });
  }

  #bind(key: ObjectKey, pod: Pod, nodeName: string): void {
    // The pod was deleted meanwhile.
    if (!this.#assumed.has(pod.metadata.uid)) return;
    const refusal = bindPod(this.#plant, pod, nodeName);
    this.#assumed.delete(pod.metadata.uid);
    if (refusal === undefined) this.#failures.delete(pod.metadata.uid);
    else this.#giveUp(key, pod, refusal);
  }

  /** A node was found, but the pod could not be bound to it: it is tried again after 1, 2, 4, 8, 10 s (SCHED-06). */
  #giveUp(key: ObjectKey, pod: Pod, message: string): void {
    this.#assumed.delete(pod.metadata.uid);
    this.#cache.forget(pod.metadata.uid);
    if (this.#plant.api.store.get(podKind, key)?.metadata.uid !== pod.metadata.uid) return;
    reportUnschedulable(this.#plant, pod, { message, reason: 'SchedulerError' });
    const failures = this.#failures.get(pod.metadata.uid) ?? 0;
    this.#failures.set(pod.metadata.uid, failures + 1);
    const backoff = Math.min(2 ** failures, 10) * 1_000_000;
    this.#plant.clock.after(backoff, failures < 4 ? 'work' : 'retry', `scheduler: ${key}`, () => this.#enqueue(key));
  }

  #refuse(key: ObjectKey, pod: Pod, { message, causes }: Unschedulable): void {
    this.#waiting.add(key, { causes, claims: claimKeysOf(pod) });
    reportUnschedulable(this.#plant, pod, { message, reason: 'Unschedulable' });
  }
}

/** Pods of other schedulers, gated ones and those being deleted are not placed (SCHED-10, -12, -13). */
function isMine({ spec, metadata }: Pod): boolean {
  return (
    spec.nodeName === undefined &&
    metadata.deletionTimestamp === undefined &&
    (spec.schedulerName ?? schedulerName) === schedulerName &&
    (spec.schedulingGates ?? []).length === 0
  );
}

/** Pods count for each other by their labels, and not any more once they are being deleted. */
function changesGroup({ object, old }: Change): boolean {
  const [now, before] = [object.metadata, old?.metadata];
  return before?.labels !== now.labels || before?.deletionTimestamp !== now.deletionTimestamp;
}

/** Changes of a waiting pod's status are the scheduler's own and change nothing. */
function asksAgain(pod: Pod, old: Pod | undefined): boolean {
  return old?.spec !== pod.spec || old.metadata.labels !== pod.metadata.labels;
}
