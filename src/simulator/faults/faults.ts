// Puts faults into a simulation. What cannot be done is answered with the reason, and nothing is changed then.

import { nodeKind } from '../nodes/node.ts';
import { podKind } from '../kubelet/pod.ts';
import type { KindKey } from '../../kubernetes/kind.ts';
import type { Plant } from '../controllers/controller.ts';
import type { Kubelets } from '../kubelet/kubelets.ts';
import type { Pod } from '../kubelet/pod.ts';
import type { NodeMonitor } from '../nodes/node-monitor.ts';
import type { PodFaultBook, PodTarget } from './pod-faults.ts';

/** A fault, in the terms of the port. */
export type SimulatedFault =
  | {
      readonly how: 'notReady' | 'stop' | 'partitioned';
      readonly targets: readonly SimulatedTarget[];
      readonly container?: string;
    }
  | {
      readonly how: 'crash';
      readonly targets: readonly SimulatedTarget[];
      readonly container?: string;
      readonly times: number;
    }
  | { readonly how: 'recover'; readonly targets: readonly SimulatedTarget[] };

/** Whom a fault strikes: with a uid that object, without one whoever bears the name, also later. */
export interface SimulatedTarget {
  readonly kind: KindKey;
  readonly name: string;
  readonly uid?: string;
}

/** What faults act on. */
export interface FaultyPlant {
  readonly plant: Plant;
  readonly book: PodFaultBook;
  readonly kubelets: Kubelets;
  readonly monitor: NodeMonitor;
}

/** Puts a fault in. The answer is the reason why it cannot be, undefined when it was done. */
export function injectFault(on: FaultyPlant, fault: SimulatedFault, namespace: string): string | undefined {
  for (const target of fault.targets) {
    const reason = refusalOf(on, fault, target, namespace);
    if (reason !== undefined) return reason;
  }
  for (const target of fault.targets) {
    if (target.kind === podKind) strikePod(on, fault, target, namespace);
    else strikeNode(on, fault, target);
  }
  return undefined;
}

function refusalOf(
  { monitor, plant }: FaultyPlant,
  fault: SimulatedFault,
  { kind, name }: SimulatedTarget,
  namespace: string,
): string | undefined {
  const { how } = fault;
  const target = `${kind}/${name}`;
  if (kind === nodeKind) {
    if (how === 'notReady' || how === 'crash') {
      return `${target} cannot be made to ${how}: nodes can be stop or partitioned`;
    }
    return monitor.knows(name) ? undefined : `${target} is not a node of this cluster`;
  }
  if (kind !== podKind) return `${target} cannot fail: faults strike pods and nodes`;
  if (how === 'stop' || how === 'partitioned') {
    return `${target} cannot be made to ${how}: pods can be notReady or crash`;
  }
  const pod = plant.api.store.get(podKind, `${namespace}/${name}`) as Pod | undefined;
  const names = pod && [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].map((container) => container.name);
  if (how === 'recover' || fault.container === undefined || names === undefined) return undefined;
  return names.includes(fault.container)
    ? undefined
    : `${target} has no container "${fault.container}"; it has: ${names.join(', ')}`;
}

function strikePod(
  { plant, book, kubelets }: FaultyPlant,
  fault: SimulatedFault,
  { name, uid }: SimulatedTarget,
  namespace: string,
): void {
  const key = `${namespace}/${name}`;
  const present = plant.api.store.get(podKind, key) as Pod | undefined;
  const container = 'container' in fault ? fault.container : undefined;
  const target: PodTarget = {
    key,
    ...(uid !== undefined && { uid }),
    ...(container !== undefined && { container }),
  };
  if (fault.how === 'notReady') book.holdBack(target);
  else if (fault.how === 'crash') book.crash(target, fault.times);
  else book.recover({ key, uid: uid ?? present?.metadata.uid ?? '' });
  const worker = present && kubelets.worker(present.metadata.uid);
  if (fault.how === 'crash') worker?.crash();
  else worker?.faultsChanged();
}

function strikeNode({ monitor }: FaultyPlant, { how }: SimulatedFault, { name }: SimulatedTarget): void {
  if (how === 'recover') monitor.recover(name);
  else monitor.silence(name, how === 'stop' ? 'off' : 'partitioned');
}
