// Streams into a container that cannot be had: they are refused in plain words rather than answered with something made up.

import { badRequest, failure, notFound } from '../api/refusals.ts';
import { objectKeyOf } from '../api/object-key.ts';
import type { Status } from '../../kubernetes/status.ts';
import type { Store } from '../store/store.ts';
import type { ServedKind } from './catalogue.ts';
import type { RequestPath } from './request-path.ts';

const streams: ReadonlySet<string> = new Set(['exec', 'attach', 'portforward']);

/** The refusal of a stream; undefined for any other request. */
export function refuseStream({
  path,
  store,
  served,
}: {
  readonly path: Extract<RequestPath, { readonly kind: 'resource' }>;
  readonly store: Store;
  readonly served: ServedKind | undefined;
}): Status | undefined {
  const { subresource = '', name = '', namespace = '' } = path;
  if (served?.kind.key !== 'pod' || !streams.has(subresource)) return undefined;
  const pod = store.get(served.kind.key, objectKeyOf({ name, namespace }));
  if (pod === undefined) return notFound(served.kind, name);
  const { spec = {} } = pod as { readonly spec?: { readonly nodeName?: string } };
  if (!spec.nodeName) return badRequest(`pod ${name} does not have a host assigned`);
  // What comes with an upgrade does not come here.
  if (subresource === 'exec') return badRequest('Upgrade request required');
  const message = `${subresource} is not simulated: there is no program in pod ${name} that it could reach`;
  return failure(501, 'NotImplemented', message);
}
