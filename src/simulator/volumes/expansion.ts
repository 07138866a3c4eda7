// What the control plane does with a claim that asks for more than it has (EXPAND-03): it says that somebody else has to act.
// The simulated provisioner makes directories and cannot enlarge them, as rancher.io/local-path: the claim keeps its capacity.

import { parseQuantity } from '../../kubernetes/quantity.ts';
import { claimKind, requestOf } from './volume.ts';
import type { Controller, Informer, Plant } from '../controllers/controller.ts';
import type { Claim } from './volume.ts';

/** Creates the expand controller. */
export function createExpandController({ events }: Plant): Controller {
  let claims: Informer | undefined;
  return {
    name: 'volume_expand',
    workers: 10,
    start(informer, queue) {
      claims = informer;
      informer.on(claimKind, ({ type, key, object }) => {
        if (type !== 'DELETED' && asksForMore(object as Claim)) queue.enqueue(key);
      });
    },
    // Nothing is written to the API: no calls are yielded.
    // oxlint-disable-next-line require-yield
    *reconcile(key) {
      const claim = claims?.get(claimKind, key) as Claim | undefined;
      if (claim === undefined || !asksForMore(claim)) return { kind: 'done' };
      const message = 'waiting for an external controller to expand this PVC';
      events.record({ component: 'volume_expand', about: claim, type: 'Normal', reason: 'ExternalExpanding', message });
      return { kind: 'done' };
    },
  };
}

function asksForMore(claim: Claim): boolean {
  const status = claim.status as
    | { readonly phase?: string; readonly capacity?: { readonly storage?: string } }
    | undefined;
  if (status?.phase !== 'Bound' || status.capacity?.storage === undefined) return false;
  return requestOf(claim) > Number((parseQuantity(status.capacity.storage)?.nanos ?? 0n) / 1_000_000_000n);
}
