// The seams at which a cluster can be made wrong on purpose. The core knows only these; what is done at them is a mutant's
// (`mutants/`). A cluster without alterations pays nothing for them: they are asked once, when it is put together.

import type { ActorName, Stage } from './actors.ts';
import type { ApiServer } from './api/server.ts';
import type { Strategy } from './api/strategy.ts';

/** How one cluster differs from a right one. Each function gives back what it was given where nothing differs. */
export interface Alterations {
  /** What an actor perceives (informer, store) and does (API calls). */
  readonly stage: (actor: ActorName, stage: Stage) => Stage;
  /** What the API server checks and generates for one kind. */
  readonly strategy: (strategy: Strategy) => Strategy;
  /** Both doors of the API server, as everybody finds them. */
  readonly door: (api: ApiServer) => ApiServer;
}
