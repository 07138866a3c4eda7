// A CustomResourceDefinition serves its kind as soon as it is stored, and no longer when it is gone.

import { customStrategy, definedKind, establishedStatus } from './custom-resource.ts';
import { withStatus } from './members.ts';
import { customResourceDefinitionKey } from '../kind-keys.ts';
import { kindKey } from '../../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { ApiContext } from '../context.ts';

/** Serves the kind of a new definition and says so in its status; other objects are none of its business. */
export function establish(object: KubernetesObject, { store, registry, clock }: ApiContext): void {
  if (kindKey(object) !== customResourceDefinitionKey) return;
  const defined = definedKind(object);
  // A definition that takes the name of a kind that is served already is stored, but never established.
  if (defined === undefined || registry.get(defined.kind.key) !== undefined) return;
  registry.add(customStrategy(defined.kind, defined.statusSubresource, defined.schema));
  store.update(withStatus(object, establishedStatus(object, clock.timestamp)));
}

/** Ends the serving of kinds whose definitions go. */
export function watchDefinitions({ store, registry }: ApiContext): void {
  store.subscribe(customResourceDefinitionKey, ({ type, object }) => {
    const defined = type === 'DELETED' ? definedKind(object) : undefined;
    if (defined !== undefined) registry.remove(defined.kind.key);
  });
}
