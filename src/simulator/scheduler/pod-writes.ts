// What the scheduler writes to pods: the binding, or why there is none (SCHED-01, -02).

import { keyOf, podCondition, podKind } from '../kubelet/pod.ts';
import type { Plant } from '../controllers/controller.ts';
import type { Pod, PodCondition } from '../kubelet/pod.ts';

const component = 'default-scheduler';

/** Binds a pod to a node; the answer is the refusal's message, undefined when it was done. */
export function bindPod({ api, events }: Plant, pod: Pod, nodeName: string): string | undefined {
  const { namespace = '', name, uid } = pod.metadata;
  const { code, body } = api.handle({
    verb: 'create',
    group: '',
    version: 'v1',
    resource: 'pods',
    namespace,
    name,
    subresource: 'binding',
    body: {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { namespace, name, uid },
      target: { kind: 'Node', name: nodeName },
    },
  });
  if (code >= 400) return (body as { readonly message?: string }).message ?? `the binding was answered with ${code}`;
  const message = `Successfully assigned ${namespace}/${name} to ${nodeName}`;
  events.record({ component, about: pod, type: 'Normal', reason: 'Scheduled', message });
  return undefined;
}

/** Says in the pod's condition and in an Event why it has no node; the condition is written only when it changes. */
export function reportUnschedulable(
  { api, clock, events }: Plant,
  pod: Pod,
  { reason, message }: { readonly reason: 'Unschedulable' | 'SchedulerError'; readonly message: string },
): void {
  const known = podCondition(pod, 'PodScheduled');
  const { generation, uid } = pod.metadata;
  if (known?.message !== message || known.reason !== reason || known.status !== 'False') {
    const condition: PodCondition = {
      type: 'PodScheduled',
      ...(generation !== undefined && { observedGeneration: generation }),
      status: 'False',
      lastProbeTime: null,
      lastTransitionTime: known?.status === 'False' ? known.lastTransitionTime : clock.timestamp,
      reason,
      message,
    };
    const options = { subresource: 'status', uid, manager: 'kube-scheduler' } as const;
    api.update(podKind, keyOf(pod), (stored) => withCondition(stored as Pod, condition), options);
  }
  events.record({ component, about: pod, type: 'Warning', reason: 'FailedScheduling', message });
}

function withCondition(pod: Pod, condition: PodCondition): Pod {
  const conditions = pod.status.conditions ?? [];
  const place = conditions.findIndex(({ type }) => type === condition.type);
  const renewed = place < 0 ? [...conditions, condition] : conditions.with(place, condition);
  return { ...pod, status: { ...pod.status, conditions: renewed } };
}
