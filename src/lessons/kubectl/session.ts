// A simulated cluster as command lines work on it: objects to look at, requests to send, and time that passes when it is told to.

import { isStatus } from '../../kubernetes/status.ts';
import { Catalogue } from '../../simulator/http/catalogue.ts';
import { createSimulator } from '../../simulator/simulator.ts';
import type { ClusterView, ShownKind } from '../../kubernetes/kubectl/cluster-view.ts';
import type { Kind, KindKey } from '../../kubernetes/kind.ts';
import type { KubernetesObject, Manifest } from '../../kubernetes/object.ts';
import type { Status } from '../../kubernetes/status.ts';
import type { ApiRequest } from '../../simulator/api/server.ts';
import type { Simulator, SimulatorOptions } from '../../simulator/simulator.ts';

/** The namespace of a command that names none. */
export const defaultNamespace = 'default';
/** Virtual time in which a cluster must become quiet, microseconds. */
const settleMax = 600_000_000;

/** An answer of the API server: the object, or the refusal. */
export type SessionAnswer =
  | { readonly ok: true; readonly object: KubernetesObject; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly status: Status };

/** Where an object is. */
export interface SessionAddress {
  readonly kind: KindKey;
  readonly name: string;
  readonly namespace: string;
}

/** What a request says beside its address. */
export type SessionRequest = Pick<ApiRequest, 'verb'> &
  Partial<Pick<ApiRequest, 'body' | 'patchType' | 'query' | 'subresource'>>;

/** A cluster of one lesson. */
export class KubectlSession {
  readonly simulator: Simulator;
  readonly #catalogue: Catalogue;

  constructor(options: SimulatorOptions) {
    this.simulator = createSimulator(options);
    this.#catalogue = new Catalogue(this.simulator.api);
  }

  /** The cluster's time, RFC 3339 with whole seconds. */
  get timestamp(): string {
    return this.simulator.clock.timestamp;
  }

  /** The cluster as it is now, or as it was when `frozen` was asked for. */
  view(namespace: string, { frozen = false }: { readonly frozen?: boolean } = {}): ClusterView {
    const { store } = this.simulator;
    const objects = (kind: KindKey): readonly KubernetesObject[] =>
      [...store.list(kind).values()].filter(({ metadata }) => (metadata.namespace ?? namespace) === namespace);
    if (!frozen) return { now: this.timestamp, namespace: defaultNamespace, objects };
    const kept = new Map(store.kinds().map((kind) => [kind, objects(kind)]));
    return { now: this.timestamp, namespace: defaultNamespace, objects: (kind) => kept.get(kind) ?? [] };
  }

  get({ kind, name, namespace }: SessionAddress): KubernetesObject | undefined {
    const namespaced = this.#kindOf(kind)?.namespaced !== false;
    return this.simulator.store.get(kind, namespaced ? `${namespace}/${name}` : name);
  }

  /** The kind that a manifest is of, if it is served in that version and stored in it. */
  kindOf({ apiVersion, kind }: Manifest): ShownKind | 'unknown' | 'otherForm' {
    const served = this.#catalogue.all().find((one) => one.kind.kind === kind && versionText(one.kind) === apiVersion);
    if (served === undefined) return 'unknown';
    return served.second === undefined ? { ...served.kind, printer: served.printer } : 'otherForm';
  }

  /** Sends a request about one object; a creation has its name in the body. */
  send({ kind, name, namespace }: SessionAddress, request: SessionRequest): SessionAnswer {
    const known = this.#kindOf(kind);
    const { group = '', version = 'v1', plural = '', namespaced = true } = known ?? {};
    const answer = this.simulator.api.handle({
      ...request,
      group,
      version,
      resource: plural,
      ...(namespaced ? { namespace } : {}),
      ...(request.verb === 'create' && request.subresource === undefined ? {} : { name }),
    });
    if (answer.code >= 400 && isStatus(answer.body)) return { ok: false, status: answer.body };
    return { ok: true, object: answer.body as KubernetesObject, warnings: answer.warnings };
  }

  /** Lets time pass until nothing moves any more, or ten minutes at most. */
  async settle(): Promise<void> {
    const { clock } = this.simulator;
    const limit = clock.now + settleMax;
    for (let turns = 0; clock.now < limit && (clock.pending('work') > 0 || clock.pending('deadline') > 0); turns += 1) {
      const next = clock.moving(1)[0]?.at ?? limit;
      clock.advanceTo(Math.max(clock.now + 1, Math.min(next, limit)));
      // A signal must be heard while a cluster is busy.
      if (turns % 256 === 255) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #kindOf(key: KindKey): Kind | undefined {
    return this.simulator.api.kind(key);
  }
}

function versionText({ group, version }: Kind): string {
  return group === '' ? version : `${group}/${version}`;
}
