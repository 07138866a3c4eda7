// Hard topology spread constraints (SCHED-08; plugins/podtopologyspread): a pod may only go where its group stays even.

import { matchesLabels } from '../../kubernetes/selector.ts';
import { allowsNode } from './node-selector.ts';
import type { LabelSelector } from '../../kubernetes/selector.ts';
import type { Pod, TopologySpreadConstraint } from '../kubelet/pod.ts';
import type { Node } from '../nodes/node.ts';
import type { ClusterCache } from './cluster-cache.ts';

/** One hard constraint of a pod with the members of its group, counted once for all nodes. */
export interface Spread {
  readonly topologyKey: string;
  /** Members in each domain; every domain that the pod could use is in it. */
  readonly counts: ReadonlyMap<string, number>;
  /** The most members that a domain may have before the pod comes to it. */
  readonly most: number;
}

/** Counts for the hard constraints of a pod. Costs a look at every pod of the cluster, for pods that have some. */
export function planSpread(cache: ClusterCache, pod: Pod): readonly Spread[] {
  const hard = (pod.spec.topologySpreadConstraints ?? []).filter((constraint) => {
    return constraint.whenUnsatisfiable === 'DoNotSchedule';
  });
  return hard.map((constraint) => countGroup(cache, pod, constraint, hard));
}

/** Why a node would make a group uneven; `missing label` when it belongs to no domain. */
export function spreadConflict(spreads: readonly Spread[], { metadata }: Node): 'missing label' | 'uneven' | undefined {
  for (const { topologyKey, counts, most } of spreads) {
    const domain = metadata.labels?.[topologyKey];
    if (domain === undefined) return 'missing label';
    if ((counts.get(domain) ?? 0) > most) return 'uneven';
  }
  return undefined;
}

function countGroup(
  cache: ClusterCache,
  pod: Pod,
  constraint: TopologySpreadConstraint,
  all: readonly TopologySpreadConstraint[],
): Spread {
  const { topologyKey, maxSkew, minDomains = 1 } = constraint;
  const selector = groupSelector(pod, constraint);
  const counts = new Map<string, number>();
  for (const { node, pods } of cache.nodes.values()) {
    const { labels = {} } = node.metadata;
    const domain = labels[topologyKey];
    // Only nodes that the pod could use at all, and that belong to a domain of every constraint, take part.
    const eligible = allowsNode(pod, node) && all.every((each) => labels[each.topologyKey] !== undefined);
    if (domain === undefined || !eligible) continue;
    const members = [...pods.values()].filter((other) => isMember(other, pod, selector)).length;
    counts.set(domain, (counts.get(domain) ?? 0) + members);
  }
  const fewest = counts.size < minDomains ? 0 : Math.min(...counts.values());
  const own = matchesLabels(selector, pod.metadata.labels) ? 1 : 0;
  return { topologyKey, counts, most: fewest + maxSkew - own };
}

/** The group's selector, narrowed to the pod's own values of `matchLabelKeys`; without a selector nobody is in the group. */
function groupSelector(
  { metadata }: Pod,
  { labelSelector, matchLabelKeys = [] }: TopologySpreadConstraint,
): LabelSelector | undefined {
  if (labelSelector === undefined) return undefined;
  const own = matchLabelKeys.flatMap((key): [string, string][] => {
    const value = metadata.labels?.[key];
    return value === undefined ? [] : [[key, value]];
  });
  return { ...labelSelector, matchLabels: { ...labelSelector.matchLabels, ...Object.fromEntries(own) } };
}

/** Pods that are being deleted make room already. */
function isMember(other: Pod, pod: Pod, selector: LabelSelector | undefined): boolean {
  return (
    other.metadata.namespace === pod.metadata.namespace &&
    other.metadata.deletionTimestamp === undefined &&
    matchesLabels(selector, other.metadata.labels)
  );
}
