// What a cluster has before anybody does anything: its namespaces, the storage class of kind, the Services
// `kubernetes` and `kube-dns`.

import { InvariantError } from './invariant.ts';
import { createDnsService } from './network/dns-service.ts';
import { createKubernetesService } from './network/kubernetes-service.ts';
import { createStandardClass } from './volumes/storage-class.ts';
import type { Result } from './api/server.ts';
import type { Plant } from './controllers/controller.ts';

/** The namespaces that Kubernetes itself needs (API-NS-07). */
const namespaces: readonly string[] = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/** Where the API server listens: the address of the control plane's container in kind. */
const apiServerAddress = '172.18.0.2';

/** Creates what every cluster has. */
export function bootCluster(plant: Plant, { defaultClass }: { readonly defaultClass: boolean }): void {
  for (const name of namespaces) {
    made(plant.api.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
  }
  made(createStandardClass(plant, { isDefault: defaultClass }));
  for (const result of createKubernetesService(plant, apiServerAddress)) made(result);
  made(createDnsService(plant));
}

function made(result: Result): void {
  if (!result.ok)
    throw new InvariantError(`the cluster cannot come up: ${result.status.message ?? result.status.reason}`);
}
