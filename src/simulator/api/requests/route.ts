// From the path of a request to the kind that it is about, or to the server's answer for a path that leads nowhere
// (API-ERR-02 to -04).

import { methodNotAllowed, unknownResource } from '../refusals.ts';
import type { Status } from '../../../kubernetes/status.ts';
import type { KindRegistry } from '../kind-registry.ts';
import type { ApiRequest, ApiResponse } from '../server.ts';
import type { Strategy, Subresource } from '../strategy.ts';

/** Where a request leads. */
export type Route =
  | { readonly ok: true; readonly strategy: Strategy; readonly subresource: Subresource | undefined }
  | { readonly ok: false; readonly response: ApiResponse };

type Verb = ApiRequest['verb'];

/** What an object's own path takes, and what the path of its resource takes. */
const objectVerbs: readonly Verb[] = ['get', 'update', 'patch', 'delete'];
const resourceVerbs: readonly Verb[] = ['list', 'create', 'deletecollection'];
const subresourceVerbs: Readonly<Record<Subresource, readonly Verb[]>> = {
  status: ['get', 'update', 'patch'],
  scale: ['get', 'update', 'patch'],
  finalize: ['update'],
  binding: ['create'],
  eviction: ['create'],
};

/** Finds the kind and checks that the path takes the verb. */
export function route(request: ApiRequest, registry: KindRegistry): Route {
  const strategy = registry.resolve(request);
  if (strategy === undefined) {
    const known = registry.hasGroup(request.group);
    return known ? refused(unknownResource()) : { ok: false, response: pageNotFound };
  }
  const { namespaced, key } = strategy.kind;
  const named = request.name !== undefined && request.name !== '';
  const within = request.namespace !== undefined && request.namespace !== '';
  if (within && !namespaced) return refused(unknownResource());
  if (named && namespaced && !within) return refused(unknownResource());
  const subresource = request.subresource === undefined ? undefined : (request.subresource as Subresource);
  if (subresource !== undefined && (!named || !strategy.subresources.has(subresource)))
    return refused(unknownResource());
  const verbs = subresource === undefined ? (named ? objectVerbs : resourceVerbs) : subresourceVerbs[subresource];
  if (!verbs.includes(request.verb)) return refused(methodNotAllowed());
  if (named) return { ok: true, strategy, subresource };
  // Objects of all namespaces can be listed, but not made or removed, at one path.
  const acrossNamespaces = namespaced && !within && request.verb !== 'list';
  // Namespaces go one by one (API-DELCOL-02).
  const wholesale = key === 'namespace' && request.verb === 'deletecollection';
  return acrossNamespaces || wholesale ? refused(methodNotAllowed()) : { ok: true, strategy, subresource };
}

const pageNotFound: ApiResponse = { code: 404, body: '404 page not found\n', warnings: [] };

function refused(status: Status): Route {
  return { ok: false, response: { code: status.code, body: status, warnings: [] } };
}
