// The decision procedure once more, written down naively: plain arrays, every pod looked at every time, as
// stateful_set_control.go does. The index and the plan are held against it.

import {
  hasUnexpectedController,
  isClaimStale,
  isClaimUpToDate,
} from '../../../../src/simulator/controllers/statefulset/retention.ts';
import type { Claim } from '../../../../src/simulator/controllers/statefulset/claims.ts';
import type { Pod } from '../../../../src/simulator/controllers/statefulset/types.ts';
import type { World } from './worlds.ts';

export interface NaivePod {
  readonly ordinal: number;
  /** Undefined for a slot without a pod. */
  readonly pod: Pod | undefined;
  readonly revision: string | undefined;
}

/** The set's own pods in ascending order. */
export function claimed(world: World): NaivePod[] {
  return [...world.pods.values()]
    .filter((pod) => pod.metadata.labels?.['app'] === 'web')
    .map((pod) => ({
      ordinal: Number(pod.metadata.name.slice(4)),
      pod,
      revision: pod.metadata.labels?.['controller-revision-hash'],
    }))
    .sort((a, b) => a.ordinal - b.ordinal);
}

export function created(pod: Pod | undefined): boolean {
  return (pod?.status?.phase ?? '') !== '';
}

export function runningAndReady(pod: Pod | undefined): boolean {
  return pod?.status?.phase === 'Running' && ready(pod);
}

function ready(pod: Pod): boolean {
  return pod.status?.conditions?.[0]?.status === 'True';
}

export function available(world: World, pod: Pod | undefined): boolean {
  if (pod === undefined || !ready(pod)) return false;
  const min = world.set.spec.minReadySeconds ?? 0;
  if (min === 0) return true;
  const since = pod.status?.conditions?.[0]?.lastTransitionTime;
  if (since === undefined) return false;
  return (Date.parse(since) - Date.parse('2026-01-01T00:00:00Z') + min * 1000) * 1000 <= world.now;
}

export function terminating(pod: Pod | undefined): boolean {
  return pod?.metadata.deletionTimestamp !== undefined;
}

export function unavailable(world: World, pod: Pod | undefined): boolean {
  return !available(world, pod) || terminating(pod);
}

/** One line of text for each call, in batches. */
export interface NaiveOutcome {
  readonly replicas: readonly (readonly string[])[];
  readonly claims: readonly string[];
  readonly deletions: readonly string[];
  readonly outdated: string | undefined;
}

export function decideNaively(world: World, revisions: { current: string; update: string }): NaiveOutcome {
  const { spec, status } = world.set;
  const monotonic = spec.podManagementPolicy !== 'Parallel';
  const start = spec.ordinals?.start ?? 0;
  const end = start + spec.replicas;
  const pods = claimed(world);
  const replicas: NaivePod[] = [];
  for (let ordinal = start; ordinal < end; ordinal++) {
    const own = pods.find((pod) => pod.ordinal === ordinal);
    const kept = spec.updateStrategy.rollingUpdate?.partition ?? status?.currentReplicas ?? 0;
    const old = spec.updateStrategy.type === 'RollingUpdate' && ordinal < start + kept;
    replicas.push(own ?? { ordinal, pod: undefined, revision: old ? revisions.current : revisions.update });
  }
  const condemned = pods.filter(({ ordinal }) => ordinal < start || ordinal >= end).reverse();
  const firstUnavailable =
    replicas.find(({ pod }) => unavailable(world, pod)) ?? condemned.findLast(({ pod }) => unavailable(world, pod));

  const batches: string[][] = [];
  const nothing = { claims: [], deletions: [], outdated: undefined };
  if (monotonic) {
    for (const slot of replicas) {
      const { lines, exit } = decideReplica(world, slot, true);
      if (lines.length > 0) batches.push(lines);
      if (exit) return { replicas: batches, ...nothing };
    }
  } else {
    for (let at = 0, size = 1; at < replicas.length; at += size, size = Math.min(2 * size, 500)) {
      const lines = replicas.slice(at, at + size).flatMap((slot) => decideReplica(world, slot, false).lines);
      if (lines.length > 0) batches.push(lines);
    }
  }
  const claims = condemned.filter((slot) => !claimsFit(world, slot, true)).map(({ ordinal }) => `claims ${ordinal}`);
  const deletions: string[] = [];
  for (const slot of condemned) {
    if (terminating(slot.pod)) {
      if (monotonic) break;
      continue;
    }
    const well = runningAndReady(slot.pod) && available(world, slot.pod);
    if (monotonic && !well && slot !== firstUnavailable) break;
    deletions.push(`delete ${slot.ordinal}`);
    if (monotonic) break;
  }
  if (monotonic && condemned.length > 0) return { replicas: batches, claims, deletions, outdated: undefined };
  return { replicas: batches, claims, deletions, outdated: decideUpdate(world, replicas, revisions.update) };
}

function decideReplica(
  world: World,
  slot: NaivePod,
  monotonic: boolean,
): { readonly lines: string[]; readonly exit: boolean } {
  const { pod, ordinal } = slot;
  if (pod === undefined) {
    const user = { name: `web-${ordinal}`, uid: '', condemned: false };
    const claim = claimOf(world, ordinal);
    if (claim !== undefined && isClaimStale(world.set, claim, user)) return { lines: [], exit: true };
    return { lines: [`create ${ordinal} ${slot.revision}`], exit: true };
  }
  if (pod.status?.phase === 'Failed') return { lines: terminating(pod) ? [] : [`remove ${ordinal}`], exit: true };
  const lines: string[] = [];
  if (pod.status?.phase === 'Pending' && claimsUnsettled(world, slot)) lines.push(`claims ${ordinal}`);
  const healthy = runningAndReady(pod) && available(world, pod) && !terminating(pod);
  if (monotonic && !healthy) return { lines, exit: true };
  const consistent = pod.metadata.labels?.['statefulset.kubernetes.io/pod-name'] === pod.metadata.name;
  // A pending pod's claims have just been seen to.
  if (!consistent || (pod.status?.phase !== 'Pending' && !claimsFit(world, slot, false)))
    lines.push(`repair ${ordinal}`);
  return { lines, exit: false };
}

function decideUpdate(world: World, replicas: readonly NaivePod[], update: string): string | undefined {
  const { updateStrategy } = world.set.spec;
  if (updateStrategy.type === 'OnDelete') return undefined;
  const lowest = updateStrategy.rollingUpdate?.partition ?? 0;
  for (let target = replicas.length - 1; target >= lowest; target--) {
    const slot = replicas[target];
    if (slot === undefined) continue;
    if (slot.revision !== update && !terminating(slot.pod)) return `delete ${slot.ordinal}`;
    if (unavailable(world, slot.pod)) return undefined;
  }
  return undefined;
}

function claimOf(world: World, ordinal: number): Claim | undefined {
  return world.claims.get(`www-web-${ordinal}`);
}

function claimsFit(world: World, { ordinal, pod }: NaivePod, condemned: boolean): boolean {
  const claim = claimOf(world, ordinal);
  const user = { name: `web-${ordinal}`, uid: pod?.metadata.uid ?? '', condemned };
  return claim === undefined || isClaimUpToDate(world.set, claim, user);
}

/** Whether settling the claims of a pending pod does anything, an Event included. */
function claimsUnsettled(world: World, slot: NaivePod): boolean {
  const claim = claimOf(world, slot.ordinal);
  if (claim === undefined || claim.metadata.deletionTimestamp !== undefined) return true;
  const consistent = slot.pod?.metadata.labels?.['statefulset.kubernetes.io/pod-name'] === slot.pod?.metadata.name;
  const user = { name: `web-${slot.ordinal}`, uid: slot.pod?.metadata.uid ?? '', condemned: false };
  return !consistent || !claimsFit(world, slot, false) || hasUnexpectedController(world.set, claim, user);
}
