// Whether a pod can run on a node: the scheduler's filters in upstream's order, of which the first that fails is told
// (SCHED-03, -04). Preemption (SCHED-09) and attach limits are not modelled: no victims are looked for, also not where pods of
// lower priority could be removed.

import { allowsNode, tolerationOf } from './node-selector.ts';
import { affinityConflict } from './pod-affinity.ts';
import { decideVolumes } from './claim-plan.ts';
import { hostPortsOf } from './requests.ts';
import { spreadConflict } from './topology-spread.ts';
import type { Pod } from '../kubelet/pod.ts';
import type { Taint } from '../nodes/node.ts';
import type { ClaimContext, ClaimPlan, VolumeDecision } from './claim-plan.ts';
import type { ClusterCache, NodeInfo } from './cluster-cache.ts';
import type { Amounts } from './requests.ts';
import type { Spread } from './topology-spread.ts';

/** What must happen in the cluster for another try to make sense (SCHED-06). */
export type Cause = 'node' | 'resources' | 'affinity' | 'volume' | 'claim';

/** Why a node cannot take a pod. */
export interface Rejection {
  readonly reasons: readonly string[];
  readonly cause: Cause;
  /** Whether removing other pods could help: only then preemption looks at the node. */
  readonly removable: boolean;
}

/** One pod that is to be placed. */
export interface Candidate {
  readonly pod: Pod;
  readonly requests: Amounts;
  readonly claims: ClaimPlan;
  readonly spreads: readonly Spread[];
}

/** What the filters look at. */
export interface FilterContext extends ClaimContext {
  readonly cache: ClusterCache;
}

/** What is to be bound on the node if it takes the pod, or why it does not. */
export function filterNode(context: FilterContext, candidate: Candidate, info: NodeInfo): VolumeDecision | Rejection {
  const { pod, claims } = candidate;
  const { node } = info;
  const tolerations = pod.spec.tolerations ?? [];
  if (node.spec.unschedulable === true && tolerationOf(tolerations, unschedulableTaint) === undefined) {
    return reject('node', 'node(s) were unschedulable');
  }
  const taints = node.spec.taints ?? [];
  if (taints.some((taint) => taint.effect !== 'PreferNoSchedule' && tolerationOf(tolerations, taint) === undefined)) {
    return reject('node', 'node(s) had untolerated taint(s)');
  }
  if (!allowsNode(pod, node)) return reject('node', `node(s) didn't match Pod's node affinity/selector`);
  if (hostPortsOf(pod.spec).some((port) => portTaken(info, port))) {
    const reasons = [`node(s) didn't have free ports for the requested pod ports`];
    return { reasons, cause: 'resources', removable: true };
  }
  const shortage = shortageOn(info, candidate.requests);
  if (shortage !== undefined) return shortage;
  if (claims.contended) return contention;
  const decision = decideVolumes(context, claims, node);
  if (typeof decision === 'string') return reject('volume', decision);
  const uneven = spreadConflict(candidate.spreads, node);
  if (uneven !== undefined) return spreadRejections[uneven];
  const conflict = affinityConflict(context, pod, info);
  return conflict === undefined ? decision : conflicts[conflict];
}

/** Tells the two answers of `filterNode` apart. */
export function isRejection(answer: VolumeDecision | Rejection): answer is Rejection {
  return 'reasons' in answer;
}

const unschedulableTaint: Taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };

const contention: Rejection = {
  reasons: [
    'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod',
  ],
  cause: 'resources',
  removable: true,
};

const spreadReason = `node(s) didn't match pod topology spread constraints`;
const spreadRejections = {
  'missing label': reject('node', `${spreadReason} (missing required label)`),
  uneven: { reasons: [spreadReason], cause: 'affinity', removable: true },
} as const;

const conflicts = {
  affinity: reject('affinity', `node(s) didn't match pod affinity rules`),
  'anti-affinity': {
    reasons: [`node(s) didn't match pod anti-affinity rules`],
    cause: 'affinity',
    removable: true,
  },
  'existing anti-affinity': {
    reasons: [`node(s) didn't satisfy existing pods anti-affinity rules`],
    cause: 'affinity',
    removable: true,
  },
} as const;

function reject(cause: Cause, reason: string): Rejection {
  return { reasons: [reason], cause, removable: false };
}

/** Everything that is short is told; what the whole node could not give, no removal of pods can (SCHED-04). */
function shortageOn({ requested, allocatable }: NodeInfo, requests: Amounts): Rejection | undefined {
  const reasons: string[] = [];
  let removable = true;
  for (const resource of ['pods', ...[...requests.keys()].filter((name) => name !== 'pods')]) {
    const wanted = requests.get(resource) ?? 0;
    const total = allocatable.get(resource) ?? 0;
    if (wanted === 0 || wanted <= total - (requested.get(resource) ?? 0)) continue;
    reasons.push(resource === 'pods' ? 'Too many pods' : `Insufficient ${resource}`);
    if (wanted > total) removable = false;
  }
  return reasons.length === 0 ? undefined : { reasons, cause: 'resources', removable };
}

function portTaken({ hostPorts }: NodeInfo, port: string): boolean {
  const [, protocol = '', ip = '', number = ''] = /^(.*)\/(.*):(\d+)$/.exec(port) ?? [];
  if (ip !== '0.0.0.0') return hostPorts.has(port) || hostPorts.has(`${protocol}/0.0.0.0:${number}`);
  return [...hostPorts.keys()].some((taken) => taken.startsWith(`${protocol}/`) && taken.endsWith(`:${number}`));
}
