// The Service of the cluster's name server, under the address that pods have in /etc/resolv.conf (KSVC-02). The pods behind it
// are not simulated: names are answered by `dns.ts`.

import type { Result } from '../api/server.ts';
import type { Plant } from '../controllers/controller.ts';

/** The tenth address of the Service network. */
export const dnsServerAddress = '10.96.0.10';

/** Creates the Service `kube-dns`. The namespace kube-system must exist. */
export function createDnsService({ api }: Plant): Result {
  return api.create({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'kube-dns',
      namespace: 'kube-system',
      labels: { 'k8s-app': 'kube-dns', 'kubernetes.io/cluster-service': 'true', 'kubernetes.io/name': 'CoreDNS' },
      annotations: { 'prometheus.io/port': '9153', 'prometheus.io/scrape': 'true' },
    },
    spec: {
      clusterIP: dnsServerAddress,
      clusterIPs: [dnsServerAddress],
      selector: { 'k8s-app': 'kube-dns' },
      ports: [
        { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
        { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
        { name: 'metrics', port: 9153, protocol: 'TCP', targetPort: 9153 },
      ],
    },
  });
}
