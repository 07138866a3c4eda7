// Makes the backend that was chosen. Each is loaded when it is chosen: most runs never need most of them.

import { BackendError } from './cluster.ts';
import type { BackendOptions, BackendSetup } from './backend-options.ts';
import type { Backend } from './cluster.ts';

/** Makes a backend. Rejects with `BackendError` where the environment does not let it. */
export async function selectBackend(options: BackendOptions, setup: BackendSetup = {}): Promise<Backend> {
  if (options.kind === 'simulator') {
    const { createSimulatedBackend } = await import('./simulated.ts');
    if (options.mutant === undefined) return createSimulatedBackend();
    const { findMutant } = await import('./find-mutant.ts');
    return createSimulatedBackend(findMutant(options.mutant));
  }
  if (options.kind === 'cluster') {
    const { createClusterBackend } = await import('./kubeconfig/create-cluster-backend.ts');
    return createClusterBackend(options, setup);
  }
  if (options.kind === 'kind') {
    const { createKindBackend } = await import('./kind/create-kind-backend.ts');
    return createKindBackend(options, setup);
  }
  throw new BackendError('a trace is judged with `setpiece check TRACE SCENARIO`');
}
