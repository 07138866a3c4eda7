// The StatefulSet controller: gives every set's pods a stable identity and keeps them in order.

import { controllerRevisionKind } from '../history/controller-revision.ts';
import { Orphans } from '../orphans.ts';
import { component } from './pass-context.ts';
import { reconcileSet } from './pass.ts';
import { SetIndexes } from './set-indexes.ts';
import { podKind, statefulSetKind } from './types.ts';
import { watchForWork } from './wake-ups.ts';
import { WrittenVersions } from './written-versions.ts';
import type { ObjectKey } from '../../store/store.ts';
import type { Controller, Pass, PassOutcome, Plant } from '../controller.ts';
import type { PassContext } from './pass-context.ts';
import type { StatefulSet } from './types.ts';

/** Makes the StatefulSet controller of a simulation. */
export function createStatefulSetController(plant: Plant): Controller {
  let caches: Caches | undefined;
  return {
    name: component,
    // --concurrent-statefulset-syncs
    workers: 5,
    start(informer, queue) {
      caches = {
        informer,
        indexes: new SetIndexes(informer),
        orphanPods: new Orphans(informer, podKind),
        orphanRevisions: new Orphans(informer, controllerRevisionKind),
        written: new WrittenVersions(),
      };
      watchForWork(informer, queue);
    },
    reconcile(key) {
      if (caches === undefined) throw new TypeError('statefulset-controller: reconcile was called before start');
      return reconcile(plant, caches, key);
    },
  };
}

/** What the controller keeps between passes. */
type Caches = Pick<PassContext, 'informer' | 'orphanPods' | 'orphanRevisions' | 'written'> & {
  readonly indexes: SetIndexes;
};

/** L1 to L3, then the rest of the pass. The API server refuses selectors that cannot be read, so L3 never fails here. */
function reconcile(plant: Plant, caches: Caches, key: ObjectKey): Pass {
  const { informer, indexes, written } = caches;
  const tooOld = written.check(key, informer, (kind) => plant.api.kind(kind)); // L1
  if (tooOld !== undefined) return ended({ kind: 'error', message: tooOld });
  const set = informer.get(statefulSetKind, key) as StatefulSet | undefined; // L2
  if (set === undefined) {
    written.forget(key);
    return ended({ kind: 'done' });
  }
  const { orphanPods, orphanRevisions } = caches;
  const { api, clock } = plant;
  const index = indexes.of(set);
  // Member by member: spreading the caches here took a twentieth of a whole run.
  return reconcileSet({
    api,
    plant,
    informer,
    orphanPods,
    orphanRevisions,
    written,
    key,
    set,
    index,
    now: clock.now,
  });
}

/** A pass that ends before its first call. */
// oxlint-disable-next-line require-yield -- a pass is a generator, also when it has nothing to yield
function* ended(outcome: PassOutcome): Pass {
  return outcome;
}
