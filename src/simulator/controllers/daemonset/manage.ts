// Which nodes get a pod and which pods go, whatever their template (DS-01, -06, -07, -09). Follows podsShouldBeOnNode of
// pkg/controller/daemon/daemon_controller.go.

import { component, isAvailable, isReady } from './pass-context.ts';
import { hashLabel } from './types.ts';
import type { Micros } from '../../clock.ts';
import type { Pod } from '../../kubelet/pod.ts';
import type { NodeFit } from './node-fit.ts';
import type { PassContext, Placement } from './pass-context.ts';

/** What a pass is to do. */
export interface Changes {
  readonly create: readonly string[];
  readonly remove: readonly Pod[];
  /** When to look again, if something only has to be waited for. */
  readonly wait?: Micros;
}

interface Draft {
  readonly create: string[];
  readonly remove: Pod[];
  wait: Micros | undefined;
}

/** Decides for every node, and for pods whose node is gone before they were bound. */
export function planPods(
  pass: PassContext,
  { nodes, pods }: Placement,
  options: { readonly hash: string; readonly surges: boolean },
): Changes {
  const draft: Draft = { create: [], remove: [], wait: undefined };
  for (const [node, fit] of nodes) planNode(pass, draft, { ...options, node, fit, pods: pods.get(node) ?? [] });
  for (const [node, there] of pods) {
    if (nodes.has(node)) continue;
    for (const pod of there) if (pod.spec.nodeName === undefined && isStaying(pod)) draft.remove.push(pod);
  }
  const { wait, ...changes } = draft;
  return wait === undefined ? changes : { ...changes, wait };
}

interface OnNode {
  readonly node: string;
  readonly fit: NodeFit;
  readonly pods: readonly Pod[];
  readonly hash: string;
  readonly surges: boolean;
}

function planNode(pass: PassContext, draft: Draft, on: OnNode): void {
  const { node, fit, pods } = on;
  if (fit.shouldRun && pods.length === 0) draft.create.push(node);
  else if (fit.mayStay) keepOne(pass, draft, on);
  else draft.remove.push(...pods.filter(isStaying));
}

function keepOne(pass: PassContext, draft: Draft, on: OnNode): void {
  const running: Pod[] = [];
  for (const pod of on.pods.filter(isStaying)) {
    const { phase } = pod.status;
    if (phase === 'Failed') removeFailed(pass, draft, { pod, node: on.node });
    else if (phase === 'Succeeded') {
      tell(
        pass,
        'Normal',
        'SucceededDaemonPod',
        `Found succeeded daemon pod ${textOf(pod)} on node ${on.node}, will try to delete it`,
      );
      draft.remove.push(pod);
    } else running.push(pod);
  }
  if (running.length <= 1) return;
  if (on.surges) keepPair(pass, draft, { running, hash: on.hash });
  else draft.remove.push(...running.slice(1));
}

function removeFailed(
  pass: PassContext,
  draft: Draft,
  { pod, node }: { readonly pod: Pod; readonly node: string },
): void {
  const wait = pass.backoff.waitFor(pass.key, node, pass.plant.clock.now);
  if (wait > 0) {
    draft.wait = Math.min(draft.wait ?? wait, wait);
    return;
  }
  tell(
    pass,
    'Warning',
    'FailedDaemonPod',
    `Found failed daemon pod ${textOf(pod)} on node ${node}, will try to kill it`,
  );
  draft.remove.push(pod);
}

/** While a node surges it may have the old pod beside the new one, as long as only the old one serves. */
function keepPair(
  { set, plant }: PassContext,
  draft: Draft,
  { running, hash }: { readonly running: readonly Pod[]; readonly hash: string },
): void {
  const [fresh, ...moreFresh] = running.filter((pod) => pod.metadata.labels?.[hashLabel] === hash);
  const [old, ...moreOld] = running.filter((pod) => pod.metadata.labels?.[hashLabel] !== hash);
  draft.remove.push(...moreFresh, ...moreOld);
  if (fresh === undefined || old === undefined) return;
  if (!isReady(old) || isAvailable(fresh, set, plant.clock.now)) draft.remove.push(old);
}

function isStaying({ metadata }: Pod): boolean {
  return metadata.deletionTimestamp === undefined;
}

function textOf({ metadata }: Pod): string {
  return `${metadata.namespace}/${metadata.name}`;
}

function tell({ plant, set }: PassContext, type: 'Normal' | 'Warning', reason: string, message: string): void {
  plant.events.record({ component, about: set, type, reason, message });
}
