// The backend `cluster`: whatever cluster a context of a kubeconfig names.

import { createKubeconfigBackend } from './create-backend.ts';
import { readKubeconfig } from './read-kubeconfig.ts';
import type { BackendSetup, ClusterBackendOptions } from '../backend-options.ts';
import type { Backend } from '../cluster.ts';

/** Reads the kubeconfig and connects. Rejects with `BackendError`. */
export async function createClusterBackend(options: ClusterBackendOptions, setup: BackendSetup): Promise<Backend> {
  const { context, disposable = false } = options;
  return createKubeconfigBackend({
    name: 'cluster',
    kubeconfig: await readKubeconfig(options),
    context,
    disposable,
    setup,
  });
}
