// The node controller (NODE-05, NODE-FAIL-01 to -05): taints nodes that are cordoned or not ready, and marks the pods on
// them. Zones with many failed nodes at once (rates below one node in ten seconds) are not modelled.

import { keyOf, podCondition, podKind } from '../kubelet/pod.ts';
import { failed } from '../volumes/binding.ts';
import { nodeKind } from './node.ts';
import type { Call, Controller, Informer, Pass, PassOutcome, Plant, WorkQueue } from '../controllers/controller.ts';
import type { Result } from '../api/server.ts';
import type { Micros } from '../clock.ts';
import type { Pod } from '../kubelet/pod.ts';
import type { ObjectKey } from '../store/store.ts';
import type { Node, Taint } from './node.ts';

const second = 1_000_000;
const monitorPeriod = 5 * second;
/** One node in this time gets its NoExecute taint (NODE-FAIL-05). */
const evictionPause = 10 * second;

const unschedulable = 'node.kubernetes.io/unschedulable';
const notReady = 'node.kubernetes.io/not-ready';
const unreachable = 'node.kubernetes.io/unreachable';
const done: PassOutcome = { kind: 'done' };

/** Creates the node controller. */
export function createNodeLifecycleController(plant: Plant): Controller {
  return new NodeLifecycleController(plant);
}

class NodeLifecycleController implements Controller {
  readonly name = 'node-lifecycle-controller';
  readonly workers = 1;
  readonly #plant: Plant;
  #nextEviction: Micros = 0;

  constructor(plant: Plant) {
    this.#plant = plant;
  }

  start(informer: Informer, queue: WorkQueue): void {
    informer.on(nodeKind, ({ type, key, object, old }) => {
      if (type === 'DELETED') return;
      queue.enqueue(key);
      // Whether nodes are evicted from depends on whether any other node is ready (NODE-FAIL-04).
      if (old !== undefined && readiness(old as Node) !== readiness(object as Node)) {
        for (const other of informer.list(nodeKind).keys()) queue.enqueue(other);
      }
    });
  }

  *reconcile(key: ObjectKey): Pass {
    const { store } = this.#plant.api;
    const node = store.get(nodeKind, key) as Node | undefined;
    if (node === undefined) return done;
    const wanted = noScheduleKeys(node);
    if (differs(node, 'NoSchedule', wanted)) {
      const tainted: Result = yield () => this.#taint(key, 'NoSchedule', wanted);
      if (!tainted.ok) return failed(tainted);
    }
    if (readiness(node) !== 'True') yield this.#markPods(key);
    return yield* this.#taintNoExecute(store.get(nodeKind, key) as Node | undefined);
  }

  *#taintNoExecute(node: Node | undefined): Pass {
    if (node === undefined) return done;
    const { clock, api } = this.#plant;
    const anyReady = [...api.store.list(nodeKind).values()].some((other) => readiness(other as Node) === 'True');
    const wanted = anyReady ? failureKeys(node) : [];
    if (!differs(node, 'NoExecute', wanted)) return done;
    // Taints come at a limited rate and, like the end of a failure, with a look that is made every five seconds.
    const due = wanted.length > 0 ? this.#nextEviction : recoveredAt(node, clock.now);
    if (due > clock.now) return { kind: 'done', requeueAfter: due - clock.now };
    if (wanted.length > 0) this.#nextEviction = clock.now + evictionPause;
    const tainted: Result = yield () => this.#taint(node.metadata.name, 'NoExecute', wanted);
    return tainted.ok ? done : failed(tainted);
  }

  /** Pods on a node that is not ready are marked so; nothing else of their status changes (POD-COND-02). */
  #markPods(nodeName: string): readonly Call[] {
    const { api, clock, events } = this.#plant;
    const pods = [...api.store.by(podKind, 'node', nodeName).values()] as Pod[];
    return pods
      .filter((pod) => podCondition(pod, 'Ready')?.status === 'True')
      .map((pod) => () => {
        const message = 'Node is not ready';
        events.record({ component: 'node-controller', about: pod, type: 'Warning', reason: 'NodeNotReady', message });
        const options = { subresource: 'status', uid: pod.metadata.uid } as const;
        return api.update(podKind, keyOf(pod), (stored) => unready(stored as Pod, clock.timestamp), options);
      });
  }

  #taint(key: ObjectKey, effect: Taint['effect'], wanted: readonly string[]): Result {
    const { api, clock } = this.#plant;
    return api.update(nodeKind, key, (stored) => {
      const node = stored as Node;
      const kept = (node.spec.taints ?? []).filter((taint) => !isOwn(taint, effect) || wanted.includes(taint.key));
      const missing = wanted.filter((name) => !kept.some((taint) => taint.key === name && taint.effect === effect));
      const added = missing.map((name): Taint => ({ key: name, effect, timeAdded: clock.timestamp }));
      const { taints: _, ...spec } = node.spec;
      const taints = [...kept, ...added];
      return { ...node, spec: taints.length === 0 ? spec : { ...spec, taints } };
    });
  }
}

/** `status` of the condition Ready. */
function readiness(node: Node): string {
  return node.status.conditions?.find(({ type }) => type === 'Ready')?.status ?? 'Unknown';
}

function failureKeys(node: Node): readonly string[] {
  const ready = readiness(node);
  return ready === 'True' ? [] : [ready === 'False' ? notReady : unreachable];
}

function noScheduleKeys(node: Node): readonly string[] {
  return [...(node.spec.unschedulable === true ? [unschedulable] : []), ...failureKeys(node)];
}

/** Taints of this controller; a user's own are left alone. */
function isOwn(taint: Taint, effect: Taint['effect']): boolean {
  return taint.effect === effect && [unschedulable, notReady, unreachable].includes(taint.key);
}

function differs(node: Node, effect: Taint['effect'], wanted: readonly string[]): boolean {
  const own = (node.spec.taints ?? []).filter((taint) => isOwn(taint, effect)).map(({ key }) => key);
  return own.length !== wanted.length || wanted.some((key) => !own.includes(key));
}

/** A node that has become ready is looked at with the next tick of the monitor. */
function recoveredAt(node: Node, now: Micros): Micros {
  if (node.spec.taints?.some((taint) => isOwn(taint, 'NoSchedule') && taint.key !== unschedulable) === true) return now;
  return now % monitorPeriod === 0 ? now : now - (now % monitorPeriod) + monitorPeriod;
}

function unready(pod: Pod, lastTransitionTime: string): Pod {
  const conditions = pod.status.conditions?.map((condition) =>
    condition.type === 'Ready' && condition.status === 'True'
      ? Object.assign({}, condition, { status: 'False', lastTransitionTime } as const)
      : condition,
  );
  return conditions === undefined ? pod : { ...pod, status: { ...pod.status, conditions } };
}
