// All mutants, and how one is found.

import { apiServer } from './api-server.ts';
import { deletion } from './deletion.ts';
import { identity } from './identity.ts';
import { network } from './network.ts';
import { podViews } from './pod-views.ts';
import { setDeeds } from './set-deeds.ts';
import { setStatus } from './set-status.ts';
import { setViews } from './set-views.ts';
import { storage } from './storage.ts';
import { workloads } from './workloads.ts';
import type { Mutant } from './mutant.ts';

/** All mutants: those of StatefulSets first, then those of what sets rest on. */
export const mutants: readonly Mutant[] = [
  ...setViews,
  ...podViews,
  ...setDeeds,
  ...setStatus,
  ...identity,
  ...storage,
  ...deletion,
  ...apiServer,
  ...workloads,
  ...network,
];

/** The mutant of this id; undefined when there is none. */
export function mutantOf(id: string): Mutant | undefined {
  return mutants.find((mutant) => mutant.id === id);
}
