// Opens a cluster for one scenario: makes the namespace, begins to watch, and sees to it that nothing is left at the end.

import { randomBytes } from 'node:crypto';
import { BackendError } from '../cluster.ts';
import { awaitRemoval } from './await-removal.ts';
import { ContainerCrashes } from './container-crashes.ts';
import { giveDefaultClassBack, takeDefaultClass } from './default-class.ts';
import { isOfRun, namespaceName } from './is-of-run.ts';
import { KubeconfigCluster } from './kubeconfig-cluster.ts';
import { NodeFaults } from './node-faults.ts';
import { ReadinessGates } from './readiness-gate.ts';
import { refusalError } from './refusal-error.ts';
import { SharedObjects } from './shared-objects.ts';
import { WatchSet } from './watch-set.ts';
import type { Kind } from '../../kubernetes/kind.ts';
import type { Capability, Cluster, OpenOptions } from '../cluster.ts';
import type { Connection } from './connection.ts';
import type { NodeControl } from './create-backend.ts';
import type { Discovery } from './discovery.ts';
import type { Resolver } from './resolver.ts';

/** What all scenarios of a run share. */
export interface ClusterPlace {
  readonly connection: Connection;
  readonly discovery: Discovery;
  readonly missing: ReadonlyMap<Capability, string>;
  readonly disposable: boolean;
  readonly nodeControl: NodeControl | undefined;
  readonly resolver: Resolver;
  /** Wakes whoever waits. */
  readonly signal: AbortSignal | undefined;
  /** Removals that nobody has to wait for before the end of the run. */
  readonly removals: Promise<void>[];
}

/** What one cluster works with. */
export interface ClusterParts extends Pick<
  ClusterPlace,
  'connection' | 'discovery' | 'missing' | 'signal' | 'resolver'
> {
  readonly namespace: string;
  readonly watches: WatchSet;
  readonly shared: SharedObjects;
  /** Only where the scenario needs readiness-control. */
  readonly gates: ReadinessGates | undefined;
  readonly crashes: ContainerCrashes;
  readonly nodes: NodeFaults;
  /** Milliseconds since the cluster was opened. */
  readonly now: () => number;
  readonly cleanUp: () => Promise<void>;
}

/** Kinds of the whole cluster that are watched from the beginning; others when a scenario asks for them. */
const sharedKinds: ReadonlySet<string> = new Set([
  'namespace',
  'node',
  'persistentvolume',
  'storageclass.storage.k8s.io',
]);
/** Heartbeats of nodes, kept in a namespace of their own: no scenario has them. */
const unwatched: ReadonlySet<string> = new Set(['lease.coordination.k8s.io']);
/** Needs for which the cluster must be free of what ran before. */
const wholeCluster: readonly Capability[] = ['static-volumes', 'no-default-class', 'node-failure', 'custom-resources'];
const accountTimeoutMs = 30_000;

/** Opens a cluster. Rejects with `BackendError`, and then has left nothing behind. */
export async function openCluster(options: OpenOptions, place: ClusterPlace): Promise<Cluster> {
  const opening = new Opening(options, place);
  try {
    return await opening.open();
  } catch (error) {
    await opening.cleanUp().catch(() => undefined);
    throw error;
  }
}

class Opening {
  readonly #options: OpenOptions;
  readonly #place: ClusterPlace;
  readonly #namespace: string;
  readonly #parts: ClusterParts;
  #openedMs = performance.now();
  #made = false;
  #classTaken = false;
  #cleaned: Promise<void> | undefined;
  readonly #onAbort = (): void => this.#parts.watches.wake();

  constructor(options: OpenOptions, place: ClusterPlace) {
    const { connection, disposable, nodeControl } = place;
    const now = (): number => performance.now() - this.#openedMs;
    this.#options = options;
    this.#place = place;
    this.#namespace = namespaceName(options.scenario, randomBytes(3).toString('hex'));
    const onFailure = (error: unknown): void => this.#parts.watches.fail(error);
    const namespace = this.#namespace;
    const gates = options.needs.has('readiness-control')
      ? new ReadinessGates(connection, namespace, onFailure)
      : undefined;
    const crashes = new ContainerCrashes(connection, namespace, onFailure);
    this.#parts = {
      ...place,
      namespace,
      now,
      gates,
      crashes,
      shared: new SharedObjects(connection, disposable),
      nodes: new NodeFaults(nodeControl),
      cleanUp: () => this.cleanUp(),
      watches: new WatchSet({
        connection,
        namespace,
        now,
        isOfRun: (object) => isOfRun(object, namespace),
        onArrival: (type, object) => {
          if (object.kind !== 'Pod' || object.metadata.namespace !== namespace) return;
          gates?.observe(type, object);
          crashes.observe(type, object);
        },
      }),
    };
  }

  async open(): Promise<Cluster> {
    const { connection, signal, missing } = this.#place;
    const { needs, listener } = this.#options;
    signal?.addEventListener('abort', this.#onAbort);
    // Claims of an old namespace take volumes for as long as it is there.
    if (wholeCluster.some((need) => needs.has(need))) await Promise.all(this.#place.removals);
    if (needs.has('no-default-class') && !missing.has('no-default-class')) {
      this.#classTaken = true;
      await takeDefaultClass(connection);
    }
    // Before the clock starts: pulling its image takes as long as it takes.
    if (needs.has('dns') && !missing.has('dns')) await this.#place.resolver.ready();
    await this.#makeNamespace();
    await this.#watch();
    await this.#awaitAccount();
    const { watches } = this.#parts;
    const version = await watches.version();
    await watches.pass(version);
    const cluster = new KubeconfigCluster(this.#parts, listener);
    this.#openedMs = performance.now();
    for (const object of watches.baseline(version)) listener({ kind: 'observation', at: 0, type: 'ADDED', object });
    return cluster;
  }

  async #makeNamespace(): Promise<void> {
    const answer = await this.#place.connection.request({
      method: 'POST',
      path: '/api/v1/namespaces?fieldManager=setpiece',
      body: {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: this.#namespace, labels: { 'app.kubernetes.io/managed-by': 'setpiece' } },
      },
    });
    if (answer.code !== 201) throw refusalError(answer, 'create namespaces');
    this.#made = true;
  }

  async #watch(): Promise<void> {
    const scopeOf = (kind: Kind): Parameters<WatchSet['add']>[0] => {
      if (kind.namespaced) return { kind, namespace: this.#namespace };
      return kind.key === 'namespace' ? { kind, fieldSelector: `metadata.name=${this.#namespace}` } : { kind };
    };
    const kinds = this.#place.discovery.watchable.filter(
      ({ key, namespaced }) => (namespaced || sharedKinds.has(key)) && !unwatched.has(key),
    );
    await Promise.all(kinds.map((kind) => this.#parts.watches.add(scopeOf(kind))));
  }

  /** Pods are refused in a namespace that has no service account yet. */
  async #awaitAccount(): Promise<void> {
    const { watches } = this.#parts;
    const wanted = ['ServiceAccount default', 'ConfigMap kube-root-ca.crt'];
    const endMs = performance.now() + accountTimeoutMs;
    for (;;) {
      watches.check();
      if (this.#place.signal?.aborted === true) throw new BackendError('interrupted');
      const there = new Set([...watches.known()].map(({ kind, metadata }) => `${kind} ${metadata.name}`));
      const missing = wanted.find((name) => !there.has(name));
      if (missing === undefined) return;
      const leftMs = endMs - performance.now();
      if (leftMs <= 0) {
        throw new BackendError(
          `the namespace ${this.#namespace} has got no ${missing} within ${accountTimeoutMs / 1000}s: do the controllers of the cluster run?`,
        );
      }
      await watches.change(leftMs);
    }
  }

  /** Removes everything that the scenario has made; whatever fails, the rest is tried. Once. */
  cleanUp(): Promise<void> {
    this.#cleaned ??= this.#cleanUp();
    return this.#cleaned;
  }

  async #cleanUp(): Promise<void> {
    const { watches, shared, nodes } = this.#parts;
    const { signal, connection } = this.#place;
    signal?.removeEventListener('abort', this.#onAbort);
    watches.stop();
    const failures: unknown[] = [];
    const attempt = async (work: () => Promise<void>): Promise<void> => {
      await work().catch((error: unknown) => failures.push(error));
    };
    let left: readonly string[] = [];
    await attempt(() => nodes.releaseAll());
    await attempt(async () => {
      left = await shared.remove();
    });
    if (this.#made) await attempt(() => this.#deleteNamespace());
    // What belongs to the cluster can be in the way of the next scenario; an old namespace is not.
    await attempt(() => awaitRemoval(left, connection));
    if (this.#made) this.#leave(awaitRemoval([`/api/v1/namespaces/${this.#namespace}`], connection));
    if (this.#classTaken) await attempt(() => giveDefaultClassBack(connection));
    if (failures.length > 0) throw failures[0];
  }

  #leave(removal: Promise<void>): void {
    removal.catch(() => undefined);
    this.#place.removals.push(removal);
  }

  async #deleteNamespace(): Promise<void> {
    const path = `/api/v1/namespaces/${this.#namespace}`;
    const answer = await this.#place.connection.request({ method: 'DELETE', path });
    if (answer.code >= 300 && answer.code !== 404 && answer.code !== 409)
      throw refusalError(answer, 'delete namespaces');
  }
}
