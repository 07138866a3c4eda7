// The quota controller: keeps the limits of a ResourceQuota's status like those of its spec, and gives back what objects used
// that are gone. New objects are charged by admission. Follows pkg/controller/resourcequota. Upstream counts its cache and
// mends every five minutes what that missed; here live objects are counted, and nothing is to be mended.

import { kinds } from '../../../kubernetes/kinds.ts';
import { same } from '../../store/same.ts';
import { addAmounts, countOf, readAmounts, writeAmounts } from '../../api/quota/amounts.ts';
import { isInScope, quotaKey } from '../../api/quota/quota.ts';
import { countName, isEnded, usageOf } from '../../api/quota/usage.ts';
import type { Kind } from '../../../kubernetes/kind.ts';
import type { Quantity } from '../../../kubernetes/quantity.ts';
import type { Result } from '../../api/server.ts';
import type { ResourceQuota } from '../../api/quota/quota.ts';
import type { Change, ObjectKey } from '../../store/store.ts';
import type { Controller, Informer, Pass, Plant, WorkQueue } from '../controller.ts';

const manager = 'kube-controller-manager';
const namedKinds = ['pods', 'services', 'persistentvolumeclaims', 'configmaps', 'secrets', 'resourcequotas'];

/** Makes the quota controller of a simulation. */
export function createResourceQuotaController(plant: Plant): Controller {
  let cache: Informer | undefined;
  return {
    name: 'resource_quota_controller',
    // --concurrent-resource-quota-syncs
    workers: 5,
    start(informer, queue) {
      cache = informer;
      const following = new Set<string>();
      informer.on(quotaKey, ({ type, key, object }) => {
        if (type === 'DELETED') return;
        const quota = object as ResourceQuota;
        // Kinds are watched only where somebody limits them: nearly no simulated cluster has a quota.
        for (const kind of kindsOf(quota)) {
          if (following.has(kind.key)) continue;
          following.add(kind.key);
          informer.on(kind.key, (change) => replenish(informer, queue, change));
        }
        if (!same(quota.spec?.hard ?? {}, quota.status?.hard)) queue.enqueue(key);
      });
    },
    *reconcile(key) {
      const quota = cache?.get(quotaKey, key);
      return quota === undefined ? { kind: 'done' } : yield* reconcileQuota(plant, key, quota);
    },
  };
}

/** An object that is gone, or a pod that has ended, may give something back. */
function replenish(informer: Informer, queue: WorkQueue, { type, object, old }: Change): void {
  const ended = object.kind === 'Pod' && isEnded(object) && old !== undefined && !isEnded(old);
  if (type !== 'DELETED' && !ended) return;
  for (const key of informer.by(quotaKey, 'namespace', object.metadata.namespace ?? '').keys()) queue.enqueue(key);
}

function* reconcileQuota(plant: Plant, key: ObjectKey, cached: ResourceQuota): Pass {
  const { api } = plant;
  const write = (): Result =>
    api.update(
      quotaKey,
      key,
      (stored) => {
        const quota = stored as ResourceQuota;
        const hard = quota.spec?.hard ?? {};
        return { ...quota, status: { hard, used: usedOf(plant, quota) } };
      },
      { subresource: 'status', uid: cached.metadata.uid, manager },
    );
  const written: Result = yield write;
  if (written.ok || written.status.code === 404) return { kind: 'done' };
  return { kind: 'error', message: written.status.message ?? 'the quota could not be written' };
}

/** What the objects of the namespace use of what is limited. */
function usedOf({ api }: Plant, quota: ResourceQuota): Readonly<Record<string, string>> {
  const hard = readAmounts(quota.spec?.hard);
  const used = new Map<string, Quantity>([...hard.keys()].map((resource) => [resource, countOf(0)]));
  for (const kind of kindsOf(quota)) {
    for (const object of api.store.by(kind.key, 'namespace', quota.metadata.namespace ?? '').values()) {
      if (isInScope(quota, kind, object)) {
        addAmounts(used, new Map([...usageOf(kind, object)].filter(([resource]) => hard.has(resource))));
      }
    }
  }
  return writeAmounts(used);
}

/** The kinds that a quota may limit. */
function kindsOf(quota: ResourceQuota): readonly Kind[] {
  const hard = Object.keys(quota.spec?.hard ?? {});
  const counted = new Set(hard);
  return kinds.filter(
    (kind) => counted.has(countName(kind)) || (kind.group === '' && namedKinds.includes(kind.plural)),
  );
}
