// Mutants of deletion: cascades, finalizers, grace, lost nodes.

import { podKind } from '../controllers/statefulset/types.ts';
import { does, ruled } from './mutant.ts';
import type { ApiRequest, ApiServer, DeleteOptions } from '../api/server.ts';
import type { Mutant, Seam } from './mutant.ts';

/** The mutants of this file. */
export const deletion: readonly Mutant[] = [
  {
    id: 'orphans-deleted',
    about: 'Deletes the dependents of an owner also when they were to be left behind.',
    breaks: 'API-GC-06',
    seams: [propagates('Orphan', 'Background')],
  },
  {
    id: 'foreground-not-awaited',
    about: 'Removes an owner at once where it should go after its dependents.',
    breaks: 'API-GC-04',
    seams: [propagates('Foreground', 'Background')],
  },
  {
    id: 'dependents-left-behind',
    about: 'Removes owners and never their dependents: nobody collects the garbage.',
    breaks: 'API-GC-03',
    seams: [
      does('garbage-collector', (api) => ({
        delete(kind, key, options) {
          const object = api.store.get(kind, key);
          return object === undefined ? api.delete(kind, key, options) : { ok: true, value: object };
        },
      })),
    ],
  },
  {
    id: 'finalizers-ignored',
    about: 'Removes an object at once although a finalizer says that something is to be done before.',
    breaks: 'API-DEL-03',
    seams: [
      {
        kind: 'door',
        alter: (api) => ({
          handle(request) {
            if (request.verb === 'delete') dropFinalizers(api, request);
            return api.handle(request);
          },
        }),
      },
    ],
  },
  {
    id: 'grace-ignored',
    about: 'Deletes pods without their time of grace, whoever asks: as `--force` does.',
    breaks: 'API-GRACE-01',
    seams: [ruled([podKind], () => ({ gracePeriod: () => 0 }))],
  },
  {
    id: 'grace-of-request-ignored',
    about: 'Takes the time of grace from the pod alone, whatever the deletion asks for.',
    breaks: 'API-GRACE-01',
    seams: [
      ruled([podKind], (strategy) => ({
        gracePeriod: (object, requested) => strategy.gracePeriod?.(object, requested === 0 ? 0 : undefined) ?? 0,
      })),
    ],
  },
  {
    id: 'lost-pods-forced',
    about: 'Removes the pods of a lost node by force, so that a replacement runs beside one that may be alive.',
    breaks: 'NODE-FAIL-06',
    seams: [
      does('taint-eviction', (api) => ({
        delete: (kind, key, options) => api.delete(kind, key, { ...options, gracePeriodSeconds: 0 }),
      })),
    ],
  },
  {
    id: 'lost-pods-left',
    about: 'Never marks the pods of a lost node for deletion: they look well for ever.',
    breaks: 'NODE-FAIL-01',
    seams: [
      does('taint-eviction', (api) => ({
        delete(kind, key, options) {
          const pod = api.store.get(kind, key);
          return pod === undefined ? api.delete(kind, key, options) : { ok: true, value: pod };
        },
        update(kind, key, change, options) {
          const pod = api.store.get(kind, key);
          return pod === undefined ? api.update(kind, key, change, options) : { ok: true, value: pod };
        },
      })),
    ],
  },
];

type Policy = NonNullable<DeleteOptions['propagationPolicy']>;

/** Deletions that ask for one policy get another. */
function propagates(asked: Policy, given: Policy): Seam {
  return {
    kind: 'door',
    alter: (api) => ({
      handle: (request) => api.handle(request.verb === 'delete' ? withPolicy(request, asked, given) : request),
    }),
  };
}

function withPolicy(request: ApiRequest, asked: Policy, given: Policy): ApiRequest {
  const { body, query } = request;
  const inQuery = query?.propagationPolicy === asked ? { query: { ...query, propagationPolicy: given } } : {};
  const options = typeof body === 'object' && body !== null ? (body as { readonly propagationPolicy?: string }) : {};
  const inBody = options.propagationPolicy === asked ? { body: { ...options, propagationPolicy: given } } : {};
  return { ...request, ...inQuery, ...inBody };
}

/** Those of Kubernetes' own, such as the protection of claims, are kept: their absence is another mistake. */
function dropFinalizers(api: ApiServer, request: ApiRequest): void {
  const found = api.handle({ ...request, verb: 'get', body: null });
  const object =
    found.code === 200 ? (found.body as { readonly metadata?: { readonly finalizers?: readonly string[] } }) : {};
  const finalizers = object.metadata?.finalizers ?? [];
  const kept = finalizers.filter((finalizer) => finalizer.startsWith('kubernetes.io/'));
  if (kept.length === finalizers.length) return;
  api.handle({ ...request, verb: 'patch', patchType: 'merge', body: { metadata: { finalizers: kept } } });
}
