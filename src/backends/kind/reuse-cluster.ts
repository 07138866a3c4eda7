// A kind cluster that is there already: looked at, never made, never deleted.

import { BackendError } from '../cluster.ts';
import { chooseKindTool } from './choose-kind-tool.ts';
import { clusterLabel } from './labels.ts';
import { readKubeconfig } from './make-cluster.ts';
import type { ClusterInput } from './make-cluster.ts';
import type { DockerEngine } from './docker-engine.ts';

/** Gives the kubeconfig. Rejects with `BackendError` for a cluster that is not there, or whose nodes do not run. */
export async function reuseCluster(input: ClusterInput): Promise<string> {
  const { options, name, engine, signal } = input;
  await checkNodes(engine, name);
  const tool = await chooseKindTool({ ...input, kindImage: options.kindImage, cluster: name });
  try {
    return await readKubeconfig(tool, name, signal);
  } finally {
    await tool.dispose();
  }
}

async function checkNodes(engine: DockerEngine, name: string): Promise<void> {
  const nodes = await engine.containers(clusterLabel(name));
  if (nodes.length === 0) {
    const all = await engine.containers('io.x-k8s.kind.cluster');
    const names = [...new Set(all.map(({ labels }) => labels['io.x-k8s.kind.cluster'] ?? ''))].sort();
    const known = names.length === 0 ? 'there is none' : `there is: ${names.join(', ')}`;
    throw new BackendError(`--reuse ${name}: no kind cluster has that name; ${known}`);
  }
  const resting = nodes.find(({ state }) => state !== 'running');
  if (resting === undefined) return;
  const how = resting.state === 'paused' ? 'unpause' : 'start';
  throw new BackendError(
    `--reuse ${name}: the node ${resting.name} is ${resting.state}; bring it back with: docker ${how} ${resting.name}`,
  );
}
