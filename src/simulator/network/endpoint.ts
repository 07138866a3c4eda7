// A pod as an endpoint of a Service: whether it is one, in which state, and under which ports (EPS-03, -04, EPS-REC-01).

import { isFinished, podCondition } from '../kubelet/pod.ts';
import { isHeadless } from './service.ts';
import type { Pod } from '../kubelet/pod.ts';
import type { Node } from '../nodes/node.ts';
import type { Endpoint, EndpointPort, Service, ServicePort } from './service.ts';

/** What a pod contributes to a Service. */
export interface Contribution {
  readonly endpoint: Endpoint;
  readonly ports: readonly EndpointPort[];
}

/** The pod's endpoint; undefined when it is no member. `node` is the pod's node, where it exists. */
export function contributionOf(service: Service, pod: Pod, node: Node | undefined): Contribution | undefined {
  const { podIP } = pod.status;
  if (podIP === undefined || isFinished(pod)) return undefined;
  const published = service.spec.publishNotReadyAddresses === true;
  if (node === undefined && !published) return undefined;
  const ports = (service.spec.ports ?? []).flatMap((port) => resolvePort(pod, port));
  if (ports.length === 0 && !isHeadless(service)) return undefined;
  return { ports, endpoint: composeEndpoint(service, pod, { podIP, node, published }) };
}

/**
 * Whether a change of a pod can change an endpoint (EPS-REC-04). A pod that is not ready yet has none, and is not looked at:
 * the time of its first conditions is not taken for the time at which it became ready.
 */
export function changesEndpoint(pod: Pod, old: Pod | undefined): boolean {
  if (old === undefined) return true;
  return (
    pod.status.podIP !== old.status.podIP ||
    pod.metadata.labels !== old.metadata.labels ||
    pod.metadata.deletionTimestamp !== old.metadata.deletionTimestamp ||
    isFinished(pod) !== isFinished(old) ||
    isReady(pod) !== isReady(old) ||
    pod.spec.nodeName !== old.spec.nodeName
  );
}

/** Whether two endpoints say the same. */
export function sameEndpoint(a: Endpoint, b: Endpoint): boolean {
  return (
    a.addresses[0] === b.addresses[0] &&
    a.conditions.ready === b.conditions.ready &&
    a.conditions.serving === b.conditions.serving &&
    a.conditions.terminating === b.conditions.terminating &&
    a.hostname === b.hostname &&
    a.nodeName === b.nodeName &&
    a.zone === b.zone &&
    a.targetRef?.uid === b.targetRef?.uid
  );
}

interface EndpointFacts {
  readonly podIP: string;
  readonly node: Node | undefined;
  readonly published: boolean;
}

function composeEndpoint(service: Service, pod: Pod, { podIP, node, published }: EndpointFacts): Endpoint {
  const { namespace = '', name, uid, deletionTimestamp } = pod.metadata;
  const { hostname = '', subdomain, nodeName } = pod.spec;
  const serving = isReady(pod);
  const terminating = deletionTimestamp !== undefined;
  const zone = node?.metadata.labels?.['topology.kubernetes.io/zone'];
  // Only the governing Service knows its pods by host name.
  const named = hostname !== '' && subdomain === service.metadata.name;
  return {
    addresses: [podIP],
    conditions: { ready: published || (serving && !terminating), serving, terminating },
    ...(named && { hostname }),
    ...(nodeName !== undefined && { nodeName }),
    ...(zone !== undefined && { zone }),
    targetRef: { kind: 'Pod', namespace, name, uid },
  };
}

function isReady(pod: Pod): boolean {
  return podCondition(pod, 'Ready')?.status === 'True';
}

/** A named target port means the container's port of that name; a pod without it contributes no such port. */
function resolvePort(
  pod: Pod,
  { name = '', port, protocol = 'TCP', targetPort, appProtocol }: ServicePort,
): EndpointPort[] {
  const number = typeof targetPort === 'string' ? namedPort(pod, targetPort, protocol) : (targetPort ?? port);
  if (number === undefined) return [];
  return [{ name, port: number, protocol, ...(appProtocol !== undefined && { appProtocol }) }];
}

function namedPort({ spec }: Pod, wanted: string, protocol: string): number | undefined {
  for (const { ports = [], restartPolicy } of [...spec.containers, ...(spec.initContainers ?? [])]) {
    const found = ports.find((port) => port.name === wanted && (port.protocol ?? 'TCP') === protocol);
    const runsOn = restartPolicy === 'Always' || !spec.initContainers?.some((init) => init.ports === ports);
    if (found !== undefined && runsOn) return found.containerPort;
  }
  return undefined;
}
