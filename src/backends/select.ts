// Makes the backend that a name stands for. Each is loaded when it is chosen: most runs never need most of them.

import { BackendError } from './cluster.ts';
import type { Backend, BackendName } from './cluster.ts';

/** Makes a backend. Rejects with `BackendError` for those that do not exist yet. */
export async function selectBackend(name: BackendName): Promise<Backend> {
  if (name === 'simulator') {
    const { createSimulatedBackend } = await import('./simulated.ts');
    return createSimulatedBackend();
  }
  if (name === 'recorded') throw new BackendError('a trace is judged with `setpiece check TRACE SCENARIO`');
  throw new BackendError(`the backend \`${name}\` does not exist yet; --backend simulator does`);
}
