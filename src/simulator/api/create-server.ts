// The API server: one set of rules, two doors. See `requests/` for what happens to a request and `strategies/` for what
// differs between kinds.

import { InvariantError } from '../invariant.ts';
import { createUids } from '../uid.ts';
import { kindKey } from '../../kubernetes/kind.ts';
import { customResourceDefinitionKey } from './kind-keys.ts';
import { KindRegistry } from './kind-registry.ts';
import { badRequest, modified, notFound, refuse, uidMismatch } from './refusals.ts';
import { bindPod } from './requests/binding.ts';
import { createObject } from './requests/create.ts';
import { deleteObject } from './requests/delete.ts';
import { handleRequest } from './requests/handle.ts';
import { trackerFor } from './requests/managed-fields.ts';
import { updateObject } from './requests/update.ts';
import { ServiceAddresses } from './service-addresses.ts';
import { builtinStrategies } from './strategies/builtin.ts';
import { customStrategy } from './strategies/custom-resource.ts';
import { establish, watchDefinitions } from './strategies/establish.ts';
import { specOf } from './strategies/members.ts';
import type { KindKey } from '../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { Status } from '../../kubernetes/status.ts';
import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { ObjectKey, Store } from '../store/store.ts';
import type { ApiContext } from './context.ts';
import type { ApiServer, Result, UpdateOptions } from './server.ts';
import type { PodSpec } from './shapes.ts';
import type { Strategy } from './strategy.ts';

/** How an API server is made. */
export interface ApiServerOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  /**
   * Refuses pods whose ServiceAccount is absent even when it is `default` (API-PODDEF-05): for simulations in which a controller
   * creates that account in every namespace. Default false: `default` is taken to be there.
   */
  readonly requireServiceAccount?: boolean;
  /** Takes the place of the rules of a built-in kind: for clusters that are wrong on purpose. Default: the rules as they are. */
  readonly alterStrategy?: (strategy: Strategy) => Strategy;
}

/** Creates the API server of one simulation. All built-in kinds are served. */
export function createApiServer(options: ApiServerOptions): ApiServer {
  const { store, clock, random, requireServiceAccount = false, alterStrategy } = options;
  const registry = new KindRegistry();
  const strategies = alterStrategy === undefined ? builtinStrategies : builtinStrategies.map(alterStrategy);
  for (const strategy of strategies) registry.add(strategy);
  const context: ApiContext = {
    store,
    clock,
    registry,
    addresses: new ServiceAddresses(store, random.stream('api/service-addresses')),
    uids: createUids(random.stream('api/uids')),
    names: random.stream('api/names'),
    requireServiceAccount,
  };
  watchDefinitions(context);
  return {
    store,
    kind: (key) => registry.get(key)?.kind,
    serve: (kind, options = {}) => registry.add(customStrategy(kind, options.statusSubresource ?? true)),
    create(object) {
      const strategy = served(registry, kindKey(object));
      if (strategy.kind.namespaced && !object.metadata?.namespace) {
        return refuse(badRequest('an empty namespace may not be set during creation'));
      }
      const created = createObject(strategy, object, context);
      if (created.ok && strategy.kind.key === customResourceDefinitionKey) establish(created.value, context);
      return created;
    },
    update: (kind, key, change, options = {}) =>
      updateStored({ strategy: served(registry, kind), key, change, options }, context),
    delete(kind, key, options = {}) {
      const strategy = served(registry, kind);
      const current = store.get(kind, key);
      if (current === undefined) return refuse(notFound(strategy.kind, nameOf(key)));
      return deleteObject({ strategy, current, options }, context);
    },
    handle: (request) => handleRequest(request, context),
  };
}

interface TypedUpdate {
  readonly strategy: Strategy;
  readonly key: ObjectKey;
  readonly change: (current: KubernetesObject) => KubernetesObject;
  readonly options: UpdateOptions;
}

function updateStored({ strategy, key, change, options }: TypedUpdate, context: ApiContext): Result {
  const current = context.store.get(strategy.kind.key, key);
  if (current === undefined) return refuse(notFound(strategy.kind, nameOf(key)));
  const refused = compareIdentity(strategy, current, options);
  if (refused !== undefined) return refuse(refused);
  const next = change(current);
  const { subresource } = options;
  if (subresource === 'binding') return bindPod(current, specOf<PodSpec>(next).nodeName ?? '', strategy.kind, context);
  const part = subresource === undefined ? {} : { subresource };
  // Only objects that somebody applied have owners to keep track of; those of controllers stay without (API-META-12).
  const tracked = current.metadata.managedFields !== undefined;
  const track = tracked ? { track: trackerFor(options.manager, context.clock.timestamp, subresource) } : {};
  return updateObject({ strategy, current, next, ...part, ...track }, context);
}

function compareIdentity(
  { kind }: Strategy,
  { metadata }: KubernetesObject,
  { uid, resourceVersion }: UpdateOptions,
): Status | undefined {
  const { name, namespace } = metadata;
  if (uid !== undefined && uid !== metadata.uid) {
    return uidMismatch(kind, { name, namespace }, { sent: uid, stored: metadata.uid });
  }
  const stale = resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion;
  return stale ? modified(kind, name) : undefined;
}

/** The strategy of a kind that our own code asks for; asking for one that is not served is a bug of ours. */
function served(registry: KindRegistry, key: KindKey): Strategy {
  const strategy = registry.get(key);
  if (strategy === undefined)
    throw new InvariantError(`the API server was asked for \`${key}\`, which it does not serve`);
  return strategy;
}

function nameOf(key: ObjectKey): string {
  return key.slice(key.indexOf('/') + 1);
}
