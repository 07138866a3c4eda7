// Makes the backend that speaks to a real API server: kind clusters and clusters of a kubeconfig alike.

import { Connection } from './connection.ts';
import { giveDefaultClassBack } from './default-class.ts';
import { Discovery } from './discovery.ts';
import { findCapabilities } from './find-capabilities.ts';
import { findServerVersion } from './find-server-version.ts';
import { loadClient } from './load-client.ts';
import { openCluster } from './open-cluster.ts';
import { chooseContext, parseKubeconfig } from './read-kubeconfig.ts';
import { Resolver } from './resolver.ts';
import type { BackendSetup } from '../backend-options.ts';
import type { Backend, Cluster, OpenOptions } from '../cluster.ts';
import type { Found } from './find-capabilities.ts';
import type { ClusterPlace } from './open-cluster.ts';

/** Control over the machines under the nodes, where there is any (kind: node containers). */
export interface NodeControl {
  stop(node: string): Promise<void>;
  start(node: string): Promise<void>;
  pause(node: string): Promise<void>;
  unpause(node: string): Promise<void>;
}

/** What the backend is made of. */
export interface KubeconfigBackendInput {
  readonly name: 'cluster' | 'kind';
  /** YAML text. */
  readonly kubeconfig: string;
  readonly context: string;
  /** The cluster may be harmed: node faults and changes of the default class are allowed. */
  readonly disposable: boolean;
  readonly nodeControl?: NodeControl;
  readonly setup: BackendSetup;
  /** Called once, after everything else was disposed, also when connecting fails. */
  readonly onDispose?: () => Promise<void>;
}

/** Real clocks and real watches: so much two records' times may be off, milliseconds. */
const slackMs = 1000;

/**
 * Connects and finds out what the cluster can do. Rejects with `BackendError`, within seconds, for a kubeconfig that cannot
 * be used, a server that cannot be reached or is too old, and rights that are missing.
 */
export async function createKubeconfigBackend(input: KubeconfigBackendInput): Promise<Backend> {
  try {
    return await connect(input);
  } catch (error) {
    await input.onDispose?.();
    throw error;
  }
}

async function connect(input: KubeconfigBackendInput): Promise<Backend> {
  const { kubeconfig, context, setup } = input;
  const config = parseKubeconfig(kubeconfig, await loadClient());
  chooseContext(config, context);
  const connection = new Connection(config);
  setup.onProgress?.(`connecting to ${connection.server}`);
  try {
    return await inspect(connection, input);
  } catch (error) {
    connection.close();
    throw error;
  }
}

async function inspect(connection: Connection, input: KubeconfigBackendInput): Promise<Backend> {
  const { disposable, nodeControl, setup } = input;
  const version = await findServerVersion(connection);
  const found = await findCapabilities(connection, { disposable, nodeControl: nodeControl !== undefined });
  const discovery = new Discovery(connection);
  await discovery.start();
  if (disposable) await giveDefaultClassBack(connection);
  const { missing } = found;
  const { signal, onProgress } = setup;
  const resolver = new Resolver(connection, { signal, onProgress });
  const place = { connection, discovery, missing, disposable, nodeControl, resolver, signal, removals: [] };
  return new KubeconfigBackend(input, version, { found, place });
}

class KubeconfigBackend implements Backend {
  readonly name: 'cluster' | 'kind';
  readonly capabilities: Backend['capabilities'];
  readonly missing: Found['missing'];
  readonly kubernetesVersion: string;
  readonly slackMs = slackMs;
  readonly nodesMax: number;
  readonly #place: ClusterPlace;
  readonly #onDispose: (() => Promise<void>) | undefined;
  readonly #open = new Set<Cluster>();
  #disposed: Promise<void> | undefined;

  constructor(
    { name, onDispose }: KubeconfigBackendInput,
    version: string,
    { found, place }: { readonly found: Found; readonly place: ClusterPlace },
  ) {
    this.name = name;
    this.capabilities = found.capabilities;
    this.missing = found.missing;
    this.kubernetesVersion = version;
    this.nodesMax = found.nodes;
    this.#place = place;
    this.#onDispose = onDispose;
  }

  async open(options: OpenOptions): Promise<Cluster> {
    const cluster = await openCluster(options, this.#place);
    this.#open.add(cluster);
    return cluster;
  }

  dispose(): Promise<void> {
    this.#disposed ??= this.#dispose();
    return this.#disposed;
  }

  async #dispose(): Promise<void> {
    try {
      for (const cluster of this.#open) await cluster.dispose();
      await this.#place.resolver.dispose();
      await Promise.all(this.#place.removals);
    } finally {
      this.#place.connection.close();
      await this.#onDispose?.();
    }
  }
}
