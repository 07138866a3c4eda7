// Which pods a rolling update replaces next (DS-04): at most maxUnavailable nodes are without an available pod, or at most
// maxSurge nodes have two. Follows pkg/controller/daemon/update.go.

import { scaledUp } from '../disruption/types.ts';
import { isAvailable } from './pass-context.ts';
import { hashLabel } from './types.ts';
import type { Micros } from '../../clock.ts';
import type { Pod } from '../../kubelet/pod.ts';
import type { Changes } from './manage.ts';
import type { Placement } from './pass-context.ts';
import type { DaemonSet } from './types.ts';

interface Limits {
  readonly maxUnavailable: number;
  readonly maxSurge: number;
}

/** The limits of a set for the nodes that are to have a pod; percentages round up. */
export function limitsOf({ spec }: DaemonSet, { nodes }: Placement): Limits {
  let desired = 0;
  for (const { shouldRun } of nodes.values()) if (shouldRun) desired += 1;
  const { maxUnavailable = 1, maxSurge = 0 } = spec.updateStrategy?.rollingUpdate ?? {};
  const limits = { maxUnavailable: scaledUp(maxUnavailable, desired), maxSurge: scaledUp(maxSurge, desired) };
  return limits.maxUnavailable === 0 && limits.maxSurge === 0 ? { maxUnavailable: 1, maxSurge: 0 } : limits;
}

/** The next step of a roll. */
export function planRoll(set: DaemonSet, placement: Placement, { hash, now }: Moment): Changes {
  const { maxUnavailable, maxSurge } = limitsOf(set, placement);
  const nodes = [...placement.pods].map(([node, pods]): OnNode => ({ node, pods: updatedPods(pods, hash) }));
  const at = { set, now };
  return maxSurge === 0 ? replace(nodes, at, maxUnavailable) : surge(nodes, at, maxSurge);
}

/** When, and which template is wanted. */
export interface Moment {
  readonly hash: string;
  readonly now: Micros;
}

interface OnNode {
  readonly node: string;
  /** Undefined where a pod is going, or there are several of a kind: another part of the pass is at work there. */
  readonly pods: { readonly fresh?: Pod; readonly old?: Pod } | undefined;
}

interface At {
  readonly set: DaemonSet;
  readonly now: Micros;
}

function replace(nodes: readonly OnNode[], { set, now }: At, maxUnavailable: number): Changes {
  let unavailable = 0;
  const broken: Pod[] = [];
  const candidates: Pod[] = [];
  for (const { pods } of nodes) {
    const { fresh, old } = pods ?? {};
    if ((fresh === undefined) === (old === undefined)) unavailable += 1;
    else if (fresh !== undefined) unavailable += isAvailable(fresh, set, now) ? 0 : 1;
    // What does not serve anyway is replaced at once, whatever the limit.
    else if (old !== undefined && !isAvailable(old, set, now)) broken.push(old);
    else if (old !== undefined && unavailable < maxUnavailable) candidates.push(old);
  }
  const more = Math.max(0, maxUnavailable - unavailable);
  return { create: [], remove: [...broken, ...candidates.slice(0, more)] };
}

function surge(nodes: readonly OnNode[], { set, now }: At, maxSurge: number): Changes {
  let surging = 0;
  const allowed: string[] = [];
  const candidates: string[] = [];
  const remove: Pod[] = [];
  for (const { node, pods } of nodes) {
    if (pods === undefined) surging += 1;
    else if (pods.old === undefined) continue;
    else if (pods.fresh === undefined) {
      if (!isAvailable(pods.old, set, now)) allowed.push(node);
      else if (surging < maxSurge) candidates.push(node);
    } else if (isAvailable(pods.fresh, set, now)) remove.push(pods.old);
    else surging += 1;
  }
  const more = Math.max(0, maxSurge - surging);
  return { create: [...allowed, ...candidates.slice(0, more)], remove };
}

function updatedPods(pods: readonly Pod[], hash: string): OnNode['pods'] {
  const fresh: Pod[] = [];
  const old: Pod[] = [];
  for (const pod of pods) {
    if (pod.metadata.deletionTimestamp !== undefined) return undefined;
    (pod.metadata.labels?.[hashLabel] === hash ? fresh : old).push(pod);
  }
  if (fresh.length > 1 || old.length > 1) return undefined;
  return { ...(fresh[0] !== undefined && { fresh: fresh[0] }), ...(old[0] !== undefined && { old: old[0] }) };
}
