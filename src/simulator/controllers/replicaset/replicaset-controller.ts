// The ReplicaSet controller: keeps a number of pods that have no identity.

import { controllerOf } from '../../../kubernetes/object.ts';
import { Orphans } from '../orphans.ts';
import { Expectations } from './expectations.ts';
import { component, reconcileReplicaSet } from './pass.ts';
import { ReplicaIndexes } from './replica-indexes.ts';
import { podKind, replicaSetKind } from './types.ts';
import { watchForWork } from './wake-ups.ts';
import type { Controller, Informer, Plant } from '../controller.ts';
import type { ReplicaSet } from './types.ts';

/** Makes the ReplicaSet controller of a simulation. */
export function createReplicaSetController(plant: Plant): Controller {
  const expectations = new Expectations();
  let caches: { readonly informer: Informer; readonly indexes: ReplicaIndexes; readonly orphans: Orphans } | undefined;
  return {
    name: component,
    // --concurrent-replicaset-syncs
    workers: 5,
    start(informer, queue) {
      caches = { informer, indexes: new ReplicaIndexes(informer), orphans: new Orphans(informer, podKind) };
      watchForWork(informer, queue, expectations);
    },
    *reconcile(key) {
      if (caches === undefined) throw new TypeError('replicaset-controller: reconcile was called before start');
      const { informer, indexes, orphans } = caches;
      const set = informer.get(replicaSetKind, key) as ReplicaSet | undefined;
      if (set === undefined) {
        expectations.forget(key);
        return { kind: 'done' };
      }
      const index = indexes.of(set);
      const podsOnNode = () => countPodsOnNodes(informer, indexes, set);
      const { api } = plant;
      return yield* reconcileReplicaSet({
        api,
        plant,
        informer,
        orphans,
        expectations,
        key,
        set,
        index,
        podsOnNode,
      });
    },
  };
}

/** Active pods by node, of all ReplicaSets of the same owner (RS-06). */
function countPodsOnNodes(informer: Informer, indexes: ReplicaIndexes, set: ReplicaSet): ReadonlyMap<string, number> {
  const owner = controllerOf(set)?.uid;
  const related = owner === undefined ? [set] : informer.by(replicaSetKind, 'owner', owner).values();
  const counts = new Map<string, number>();
  for (const other of related) {
    for (const { pod } of indexes.of(other as ReplicaSet).active.values()) {
      const node = pod.spec.nodeName ?? '';
      counts.set(node, (counts.get(node) ?? 0) + 1);
    }
  }
  return counts;
}
