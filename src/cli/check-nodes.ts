// `--nodes` and `--mutant` against what a backend can have.

import { selectBackend } from '../backends/select.ts';
import { exitCodes } from '../runner/exit-code.ts';
import { checkMutant } from './check-mutant.ts';
import { ReportedError } from './reported-error.ts';
import type { BackendOptions } from '../backends/backend-options.ts';

/** Throws `ReportedError` (a usage error) for more nodes than the simulator can have; a real cluster is not made to count its nodes. */
export async function checkNodes(nodes: number, options: BackendOptions): Promise<void> {
  if (options.kind !== 'simulator') return;
  if (options.mutant !== undefined) await checkMutant(options.mutant);
  const backend = await selectBackend(options);
  await backend.dispose();
  const { nodesMax } = backend;
  if (nodes <= nodesMax) return;
  throw new ReportedError(`--nodes ${nodes}: a ${options.kind} has at most ${nodesMax} nodes`, exitCodes.invalid);
}
