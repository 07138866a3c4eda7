// `--mutant` against the mutants that there are.

import { exitCodes } from '../runner/exit-code.ts';
import { ReportedError } from './reported-error.ts';
import type { Mutant } from '../simulator/mutants/mutant.ts';

/** The mutant that an id names. Throws `ReportedError` (a usage error) where there is none, with the nearest id. */
export async function checkMutant(id: string): Promise<Mutant> {
  const { findMutant } = await import('../backends/find-mutant.ts');
  try {
    return findMutant(id);
  } catch (error) {
    throw new ReportedError((error as Error).message, exitCodes.invalid);
  }
}
