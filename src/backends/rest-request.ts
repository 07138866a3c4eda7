// The port's requests as REST requests: one translation for every backend that speaks to an API server.

import { kindKey } from '../kubernetes/kind.ts';
import { kindOfKey } from '../kubernetes/kinds.ts';
import type { Kind, KindKey } from '../kubernetes/kind.ts';
import type { Json, Manifest } from '../kubernetes/object.ts';
import type { ApiRequest } from '../simulator/api/server.ts';
import type { ClusterRequest, ObjectAddress } from './cluster.ts';

/** Requests that the API server answers; DNS and exec go other ways. */
export type ApiClusterRequest = Exclude<ClusterRequest, { readonly verb: 'resolve' | 'exec' }>;

/** What the translation needs to know of the cluster. */
export interface RestContext {
  readonly namespace: string;
  /** Kinds that are served beside the built-in ones. */
  readonly kindOf?: (key: KindKey) => Kind | undefined;
}

const fieldManager = 'setpiece';
const writing = { fieldManager, fieldValidation: 'Strict' } as const;

/**
 * Translates a request. Kinds and versions that are not served go out as they are written, so that the API server says
 * what it says of them. Server-side apply takes over fields of other managers: what an author applies is what is wanted.
 */
export function restRequest(request: ApiClusterRequest, context: RestContext): ApiRequest {
  // The table holds for each verb the function that takes its request; TypeScript cannot follow that through an index.
  return translations[request.verb](request as never, context);
}

type Translations = {
  readonly [Verb in ApiClusterRequest['verb']]: (
    request: Extract<ClusterRequest, { verb: Verb }>,
    context: RestContext,
  ) => ApiRequest;
};

const translations: Translations = {
  apply: ({ object }, context) => ({
    ...ofManifest(object, context),
    verb: 'patch',
    name: object.metadata?.name ?? '',
    patchType: 'apply',
    body: object,
    query: { ...writing, force: true },
  }),
  create: ({ object }, context) => ({
    ...ofManifest(object, context),
    verb: 'create',
    body: object,
    query: writing,
  }),
  replace: (request, context) => ({
    ...ofAddress(request, context),
    verb: 'update',
    body: request.object,
    query: writing,
  }),
  patch: (request, context) => ({
    ...ofAddress(request, context),
    verb: 'patch',
    patchType: request.type,
    body: request.body,
    query: writing,
  }),
  delete: (request, context) => ({ ...ofAddress(request, context), verb: 'delete', body: deleteOptions(request) }),
  evict: (request, context) => ({
    ...ofAddress(request, context),
    verb: 'create',
    subresource: 'eviction',
    body: eviction(request, context),
  }),
  get: (request, context) => ({ ...ofAddress(request, context), verb: 'get' }),
  list: ({ kind }, context) => ({ ...ofKind(kind, context), verb: 'list' }),
};

type Place = Pick<ApiRequest, 'group' | 'version' | 'resource' | 'namespace'>;

function ofManifest(object: Manifest, context: RestContext): Place {
  const slash = object.apiVersion.indexOf('/');
  const known = find(kindKey(object), context);
  return {
    group: object.apiVersion.slice(0, Math.max(0, slash)),
    version: object.apiVersion.slice(slash + 1),
    resource: known?.plural ?? guessPlural(object.kind),
    ...(known?.namespaced === false ? {} : { namespace: context.namespace }),
  };
}

function ofAddress(
  { target, subresource }: { readonly target: ObjectAddress; readonly subresource?: string },
  context: RestContext,
): Place & Pick<ApiRequest, 'name' | 'subresource'> {
  const place = { ...ofKind(target.kind, context), name: target.name };
  return subresource === undefined ? place : { ...place, subresource };
}

function ofKind(key: KindKey, context: RestContext): Place {
  const known = find(key, context);
  if (known !== undefined) {
    const { group, version, plural: resource } = known;
    return { group, version, resource, ...(known.namespaced ? { namespace: context.namespace } : {}) };
  }
  const [kind = '', ...group] = key.split('.');
  return { group: group.join('.'), version: 'v1', resource: guessPlural(kind), namespace: context.namespace };
}

function find(key: KindKey, { kindOf }: RestContext): Kind | undefined {
  return kindOf?.(key) ?? kindOfKey(key);
}

/** As discovery would most likely name an unknown kind; whatever it is, the answer is 404. */
function guessPlural(kind: string): string {
  return `${kind.toLowerCase()}s`;
}

function deleteOptions({
  propagation,
  graceSeconds,
  preconditions,
}: Extract<ClusterRequest, { verb: 'delete' }>): Json {
  return {
    kind: 'DeleteOptions',
    apiVersion: 'v1',
    ...(propagation === undefined ? {} : { propagationPolicy: propagation }),
    ...(graceSeconds === undefined ? {} : { gracePeriodSeconds: graceSeconds }),
    ...(preconditions === undefined ? {} : { preconditions }),
  };
}

function eviction(
  { target, graceSeconds }: Extract<ClusterRequest, { verb: 'evict' }>,
  { namespace }: RestContext,
): Manifest {
  return {
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name: target.name, namespace },
    ...(graceSeconds === undefined ? {} : { deleteOptions: { gracePeriodSeconds: graceSeconds } }),
  };
}
