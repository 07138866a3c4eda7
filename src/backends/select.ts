// Makes the backend that was chosen. Each is loaded when it is chosen: most runs never need most of them.

import { BackendError } from './cluster.ts';
import type { BackendOptions, BackendSetup } from './backend-options.ts';
import type { Backend } from './cluster.ts';

/** Makes a backend. Rejects with `BackendError` where the environment does not let it. */
export async function selectBackend(options: BackendOptions, _setup: BackendSetup = {}): Promise<Backend> {
  if (options.kind === 'simulator') {
    const { createSimulatedBackend } = await import('./simulated.ts');
    return createSimulatedBackend();
  }
  if (options.kind === 'recorded') throw new BackendError('a trace is judged with `setpiece check TRACE SCENARIO`');
  throw new BackendError(`the backend \`${options.kind}\` does not exist yet; --backend simulator does`);
}
