// What makes the controller look at a DaemonSet again, and what it has been waiting to see.

import { controllerOf } from '../../../kubernetes/object.ts';
import { matchesLabels } from '../../../kubernetes/selector.ts';
import { podKind } from '../../kubelet/pod.ts';
import { nodeKind } from '../../nodes/node.ts';
import { fitOf } from './node-fit.ts';
import { isReady } from './pass-context.ts';
import { daemonSetKind } from './types.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { Pod } from '../../kubelet/pod.ts';
import type { Node } from '../../nodes/node.ts';
import type { Change, ObjectKey } from '../../store/store.ts';
import type { Informer, WorkQueue } from '../controller.ts';
import type { Expectations } from '../replicaset/expectations.ts';
import type { DaemonSet } from './types.ts';

/** What the handlers need. */
export interface WakeUpOptions {
  readonly informer: Informer;
  readonly queue: WorkQueue;
  readonly expectations: Expectations;
}

/** Registers the handlers. */
export function watchForWork({ informer, queue, expectations }: WakeUpOptions): void {
  informer.on(daemonSetKind, ({ type, key, object, old }) => {
    const replaced = old !== undefined && old.metadata.uid !== object.metadata.uid;
    if (type === 'DELETED' || replaced) expectations.forget(key);
    queue.enqueue(key);
  });
  informer.on(podKind, (change) => podChanged({ informer, queue, expectations }, change));
  informer.on(nodeKind, ({ type, object, old }) => {
    for (const [key, set] of informer.list(daemonSetKind)) {
      if (type === 'DELETED' || fitChanged(set as DaemonSet, object as Node, old as Node | undefined))
        queue.enqueue(key);
    }
  });
}

function fitChanged(set: DaemonSet, node: Node, old: Node | undefined): boolean {
  const fit = fitOf(set, node);
  if (old === undefined) return fit.shouldRun;
  const before = fitOf(set, old);
  return fit.shouldRun !== before.shouldRun || fit.mayStay !== before.mayStay;
}

function podChanged(options: WakeUpOptions, { type, key, object, old }: Change): void {
  const { informer, queue, expectations } = options;
  const pod = object as Pod;
  const set = ownerKey(informer, pod);
  if (type === 'DELETED' || pod.metadata.deletionTimestamp !== undefined) {
    if (set === undefined) return;
    expectations.deletionObserved(set, key);
    queue.enqueue(set);
    return;
  }
  if (old !== undefined && controllerOf(old)?.uid !== controllerOf(pod)?.uid) {
    const before = ownerKey(informer, old);
    if (before !== undefined) queue.enqueue(before);
  }
  if (set === undefined) {
    if (controllerOf(pod) === undefined && old?.metadata.labels !== pod.metadata.labels) wakeMatching(options, pod);
    return;
  }
  if (type === 'ADDED') expectations.creationObserved(set);
  queue.enqueue(set);
  const { minReadySeconds = 0 } = (informer.get(daemonSetKind, set) as DaemonSet).spec;
  if (minReadySeconds > 0 && old !== undefined && !isReady(old as Pod) && isReady(pod)) {
    // One second more against clocks that differ, as upstream.
    queue.enqueueAfter(set, (minReadySeconds + 1) * 1_000_000);
  }
}

function ownerKey(informer: Informer, pod: KubernetesObject): ObjectKey | undefined {
  const reference = controllerOf(pod);
  if (reference?.kind !== 'DaemonSet') return undefined;
  const key = `${pod.metadata.namespace}/${reference.name}`;
  return informer.get(daemonSetKind, key)?.metadata.uid === reference.uid ? key : undefined;
}

function wakeMatching({ informer, queue }: WakeUpOptions, { metadata }: Pod): void {
  for (const [key, set] of informer.by(daemonSetKind, 'namespace', metadata.namespace ?? '')) {
    if (matchesLabels((set as DaemonSet).spec.selector, metadata.labels)) queue.enqueue(key);
  }
}
