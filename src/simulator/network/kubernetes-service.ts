// The Service `kubernetes` in namespace default, by which pods find the API server (KSVC-01). Its slice is the API
// server's own: no controller looks after it.

import { serviceNameLabel } from './service.ts';
import type { Result } from '../api/server.ts';
import type { Plant } from '../controllers/controller.ts';

/** The first address of the Service network. */
const clusterIp = '10.96.0.1';

/** Creates the Service, its slice and its Endpoints; `address` is where the API server listens. The namespace default must exist. */
export function createKubernetesService({ api }: Plant, address: string): readonly Result[] {
  const metadata = { name: 'kubernetes', namespace: 'default' };
  const service = api.create({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...metadata, labels: { component: 'apiserver', provider: 'kubernetes' } },
    spec: {
      clusterIP: clusterIp,
      clusterIPs: [clusterIp],
      ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }],
    },
  });
  const slice = api.create({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { ...metadata, labels: { [serviceNameLabel]: 'kubernetes' } },
    addressType: 'IPv4',
    endpoints: [{ addresses: [address], conditions: { ready: true } }],
    ports: [{ name: 'https', port: 6443, protocol: 'TCP' }],
  });
  const endpoints = api.create({
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { ...metadata, labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } },
    subsets: [{ addresses: [{ ip: address }], ports: [{ name: 'https', port: 6443, protocol: 'TCP' }] }],
  });
  return [service, slice, endpoints];
}
