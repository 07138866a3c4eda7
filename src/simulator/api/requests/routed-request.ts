// A request together with what its path leads to.

import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { ApiContext } from '../context.ts';
import type { ApiRequest } from '../server.ts';
import type { Strategy, Subresource } from '../strategy.ts';

/** A request whose path leads to a kind. */
export interface RoutedRequest {
  readonly request: ApiRequest;
  readonly strategy: Strategy;
  readonly subresource: Subresource | undefined;
  readonly context: ApiContext;
}

/** The stored object that a path names. */
export function storedObject({ request, strategy, context }: RoutedRequest): KubernetesObject | undefined {
  const { namespace, name = '' } = request;
  const key = strategy.kind.namespaced ? `${namespace ?? ''}/${name}` : name;
  return context.store.get(strategy.kind.key, key);
}
