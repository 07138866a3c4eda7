// The DaemonSet controller: keeps one pod on every node that fits (DS).

import { podKind } from '../../kubelet/pod.ts';
import { controllerRevisionKind } from '../history/controller-revision.ts';
import { Orphans } from '../orphans.ts';
import { Expectations } from '../replicaset/expectations.ts';
import { FailedPodBackoff } from './failed-pod-backoff.ts';
import { component } from './pass-context.ts';
import { reconcileDaemonSet } from './pass.ts';
import { daemonSetKind } from './types.ts';
import { watchForWork } from './wake-ups.ts';
import type { Controller, Informer, Plant } from '../controller.ts';
import type { DaemonSet } from './types.ts';

/** Makes the DaemonSet controller of a simulation. */
export function createDaemonSetController(plant: Plant): Controller {
  const expectations = new Expectations();
  const backoff = new FailedPodBackoff();
  let caches: { readonly informer: Informer; readonly orphans: Orphans; readonly orphanRevisions: Orphans } | undefined;
  return {
    name: component,
    // --concurrent-daemonset-syncs
    workers: 2,
    start(informer, queue) {
      const orphanRevisions = new Orphans(informer, controllerRevisionKind);
      caches = { informer, orphans: new Orphans(informer, podKind), orphanRevisions };
      watchForWork({ informer, queue, expectations });
    },
    *reconcile(key) {
      if (caches === undefined) throw new TypeError(`${component}: reconcile was called before start`);
      const set = caches.informer.get(daemonSetKind, key) as DaemonSet | undefined;
      if (set === undefined) {
        expectations.forget(key);
        backoff.forget(key);
        return { kind: 'done' };
      }
      return yield* reconcileDaemonSet({ plant, ...caches, expectations, backoff, key, set, created: [] });
    },
  };
}
