// Required affinity and anti-affinity between pods (SCHED-08): which topology domains hold, or must not hold, which pods.

import { composeKindKey } from '../../kubernetes/kind.ts';
import { matchesLabels } from '../../kubernetes/selector.ts';
import { antiAffinityOf, hostNameLabel } from './cluster-cache.ts';
import type { Pod, PodAffinityTerm } from '../kubelet/pod.ts';
import type { Lister } from '../store/store.ts';
import type { ClusterCache, NodeInfo } from './cluster-cache.ts';

const namespaceKind = composeKindKey('', 'Namespace');

/** What the rules are checked on. */
export interface AffinityContext {
  readonly cache: ClusterCache;
  readonly lister: Lister;
}

/** A rule between pods that keeps a pod from a node. */
export type AffinityConflict = 'affinity' | 'anti-affinity' | 'existing anti-affinity';

/** The first rule that a pod on this node would break. */
export function affinityConflict(context: AffinityContext, pod: Pod, info: NodeInfo): AffinityConflict | undefined {
  for (const other of info.repelling.values()) {
    if (repels(context, { pod: other, info }, { pod, info })) return 'existing anti-affinity';
  }
  for (const { pod: other, nodeName } of context.cache.repelling.values()) {
    const there = context.cache.nodes.get(nodeName);
    if (there !== undefined && repels(context, { pod: other, info: there }, { pod, info }))
      return 'existing anti-affinity';
  }
  for (const term of antiAffinityOf(pod)) {
    if (domainHolds(context, term, pod, info)) return 'anti-affinity';
  }
  for (const term of pod.spec.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []) {
    if (!domainHolds(context, term, pod, info) && !isFirstOfItsKind(context, term, pod, info)) return 'affinity';
  }
  return undefined;
}

interface Placed {
  readonly pod: Pod;
  readonly info: NodeInfo;
}

/** Whether a pod where it is keeps another one away from a node. */
function repels(context: AffinityContext, holder: Placed, comer: Placed): boolean {
  return antiAffinityOf(holder.pod).some(
    (term) => sameDomain(term, comer.info, holder.info) && selects(context, term, holder.pod, comer.pod),
  );
}

/** The first pod of a group whose members want each other may go anywhere. */
function isFirstOfItsKind(context: AffinityContext, term: PodAffinityTerm, pod: Pod, info: NodeInfo): boolean {
  if (info.node.metadata.labels?.[term.topologyKey] === undefined || !selects(context, term, pod, pod)) return false;
  for (const other of context.cache.nodes.values()) {
    if (holds(context, term, pod, other)) return false;
  }
  return true;
}

function domainHolds(context: AffinityContext, term: PodAffinityTerm, pod: Pod, info: NodeInfo): boolean {
  // By host name, the node is its own domain: the others need no look.
  if (term.topologyKey === hostNameLabel) return holds(context, term, pod, info);
  for (const other of context.cache.nodes.values()) {
    if (sameDomain(term, info, other) && holds(context, term, pod, other)) return true;
  }
  return false;
}

function holds(context: AffinityContext, term: PodAffinityTerm, pod: Pod, info: NodeInfo): boolean {
  for (const other of info.pods.values()) {
    if (other.metadata.uid !== pod.metadata.uid && selects(context, term, pod, other)) return true;
  }
  return false;
}

function sameDomain({ topologyKey }: PodAffinityTerm, a: NodeInfo, b: NodeInfo): boolean {
  const domain = a.node.metadata.labels?.[topologyKey];
  return domain !== undefined && b.node.metadata.labels?.[topologyKey] === domain;
}

/** Whether a term of `owner` speaks of `other`: without namespaces it means the owner's own. */
function selects({ lister }: AffinityContext, term: PodAffinityTerm, owner: Pod, other: Pod): boolean {
  if (!matchesLabels(term.labelSelector, other.metadata.labels)) return false;
  const { namespace = '' } = other.metadata;
  const { namespaces = [], namespaceSelector } = term;
  if (namespaces.includes(namespace)) return true;
  if (namespaceSelector === undefined) return namespaces.length === 0 && namespace === owner.metadata.namespace;
  return matchesLabels(namespaceSelector, lister.get(namespaceKind, namespace)?.metadata.labels);
}
