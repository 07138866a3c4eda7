// The backend `kind`: a cluster that lives as long as the run. It is removed however the run ends; when setpiece itself is
// killed, the reaper does it.

import { randomBytes } from 'node:crypto';
import { BackendError } from '../cluster.ts';
import { createKubeconfigBackend } from '../kubeconfig/create-backend.ts';
import { loadClient } from '../kubeconfig/load-client.ts';
import { checkDaemon } from './check-daemon.ts';
import { DockerEngine } from './docker-engine.ts';
import { findDockerSocket } from './docker-socket.ts';
import { clusterLabel, kindContainerLabel } from './labels.ts';
import { makeCluster } from './make-cluster.ts';
import { NodeContainers } from './node-containers.ts';
import { removeContainers } from './remove-containers.ts';
import { reuseCluster } from './reuse-cluster.ts';
import { startReaper } from './start-reaper.ts';
import type { BackendSetup, KindBackendOptions } from '../backend-options.ts';
import type { Backend } from '../cluster.ts';
import type { ClusterInput } from './make-cluster.ts';

/**
 * Makes a cluster (or takes the one of `reuse`) and connects to it. Rejects with `BackendError`, with nothing left behind, and
 * with the signal's reason when that is aborted.
 */
export async function createKindBackend(options: KindBackendOptions, setup: BackendSetup): Promise<Backend> {
  const { signal = new AbortController().signal } = setup;
  const onProgress = (text: string): void => setup.onProgress?.(`kind: ${text}`);
  signal.throwIfAborted();
  // A package that is missing is told now, not when the cluster was made.
  await loadClient();
  const engine = new DockerEngine(findDockerSocket());
  await checkDaemon(engine);
  const name = options.reuse ?? `setpiece-${randomBytes(4).toString('hex')}`;
  // A cluster that was there before us is none of the reaper's business; the container that kind runs in is.
  const owned =
    options.reuse === undefined ? [kindContainerLabel(name), clusterLabel(name)] : [kindContainerLabel(name)];
  const reaper = await startReaper(engine.socket, owned);
  const input: ClusterInput = { options, name, engine, reaper, signal, onProgress };
  const life = new ClusterLife(input, owned);
  const kubeconfig = await (options.reuse === undefined ? makeCluster(input) : reuseCluster(input)).catch(
    async (error: unknown) => {
      await life.end(error);
      signal.throwIfAborted();
      throw error;
    },
  );
  const backend = await createKubeconfigBackend({
    name: 'kind',
    kubeconfig,
    context: `kind-${name}`,
    disposable: true,
    nodeControl: new NodeContainers(engine, name),
    setup: { signal, onProgress },
    onDispose: () => life.end(),
  });
  if (options.keep === true) life.keep();
  return backend;
}

/** Sees to it that a cluster ends when it should. */
class ClusterLife {
  readonly #input: ClusterInput;
  readonly #owned: readonly string[];
  #kept = false;

  constructor(input: ClusterInput, owned: readonly string[]) {
    this.#input = input;
    this.#owned = owned;
  }

  /** From now on the cluster stays, also when we are killed. */
  keep(): void {
    this.#kept = true;
    this.#input.reaper.done();
  }

  /** Removes what is ours. `because` of this error, where there is one: it is not to be lost when removing fails as well. */
  async end(because?: unknown): Promise<void> {
    const { name, engine, reaper, options, onProgress } = this.#input;
    if (this.#kept) {
      if (options.reuse === undefined) this.#tellKept();
      return;
    }
    try {
      const nodes = options.reuse === undefined ? await engine.containers(clusterLabel(name)) : [];
      if (nodes.length > 0) onProgress(`deleting the cluster ${name}`);
      for (const label of this.#owned) await removeContainers(engine, label);
    } catch (error) {
      // The reaper is not told that all is done: it tries again when we have ended.
      const { message } = error as Error;
      const first = because instanceof Error ? `${because.message}; then ` : '';
      throw new BackendError(`${first}the kind cluster ${name} could not be deleted: ${message}; ${deletion(name)}`, {
        cause: error,
      });
    }
    reaper.done();
  }

  #tellKept(): void {
    const { name, onProgress } = this.#input;
    onProgress(`the cluster ${name} is kept (--keep)`);
    onProgress(`  run on it:   setpiece run --backend kind --reuse ${name}`);
    onProgress(`  kubectl:     kind export kubeconfig --name ${name}; kubectl --context kind-${name} get pods -A`);
    onProgress(`  ${deletion(name)}`);
  }
}

function deletion(name: string): string {
  const label = clusterLabel(name);
  return `delete it:   kind delete cluster --name ${name}   (or: docker rm -f -v $(docker ps -aq --filter label=${label}))`;
}
