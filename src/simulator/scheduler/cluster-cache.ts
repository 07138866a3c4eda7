// What the scheduler knows of nodes and of the pods on them: sums that are kept up change by change, so that no pod is
// counted again to place another one.

import { controllerOf } from '../../kubernetes/object.ts';
import { isFinished } from '../kubelet/pod.ts';
import { hostPortsOf, parseAmounts, requestsOf } from './requests.ts';
import type { Pod, PodAffinityTerm } from '../kubelet/pod.ts';
import type { Node } from '../nodes/node.ts';
import type { Change } from '../store/store.ts';
import type { Amounts } from './requests.ts';

/** The topology key whose domains are single nodes. */
export const hostNameLabel = 'kubernetes.io/hostname';

const noTerms: readonly PodAffinityTerm[] = [];

/** The terms by which a pod keeps others away. */
export function antiAffinityOf({ spec }: Pod): readonly PodAffinityTerm[] {
  return spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? noTerms;
}

/** One node with what is on it. */
export class NodeInfo {
  readonly pods = new Map<string, Pod>();
  readonly requested = new Map<string, number>();
  readonly hostPorts = new Map<string, number>();
  /** Those of the pods whose own anti-affinity keeps others away. */
  readonly repelling = new Map<string, Pod>();
  /** Number of pods by the uid of their controller. */
  readonly byController = new Map<string, number>();
  #node: Node;
  #allocatable: Amounts;

  constructor(node: Node) {
    this.#node = node;
    this.#allocatable = parseAmounts(node.status.allocatable);
  }

  get node(): Node {
    return this.#node;
  }

  /** What the node has for pods, by resource. */
  get allocatable(): Amounts {
    return this.#allocatable;
  }

  renew(node: Node): void {
    if (node.status.allocatable !== this.#node.status.allocatable) {
      this.#allocatable = parseAmounts(node.status.allocatable);
    }
    this.#node = node;
  }

  add(pod: Pod): void {
    this.remove(pod.metadata.uid);
    this.pods.set(pod.metadata.uid, pod);
    if (antiAffinityOf(pod).length > 0) this.repelling.set(pod.metadata.uid, pod);
    this.#count(pod, 1);
  }

  remove(uid: string): void {
    const pod = this.pods.get(uid);
    if (pod === undefined) return;
    this.pods.delete(uid);
    this.repelling.delete(uid);
    this.#count(pod, -1);
  }

  #count(pod: Pod, sign: 1 | -1): void {
    for (const [resource, amount] of requestsOf(pod)) bump(this.requested, resource, sign * amount);
    for (const port of hostPortsOf(pod.spec)) bump(this.hostPorts, port, sign);
    const controller = controllerOf(pod)?.uid;
    if (controller !== undefined) bump(this.byController, controller, sign);
  }
}

/** All nodes, and where each pod is or will be. */
export class ClusterCache {
  readonly nodes = new Map<string, NodeInfo>();
  /** Pods whose own anti-affinity keeps others away from more than their node; by uid, with the name of their node. */
  readonly repelling = new Map<string, { readonly pod: Pod; readonly nodeName: string }>();
  readonly #nodeOf = new Map<string, string>();
  /** Pods on nodes that have no Node object (yet). */
  readonly #astray = new Map<string, Map<string, Pod>>();

  observeNode({ type, object }: Change): void {
    const { name } = object.metadata;
    const known = this.nodes.get(name);
    if (type === 'DELETED') {
      this.nodes.delete(name);
      if (known !== undefined && known.pods.size > 0) this.#astray.set(name, known.pods);
    } else if (known !== undefined) {
      known.renew(object as Node);
    } else {
      const info = new NodeInfo(object as Node);
      this.nodes.set(name, info);
      for (const pod of this.#astray.get(name)?.values() ?? []) info.add(pod);
      this.#astray.delete(name);
    }
  }

  /** Whether a pod holds something of a node. */
  holds(uid: string): boolean {
    return this.#nodeOf.has(uid);
  }

  /** Takes in a pod that has a node; a finished or deleted one frees what it held (SCHED-07). */
  observePod({ type, object }: Change): void {
    const pod = object as Pod;
    const { nodeName } = pod.spec;
    if (type === 'DELETED' || isFinished(pod)) this.forget(pod.metadata.uid);
    else if (nodeName !== undefined) this.place(pod, nodeName);
  }

  /** Counts a pod on a node, before its binding is written or after. */
  place(pod: Pod, nodeName: string): void {
    const { uid } = pod.metadata;
    // What a pod holds follows from its spec, which status writes share.
    const info = this.nodes.get(nodeName);
    const held = info?.pods.get(uid);
    if (info !== undefined && held?.spec === pod.spec) {
      info.pods.set(uid, pod);
      return;
    }
    this.forget(uid);
    this.#nodeOf.set(uid, nodeName);
    if (info === undefined) {
      const astray = this.#astray.get(nodeName) ?? new Map<string, Pod>();
      this.#astray.set(nodeName, astray.set(uid, pod));
    } else {
      info.add(pod);
    }
    const wide = antiAffinityOf(pod).some(({ topologyKey }) => topologyKey !== hostNameLabel);
    if (wide) this.repelling.set(uid, { pod, nodeName });
  }

  /** The pod holds nothing any more. */
  forget(uid: string): void {
    const nodeName = this.#nodeOf.get(uid);
    if (nodeName === undefined) return;
    this.#nodeOf.delete(uid);
    this.repelling.delete(uid);
    this.nodes.get(nodeName)?.remove(uid);
    this.#astray.get(nodeName)?.delete(uid);
  }
}

function bump(counts: Map<string, number>, key: string, by: number): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}
