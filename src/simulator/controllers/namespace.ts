// The namespace controller: empties a namespace that is being deleted, then lets it go (API-NS-03 to -05).
// Upstream: pkg/controller/namespace.

import { composeKindKey } from '../../kubernetes/kind.ts';
import { deleteContent } from './namespace-content.ts';
import { withConditions, type Namespace } from './namespace-conditions.ts';
import { readLive } from './read-live.ts';
import type { ApiServer, Result } from '../api/server.ts';
import type { Micros } from '../clock.ts';
import type { Controller, Pass, PassOutcome, Plant } from './controller.ts';

const namespaceKind = composeKindKey('', 'Namespace');
const podKind = composeKindKey('', 'Pod');
const manager = 'kube-controller-manager';

/** Every API server must have seen the deletion before content is listed, or late creations would be missed. */
const settling: Micros = 5_000_000;

/** Creates the namespace controller. */
export function createNamespaceController({ api, clock }: Plant): Controller {
  return {
    name: 'namespace-controller',
    workers: 10,
    start(informer, queue) {
      informer.on(namespaceKind, ({ type, key, object }) => {
        if (type !== 'DELETED' && object.metadata.deletionTimestamp !== undefined) queue.enqueueAfter(key, settling);
      });
    },
    *reconcile(name): Pass {
      const read: Result = yield () => readLive(api, namespaceKind, name);
      if (!read.ok) return { kind: 'done' };
      const namespace = read.value as Namespace;
      if (namespace.metadata.deletionTimestamp === undefined || (namespace.spec?.finalizers ?? []).length === 0) {
        return { kind: 'done' };
      }
      const remains = yield* deleteContent(api, name, podKind);
      const written: Result = yield () =>
        api.update(namespaceKind, name, (current) => withConditions(current, remains, clock.timestamp), {
          subresource: 'status',
          manager,
        });
      if (!written.ok) return failed(written.status.message);
      if (remains.failures.length > 0) return failed(remains.failures.join(', '));
      // Half of the estimate, rounded down, and a second: what is left may end before its time.
      if (remains.estimate > 0)
        return { kind: 'done', requeueAfter: (Math.floor(remains.estimate / 2) + 1) * 1_000_000 };
      const finalized: Result = yield () => finalize(api, name);
      return finalized.ok || finalized.status.code === 404 ? { kind: 'done' } : failed(finalized.status.message);
    },
  };
}

/** Takes the namespace's own finalizer away (`/finalize`), with which the API server removes the object. */
function finalize(api: ApiServer, name: string): Result {
  return api.update(
    namespaceKind,
    name,
    (current) => {
      const { spec } = current as Namespace;
      const finalizers = (spec?.finalizers ?? []).filter((finalizer) => finalizer !== 'kubernetes');
      return { ...current, spec: { ...spec, finalizers } };
    },
    { subresource: 'finalize', manager },
  );
}

function failed(message: string | undefined): PassOutcome {
  return { kind: 'error', message: message ?? 'the namespace could not be updated' };
}
