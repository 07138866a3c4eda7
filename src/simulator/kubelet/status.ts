// The status that a kubelet writes for a pod: everything that it observes, with what it does not own left as stored.

import { composeConditions } from './conditions.ts';
import type { Container } from './container.ts';
import type { Observed } from './conditions.ts';
import type { ContainerStatus, Pod, PodStatus } from './pod.ts';

/** What the kubelet observes of a pod at one moment. */
export interface ObservedPod extends Observed {
  readonly startTime: string;
  readonly hostIp: string;
  /** Undefined until the address may be told: it follows the sandbox by one write (POD-NEW-01). */
  readonly podIp: string | undefined;
}

/** The pod with the status that the kubelet observes; unchanged parts are the stored objects themselves. */
export function composeStatus(pod: Pod, observed: ObservedPod): Pod {
  const stored = pod.status;
  const { containers, podIp, hostIp } = observed;
  const init = containers.filter(({ role }) => role !== 'app');
  const app = containers.filter(({ role }) => role === 'app');
  const { generation } = pod.metadata;
  const status: PodStatus = {
    ...stored,
    ...(generation !== undefined && { observedGeneration: generation }),
    phase: observed.phase,
    conditions: composeConditions(pod, observed),
    ...(stored.hostIP !== hostIp && { hostIP: hostIp, hostIPs: [{ ip: hostIp }] }),
    ...(podIp !== undefined && stored.podIP !== podIp && { podIP: podIp, podIPs: [{ ip: podIp }] }),
    startTime: observed.startTime,
    ...(stored['resources'] === undefined && { resources: {} }),
    ...(init.length > 0 && { initContainerStatuses: statusesOf(init, stored.initContainerStatuses) }),
    containerStatuses: statusesOf(app, stored.containerStatuses),
  };
  return { ...pod, status };
}

function statusesOf(
  containers: readonly Container[],
  stored: readonly ContainerStatus[] | undefined,
): readonly ContainerStatus[] {
  const same =
    stored?.length === containers.length && containers.every(({ status }, place) => status === stored[place]);
  return same ? stored : containers.map(({ status }) => status);
}
