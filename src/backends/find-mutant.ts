// Finds the mutant that an id names.

import { closest } from '../kubernetes/did-you-mean.ts';
import { mutantOf, mutants } from '../simulator/mutants/catalogue.ts';
import { BackendError } from './cluster.ts';
import type { Mutant } from '../simulator/mutants/mutant.ts';

/** The mutant of this id. Throws `BackendError` where there is none, with the nearest id. */
export function findMutant(id: string): Mutant {
  const found = mutantOf(id);
  if (found !== undefined) return found;
  const near = closest(
    id,
    mutants.map((mutant) => mutant.id),
  );
  const hint = near === undefined ? '`setpiece mutate --list` names them' : `did you mean ${near}?`;
  throw new BackendError(`there is no mutant \`${id}\`: ${hint}`);
}
