// What a case of the contract stands on: a backend, the clusters that it opens, and the watch events that they tell.

import { composeKindKey } from '../../../src/kubernetes/kind.ts';
import { isStatus } from '../../../src/kubernetes/status.ts';
import type {
  Answer,
  Backend,
  Capability,
  Cluster,
  ClusterRequest,
  ObjectAddress,
  UntilEnd,
} from '../../../src/backends/cluster.ts';
import type { KubernetesObject } from '../../../src/kubernetes/object.ts';
import type { Observation } from '../../../src/trace/record.ts';

/** One case. It may be run several times, each time on a backend of its own. */
export interface ContractCase {
  readonly name: string;
  /** The case shows this capability; without it, it is skipped. */
  readonly capability?: Capability;
  readonly run: (stage: Stage) => Promise<void>;
}

/** What was observed, without what the runner adds. */
export type Seen = Omit<Observation, 'step'>;

/** More than any case needs of the cluster's clock, milliseconds: a real one pulls images. */
const patienceMs = 180_000;

/** The stage of one case. */
export class Stage {
  readonly backend: Backend;
  readonly #clusters: OpenedCluster[] = [];

  constructor(backend: Backend) {
    this.backend = backend;
  }

  /** Number of clusters that were opened. */
  get opened(): number {
    return this.#clusters.length;
  }

  /** Opens a cluster; `dispose` of the stage disposes it. */
  async open(needs: readonly Capability[] = []): Promise<OpenedCluster> {
    const seen: Seen[] = [];
    const cluster = await this.backend.open({
      scenario: 'contract',
      seed: 1,
      nodes: 1,
      needs: new Set(needs),
      listener: (event) => {
        if (event.kind === 'observation') seen.push(event);
      },
    });
    const opened = new OpenedCluster(cluster, seen);
    this.#clusters.push(opened);
    return opened;
  }

  async dispose(): Promise<void> {
    for (const { cluster } of this.#clusters) await cluster.dispose();
  }
}

/** A cluster with what it has told, and the questions that cases ask of it. */
export class OpenedCluster {
  readonly cluster: Cluster;
  readonly seen: readonly Seen[];

  constructor(cluster: Cluster, seen: readonly Seen[]) {
    this.cluster = cluster;
    this.seen = seen;
  }

  /** Sends a request and wants this code. */
  async send(request: ClusterRequest, code: number): Promise<Answer> {
    const answer = await this.cluster.request(request);
    if (answer.code !== code) {
      const told = isStatus(answer.body) ? `: ${answer.body.message ?? ''}` : '';
      throw new Error(`${request.verb} should be answered ${code}, found ${answer.code}${told}`);
    }
    return answer;
  }

  /** As `send`, for answers that are an object. */
  async object(request: ClusterRequest, code: number): Promise<KubernetesObject> {
    const { body } = await this.send(request, code);
    return body as KubernetesObject;
  }

  /** What an object is now, as a watcher knows it. */
  now({ kind, name }: ObjectAddress): KubernetesObject | undefined {
    const last = this.of(kind).findLast(({ object }) => object.metadata.name === name);
    return last?.type === 'DELETED' ? undefined : last?.object;
  }

  /** The events of a kind. */
  of(kind: string): readonly Seen[] {
    return this.seen.filter(({ object }) => keyOf(object) === kind);
  }

  /** Lets time pass until something is so, and wants it to become so. */
  async become(what: string, so: () => boolean, limitMs: number = patienceMs): Promise<void> {
    if (so()) return;
    const end = await this.cluster.until(so, this.cluster.nowMs + limitMs);
    if (!so()) throw new Error(`"${what}" should have come; the wait ended with ${end} at ${this.cluster.nowMs} ms`);
    if (end !== 'done') throw new Error(`"${what}" has come, and the wait ended with ${end}`);
  }

  /** Lets time pass whatever happens. */
  async pass(durationMs: number): Promise<UntilEnd> {
    return this.cluster.until(undefined, this.cluster.nowMs + durationMs);
  }
}

/** The key under which events of an object are asked for. */
export function keyOf({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): string {
  return composeKindKey(apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '', kind);
}

/** Addresses an object: `address('statefulset.apps', 'web')`. */
export function address(kind: string, name: string): ObjectAddress {
  const [word = '', ...group] = kind.split('.');
  return { kind: composeKindKey(group.join('.'), word), name };
}
