// `/binding`: the one way in which a pod gets its node (API-SUB-03, SCHED-01).

import { writable } from '../../writable.ts';
import { nodeKey } from '../kind-keys.ts';
import { conflict, refuse } from '../refusals.ts';
import { specOf, statusOf } from '../strategies/members.ts';
import type { KubernetesObject, ObjectMeta } from '../../../kubernetes/object.ts';
import type { Kind } from '../../../kubernetes/kind.ts';
import type { ApiContext } from '../context.ts';
import type { Result } from '../server.ts';
import type { PodSpec } from '../shapes.ts';

/** Binds a pod to a node; that the node exists is not checked, the generation stays (API-META-07). */
export function bindPod(pod: KubernetesObject, nodeName: string, kind: Kind, context: ApiContext): Result {
  const spec = specOf<PodSpec>(pod);
  const { name } = pod.metadata;
  const refused = (why: string): Result =>
    refuse({
      ...conflict(kind, name, why),
      message: `Operation cannot be fulfilled on pods/binding "${name}": ${why}`,
    });
  if (pod.metadata.deletionTimestamp !== undefined) {
    return refused(`pod ${name} is being deleted, cannot be assigned to a host`);
  }
  if (spec.nodeName) return refused(`pod ${name} is already assigned to node "${spec.nodeName}"`);
  if ((spec.schedulingGates ?? []).length > 0) return refused(`pod ${name} has non-empty .spec.schedulingGates`);
  const bound = writable(pod);
  bound.metadata = withTopology(pod.metadata, nodeName, context);
  bound['spec'] = Object.assign({}, spec, { nodeName });
  bound['status'] = scheduledStatus(pod, context);
  return { ok: true, value: context.store.update(bound) };
}

const topologyLabels = ['topology.kubernetes.io/zone', 'topology.kubernetes.io/region'];

/** The pod learns where its node stands (POD-NEW-01). */
function withTopology(metadata: ObjectMeta, nodeName: string, { store }: ApiContext): ObjectMeta {
  const labels = store.get(nodeKey, nodeName)?.metadata.labels;
  const known = topologyLabels.filter((label) => labels?.[label] !== undefined);
  if (known.length === 0) return metadata;
  const learnt = Object.fromEntries(known.map((label) => [label, labels?.[label] ?? '']));
  return { ...metadata, labels: { ...metadata.labels, ...learnt } };
}

interface Condition {
  readonly type: string;
}

/** The condition carries no observedGeneration; a nomination is over with the binding (POD-NEW-01, -05). */
function scheduledStatus(pod: KubernetesObject, { clock }: ApiContext): object {
  const { nominatedNodeName: _, ...status } = statusOf<{
    readonly conditions?: readonly Condition[];
    readonly nominatedNodeName?: string;
  }>(pod);
  const lastTransitionTime = clock.timestamp;
  const scheduled = { type: 'PodScheduled', status: 'True', lastProbeTime: null, lastTransitionTime };
  const others = (status.conditions ?? []).filter(({ type }) => type !== 'PodScheduled');
  return Object.assign(status, { conditions: [...others, scheduled] });
}
