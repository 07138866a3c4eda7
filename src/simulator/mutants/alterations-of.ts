// Puts a mutant's seams into the form in which a cluster takes them.

import { View } from './view.ts';
import type { Alterations } from '../alterations.ts';
import type { ActorName, Stage } from '../actors.ts';
import type { ApiServer } from '../api/server.ts';
import type { Strategy } from '../api/strategy.ts';
import type { Mutant, Seam } from './mutant.ts';

/** What is wrong with a cluster of this mutant. One call serves one cluster. */
export function alterationsOf({ seams }: Mutant): Alterations {
  return {
    stage: (actor, stage) => seams.reduce((altered, seam) => alterStage(seam, actor, altered), stage),
    strategy: (strategy) => seams.reduce(alterStrategy, strategy),
    door: (api) => seams.reduce(alterDoor, api),
  };
}

function alterStage(seam: Seam, actor: ActorName, stage: Stage): Stage {
  if ((seam.kind !== 'view' && seam.kind !== 'deeds') || !seam.actors.includes(actor)) return stage;
  const { plant, informer } = stage;
  const { api } = plant;
  if (seam.kind === 'deeds') return { informer, plant: { ...plant, api: { ...api, ...seam.alter(api) } } };
  const view = new View(seam.of, seam.look);
  return {
    informer: view.informer(informer),
    plant: { ...plant, api: { ...api, store: view.store(api.store) } },
  };
}

function alterStrategy(strategy: Strategy, seam: Seam): Strategy {
  return seam.kind === 'rule' ? seam.alter(strategy) : strategy;
}

function alterDoor(api: ApiServer, seam: Seam): ApiServer {
  return seam.kind === 'door' ? { ...api, ...seam.alter(api) } : api;
}
