// Objects that belong to the whole cluster: what a scenario makes is removed at its end, what was there before is not touched
// unless the cluster is disposable, and nodes get back what a scenario has changed.

import { UnsupportedByBackend } from '../cluster.ts';
import { refusalError } from './refusal-error.ts';
import { restPath } from './rest-path.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { ApiRequest } from '../../simulator/api/server.ts';
import type { Answer, BackendError } from '../cluster.ts';
import type { Connection } from './connection.ts';

type Place = Pick<ApiRequest, 'group' | 'version' | 'resource' | 'name'>;

/** The shared objects that one scenario has to do with. */
export class SharedObjects {
  readonly #connection: Connection;
  readonly #disposable: boolean;
  /** Paths of what the scenario has made, in the order in which it did. */
  readonly #made: string[] = [];
  /** What nodes were before they were changed, by path. */
  readonly #nodes = new Map<string, KubernetesObject>();

  constructor(connection: Connection, disposable: boolean) {
    this.#connection = connection;
    this.#disposable = disposable;
  }

  /** Before a write: rejects with `UnsupportedByBackend` when it would change what is not the scenario's. */
  async guard(request: ApiRequest): Promise<void> {
    if (!isShared(request) || request.verb === 'get' || request.verb === 'list' || request.verb === 'create') return;
    const path = pathOf(request);
    if (this.#made.includes(path)) return;
    const found = await this.#connection.request({ method: 'GET', path });
    if (found.code !== 200) return;
    if (!this.#disposable) {
      const what = `${request.resource}/${request.name ?? ''}`;
      throw new UnsupportedByBackend(
        `${what} belongs to the cluster, not to the scenario: it is changed only on a cluster that is --disposable`,
      );
    }
    const object = found.body as unknown as KubernetesObject;
    if (request.resource === 'nodes' && !this.#nodes.has(path)) this.#nodes.set(path, object);
  }

  /** After a write. */
  note(request: ApiRequest, { code, body }: Answer): void {
    if (!isShared(request) || code !== 201 || request.subresource !== undefined) return;
    const name = (body as Partial<KubernetesObject>).metadata?.name ?? request.name;
    this.#made.push(pathOf(name === undefined ? request : { ...request, name }));
  }

  /** Asks for all that was made to be deleted, the last first, and gives the paths. */
  async remove(): Promise<readonly string[]> {
    const paths = this.#made.toReversed();
    let failure: BackendError | undefined;
    for (const path of paths) {
      const body = { kind: 'DeleteOptions', apiVersion: 'v1' };
      const answer = await this.#connection.request({ method: 'DELETE', path, body });
      if (answer.code >= 400 && answer.code !== 404) failure ??= refusalError(answer, `delete ${path}`);
    }
    for (const [path, before] of this.#nodes) await this.#restore(path, before);
    this.#nodes.clear();
    if (failure !== undefined) throw failure;
    return paths;
  }

  async #restore(path: string, before: KubernetesObject): Promise<void> {
    const { body, code } = await this.#connection.request({ method: 'GET', path });
    if (code !== 200) return;
    const now = body as unknown as KubernetesObject;
    const specOf = (object: KubernetesObject): Members => (object['spec'] ?? {}) as Members;
    const shared = { unschedulable: specOf(before)['unschedulable'] ?? null, taints: taintsOf(before) };
    const answer = await this.#connection.request({
      method: 'PATCH',
      path,
      contentType: 'application/merge-patch+json',
      body: {
        metadata: { labels: back(before.metadata.labels, now.metadata.labels) },
        spec: shared,
      },
    });
    if (answer.code >= 300 && answer.code !== 404) throw refusalError(answer, `patch ${path}`);
  }
}

type Members = Readonly<Record<string, unknown>>;

/** Taints that somebody set; those of conditions come and go by themselves. */
function taintsOf({ spec }: KubernetesObject): unknown {
  const { taints = [] } = (spec ?? {}) as { readonly taints?: readonly { readonly key: string }[] };
  const kept = taints.filter(
    ({ key }) => !key.startsWith('node.kubernetes.io/') && !key.startsWith('node.cloudprovider'),
  );
  return kept.length === 0 ? null : kept;
}

/** The merge patch that makes `now` what it was. */
function back(before: Members = {}, now: Members = {}): Members {
  return { ...Object.fromEntries(Object.keys(now).map((name) => [name, null])), ...before };
}

function isShared({ namespace }: ApiRequest): boolean {
  return namespace === undefined;
}

function pathOf({ group, version, resource, name }: Place): string {
  return restPath({ group, version, resource, ...(name === undefined ? {} : { name }) });
}
