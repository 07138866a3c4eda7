// `--nodes` against what a backend can have.

import { selectBackend } from '../backends/select.ts';
import { exitCodes } from '../runner/exit-code.ts';
import { ReportedError } from './reported-error.ts';
import type { BackendName } from '../backends/cluster.ts';

/** Throws `ReportedError` (a usage error) for more nodes than the backend can have. */
export async function checkNodes(nodes: number, name: BackendName): Promise<void> {
  const backend = await selectBackend(name);
  await backend.dispose();
  const { nodesMax } = backend;
  if (nodes <= nodesMax) return;
  throw new ReportedError(`--nodes ${nodes}: a ${name} has at most ${nodesMax} nodes`, exitCodes.invalid);
}
