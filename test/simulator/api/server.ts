// An API server over an empty store, for tests. Objects are frozen, so that a rule that changes one in place is found.

import { createApiServer } from '../../../src/simulator/api/create-server.ts';
import { createClock } from '../../../src/simulator/clock.ts';
import { createRandom } from '../../../src/simulator/random.ts';
import { createStore } from '../../../src/simulator/store/store.ts';
import type { KubernetesObject, Manifest } from '../../../src/kubernetes/object.ts';
import type { ApiRequest, ApiResponse, ApiServer } from '../../../src/simulator/api/server.ts';
import type { Clock } from '../../../src/simulator/clock.ts';
import type { Change, Store } from '../../../src/simulator/store/store.ts';

/** A server and what stands behind it. */
export interface TestServer {
  readonly api: ApiServer;
  readonly clock: Clock;
  readonly store: Store;
  /** Everything that was stored, in order. */
  readonly changes: Change[];
}

/** Creates a server; with `namespaces` they exist. */
export function createServer({ namespaces = [] }: { readonly namespaces?: readonly string[] } = {}): TestServer {
  const clock = createClock();
  const store = createStore({ clock, freeze: true });
  const api = createApiServer({ store, clock, random: createRandom(1) });
  for (const name of namespaces) api.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  const changes: Change[] = [];
  store.subscribe(undefined, (change) => changes.push(change));
  return { api, clock, store, changes };
}

/** Creates an object that must be taken. */
export function mustCreate(api: ApiServer, object: Manifest): KubernetesObject {
  const created = api.create(object);
  if (!created.ok) throw new Error(created.status.message);
  return created.value;
}

/** A request for one object (or, without a name, for a resource) of the core group in namespace `ns`. */
export function send(
  api: ApiServer,
  request: Partial<ApiRequest> & Pick<ApiRequest, 'verb' | 'resource'>,
): ApiResponse {
  return api.handle({ group: '', version: 'v1', namespace: 'ns', ...request });
}
