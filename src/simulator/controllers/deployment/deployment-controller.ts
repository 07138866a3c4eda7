// The Deployment controller: rolls out templates through ReplicaSets.

import { Orphans } from '../orphans.ts';
import { component } from './pass-context.ts';
import { reconcileDeployment } from './pass.ts';
import { deploymentKind, replicaSetKind } from './types.ts';
import { watchForWork } from './wake-ups.ts';
import type { Controller, Informer, Plant } from '../controller.ts';
import type { Deployment } from './types.ts';

/** Makes the Deployment controller of a simulation. */
export function createDeploymentController(plant: Plant): Controller {
  let caches: { readonly informer: Informer; readonly orphans: Orphans } | undefined;
  return {
    name: component,
    // --concurrent-deployment-syncs
    workers: 5,
    start(informer, queue) {
      caches = { informer, orphans: new Orphans(informer, replicaSetKind) };
      watchForWork(informer, queue);
    },
    *reconcile(key) {
      if (caches === undefined) throw new TypeError('deployment-controller: reconcile was called before start');
      const deployment = caches.informer.get(deploymentKind, key) as Deployment | undefined;
      if (deployment === undefined) return { kind: 'done' };
      return yield* reconcileDeployment({ ...caches, api: plant.api, plant, key, deployment });
    },
  };
}
