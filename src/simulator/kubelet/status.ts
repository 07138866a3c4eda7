// The status that a kubelet writes for a pod: everything that it observes, with what it does not own left as stored.

import { writable } from '../writable.ts';
import { composeConditions } from './conditions.ts';
import type { Container } from './container.ts';
import type { Observed } from './conditions.ts';
import type { ContainerStatus, Pod } from './pod.ts';

/** What the kubelet observes of a pod at one moment. */
export interface ObservedPod extends Observed {
  readonly startTime: string;
  readonly hostIp: string;
  /** Undefined until the address may be told: it follows the sandbox by one write (POD-NEW-01). */
  readonly podIp: string | undefined;
  /** Why the kubelet ended the pod; told with the phase. */
  readonly failure?: { readonly reason: string; readonly message: string };
}

/** The pod with the status that the kubelet observes; unchanged parts are the stored objects themselves. */
export function composeStatus(pod: Pod, observed: ObservedPod): Pod {
  const stored = pod.status;
  const { containers, podIp, hostIp } = observed;
  const { generation } = pod.metadata;
  // Assigned member by member in the order of the wire: conditional spreads take ten times as long (300 and 25 ns).
  const status = writable(stored);
  if (generation !== undefined) status.observedGeneration = generation;
  status.phase = observed.phase;
  if (observed.failure !== undefined && observed.phase === 'Failed') {
    status.reason = observed.failure.reason;
    status.message = observed.failure.message;
  }
  status.conditions = composeConditions(pod, observed);
  if (stored.hostIP !== hostIp) {
    status.hostIP = hostIp;
    status.hostIPs = [{ ip: hostIp }];
  }
  if (podIp !== undefined && stored.podIP !== podIp) {
    status.podIP = podIp;
    status.podIPs = [{ ip: podIp }];
  }
  status.startTime = observed.startTime;
  if (stored['resources'] === undefined) status['resources'] = {};
  const init = containers.filter(({ role }) => role !== 'app');
  if (init.length > 0) status.initContainerStatuses = statusesOf(init, stored.initContainerStatuses);
  const app = init.length === 0 ? containers : containers.filter(({ role }) => role === 'app');
  status.containerStatuses = statusesOf(app, stored.containerStatuses);
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
