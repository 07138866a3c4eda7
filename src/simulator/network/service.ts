// Services and EndpointSlices: the members that the simulation looks at, as types.

import { composeKindKey } from '../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';

/** The kind keys of the network. */
export const serviceKind = composeKindKey('', 'Service');
export const sliceKind = composeKindKey('discovery.k8s.io', 'EndpointSlice');

/** The label under which a slice names its Service. */
export const serviceNameLabel = 'kubernetes.io/service-name';

/** A Service as stored. */
export interface Service extends KubernetesObject {
  readonly spec: {
    readonly type?: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';
    readonly clusterIP?: string;
    readonly clusterIPs?: readonly string[];
    readonly selector?: Readonly<Record<string, string>>;
    readonly ports?: readonly ServicePort[];
    readonly publishNotReadyAddresses?: boolean;
    readonly externalName?: string;
  };
}

/** A port of a Service. */
export interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly protocol?: string;
  readonly targetPort?: number | string;
  readonly appProtocol?: string;
}

/** An EndpointSlice as stored. */
export interface EndpointSlice extends KubernetesObject {
  readonly addressType: 'IPv4';
  readonly endpoints: readonly Endpoint[] | null;
  readonly ports: readonly EndpointPort[] | null;
}

/** A port of the endpoints of a slice. */
export interface EndpointPort {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  readonly appProtocol?: string;
}

/** One endpoint: a pod's address and what it is good for (network.md, 2.2). */
export interface Endpoint {
  readonly addresses: readonly string[];
  readonly conditions: { readonly ready: boolean; readonly serving: boolean; readonly terminating: boolean };
  readonly hostname?: string;
  readonly nodeName?: string;
  readonly zone?: string;
  readonly targetRef?: {
    readonly kind: 'Pod';
    readonly namespace: string;
    readonly name: string;
    readonly uid: string;
  };
}

/** A Service without a virtual address. */
export function isHeadless({ spec }: Service): boolean {
  return spec.clusterIP === 'None';
}
