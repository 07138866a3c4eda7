// A simulator that is served over HTTP, and the kubeconfig backend on it: what tests of the backend stand on.

import { createKubeconfigBackend } from '../../../src/backends/kubeconfig/create-backend.ts';
import { kubeconfigFor } from '../../../src/simulator/http/kubeconfig.ts';
import { serveSimulator } from '../../../src/simulator/http/serve.ts';
import type { Backend } from '../../../src/backends/cluster.ts';
import type { KubeconfigBackendInput } from '../../../src/backends/kubeconfig/create-backend.ts';
import type { ServedSimulator, ServeOptions } from '../../../src/simulator/http/serve.ts';

/** A backend and its server, which goes when the backend goes. */
export interface Served {
  readonly backend: Backend;
  readonly server: ServedSimulator;
}

/** Serves and connects; `through` gives another address for the server's. */
export async function serveBackend(
  options: Partial<ServeOptions> = {},
  { through, ...input }: Partial<KubeconfigBackendInput> & { readonly through?: (url: string) => Promise<string> } = {},
): Promise<Served> {
  const server = await serveSimulator({ port: 0, speed: 20, seed: 1, nodes: 2, ...options });
  const url = through === undefined ? server.access.url : await through(server.access.url);
  const backend = await createKubeconfigBackend({
    name: 'cluster',
    kubeconfig: kubeconfigFor({ ...server.access, url }),
    context: 'setpiece',
    disposable: true,
    setup: {},
    onDispose: () => server.close(),
    ...input,
  });
  return { backend, server };
}
