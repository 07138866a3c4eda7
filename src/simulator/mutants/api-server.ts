// Mutants of the API server: a check that is left out, a number that does not move, a request taken for another.

import { parseJson } from './parse-json.ts';
import { ruled } from './mutant.ts';
import type { JsonObject } from '../../kubernetes/object.ts';
import type { ApiRequest, ApiResponse } from '../api/server.ts';
import type { Mutant, Seam } from './mutant.ts';

/** The mutants of this file. */
export const apiServer: readonly Mutant[] = [
  {
    id: 'immutable-fields-accepted',
    about: 'Takes any change of an object, also of fields that are fixed at its creation.',
    breaks: 'API-UPD-08',
    seams: [ruled('every', () => ({ validateUpdate: () => undefined }))],
  },
  {
    id: 'validation-skipped',
    about: 'Stores what a kind does not allow: only the shape of an object is looked at.',
    breaks: 'STS-VAL-01',
    seams: [ruled('every', () => ({ validate: () => undefined }))],
  },
  {
    id: 'names-unchecked',
    about: 'Takes any text for a name, which later is no label and no name in DNS.',
    breaks: 'API-META-15',
    seams: [ruled('every', () => ({ nameProblems: () => [] }))],
  },
  {
    id: 'unknown-fields-accepted',
    about: 'Drops fields that it does not know without a word, so that a misspelt one does nothing.',
    breaks: 'API-CREATE-09',
    seams: [asked((request) => ({ ...request, query: { ...request.query, fieldValidation: 'Ignore' } }))],
  },
  {
    id: 'generation-stuck',
    about: 'Never raises `metadata.generation`, so that no change of a spec can be told from none.',
    breaks: 'API-META-06',
    seams: [ruled('every', () => ({ movesGeneration: () => false }))],
  },
  {
    id: 'generation-restless',
    about: 'Raises `metadata.generation` with every write, also with one that leaves the spec as it was.',
    breaks: 'API-META-06',
    seams: [ruled('every', () => ({ movesGeneration: () => true }))],
  },
  {
    id: 'preconditions-ignored',
    about: 'Deletes whatever bears the name, also when the caller meant an earlier object by its uid.',
    breaks: 'API-DEL-08',
    seams: [asked((request) => (request.verb === 'delete' ? withBody(request, withoutPreconditions) : request))],
  },
  {
    id: 'conflicts-ignored',
    about: 'Lets the last writer win who had read an older version.',
    breaks: 'API-UPD-01',
    seams: [
      asked((request) => {
        if (request.verb !== 'update' && request.verb !== 'patch') return request;
        return withBody(request, ({ metadata, ...rest }) => {
          if (typeof metadata !== 'object' || metadata === null)
            return { ...rest, ...(metadata === undefined ? {} : { metadata }) };
          const { resourceVersion: _, ...kept } = metadata as JsonObject;
          return { ...rest, metadata: kept };
        });
      }),
    ],
  },
  {
    id: 'apply-only-adds',
    about: 'Keeps what a manifest leaves out when it is applied again: apply is taken for a merge.',
    breaks: 'API-SSA-03',
    seams: [
      {
        kind: 'door',
        alter: (api) => ({
          handle(request) {
            if (request.patchType !== 'apply') return api.handle(request);
            const { body: _, ...read } = request;
            const there = api.handle({ ...read, verb: 'get' }).code === 200;
            return api.handle(there ? { ...request, patchType: 'merge' } : request);
          },
        }),
      },
    ],
  },
  {
    id: 'eviction-without-budget',
    about: 'Evicts a pod without asking its disruption budget: an eviction is taken for a deletion.',
    breaks: 'EVICT-02',
    seams: [
      {
        kind: 'door',
        alter: (api) => ({
          handle(request) {
            if (request.verb !== 'create' || request.subresource !== 'eviction') return api.handle(request);
            const { subresource: _, body: __, ...rest } = request;
            const answer = api.handle({ ...rest, verb: 'delete' });
            return answer.code === 200 ? evicted : answer;
          },
        }),
      },
    ],
  },
];

const evicted: ApiResponse = {
  code: 201,
  body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 },
  warnings: [],
};

function withoutPreconditions(body: JsonObject): JsonObject {
  const { preconditions: _, ...rest } = body;
  return rest;
}

/** Requests that come in are taken for others. */
function asked(change: (request: ApiRequest) => ApiRequest): Seam {
  return { kind: 'door', alter: (api) => ({ handle: (request) => api.handle(change(request)) }) };
}

/** A request with another body, where it has one that is an object. */
function withBody(request: ApiRequest, change: (body: JsonObject) => JsonObject): ApiRequest {
  const body = typeof request.body === 'string' ? parseJson(request.body) : request.body;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return request;
  return { ...request, body: change(body as JsonObject) };
}
