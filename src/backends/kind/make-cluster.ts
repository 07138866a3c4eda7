// Makes a kind cluster and gives the kubeconfig to it. Whoever calls removes what is there when this fails.

import { BackendError } from '../cluster.ts';
import { awaitUsable } from './await-usable.ts';
import { chooseKindTool } from './choose-kind-tool.ts';
import { kindConfig } from './kind-config.ts';
import { kindFailure } from './kind-failure.ts';
import { clusterLabel } from './labels.ts';
import { chooseNodeImage, defaultNodeImage, nodeRepository } from './node-images.ts';
import { progressOf } from './progress-line.ts';
import { pullImage } from './pull-image.ts';
import type { KindBackendOptions } from '../backend-options.ts';
import type { DockerEngine } from './docker-engine.ts';
import type { KindTool } from './kind-tool.ts';
import type { Reaper } from './start-reaper.ts';

/** What is to be made. */
export interface ClusterInput {
  readonly options: KindBackendOptions;
  readonly name: string;
  readonly engine: DockerEngine;
  readonly reaper: Reaper;
  readonly signal: AbortSignal;
  readonly onProgress: (text: string) => void;
}

/** Resolves with the kubeconfig when the cluster can be used. Rejects with `BackendError`, or as aborted. */
export async function makeCluster(input: ClusterInput): Promise<string> {
  const { options, name, signal, onProgress } = input;
  const config = kindConfig(options);
  const tool = await chooseKindTool({ ...input, kindImage: options.kindImage, cluster: name });
  try {
    const image = await chooseImage(tool, input);
    if (image.pull !== undefined) await pullImage(input.engine, image.pull, input);
    signal.throwIfAborted();
    onProgress(`making the cluster ${name} with ${tool.whence}`);
    await create(tool, { ...input, config, image: image.named });
    const kubeconfig = await readKubeconfig(tool, name, signal);
    await awaitUsable({ kubeconfig, context: `kind-${name}`, signal, onProgress });
    return kubeconfig;
  } finally {
    await tool.dispose();
  }
}

interface ImageChoice {
  /** Given to kind, in place of what it would choose. */
  readonly named?: string;
  /** To be there before kind starts. */
  readonly pull?: string;
}

async function chooseImage(tool: KindTool, { options, engine, signal }: ClusterInput): Promise<ImageChoice> {
  const { kubernetes, nodeImage, config } = options;
  if (nodeImage !== undefined) return { named: nodeImage, pull: nodeImage };
  if (kubernetes !== undefined) {
    const image = chooseNodeImage(kubernetes, await engine.imageNames(nodeRepository));
    return { named: image, pull: image };
  }
  const { code, output } = await tool.run({ args: ['version'], signal });
  if (code !== 0) throw kindFailure('tell its version', output);
  // A config can name images of its own; then kind pulls what it needs.
  const image = config === undefined ? defaultNodeImage(output) : undefined;
  return image === undefined ? {} : { pull: image };
}

interface Creation extends ClusterInput {
  readonly config: string;
  readonly image: string | undefined;
}

async function create(tool: KindTool, { name, engine, signal, onProgress, config, image }: Creation): Promise<void> {
  // `--retain`: what the nodes wrote is read before they are removed.
  const args = ['create', 'cluster', '--name', name, '--kubeconfig', tool.kubeconfig, '--retain'];
  const onLine = (line: string): void => {
    const told = progressOf(line);
    if (told !== undefined) onProgress(told);
  };
  const call = { args: image === undefined ? args : [...args, '--image', image], config, onLine, signal };
  const { code, output } = await tool.run(call);
  if (code !== 0) throw kindFailure('make the cluster', output, await nodeLogs(engine, name));
}

/** The last words of nodes that have ended: systemd says there why it did not start. */
async function nodeLogs(engine: DockerEngine, name: string): Promise<readonly string[]> {
  const nodes = await engine.containers(clusterLabel(name));
  const lines: string[] = [];
  for (const { id, name } of nodes.filter(({ state }) => state === 'exited')) {
    lines.push(`the node ${name} has ended:`, ...(await engine.logTail(id, 4)));
  }
  return lines;
}

/** Gives the kubeconfig of a cluster. Rejects with `BackendError`. */
export async function readKubeconfig(tool: KindTool, name: string, signal: AbortSignal): Promise<string> {
  // `--quiet`: standard output is the kubeconfig, and warnings go to standard error.
  const { code, output } = await tool.run({ args: ['get', 'kubeconfig', '--name', name, '--quiet'], signal });
  if (code === 0 && output.includes('clusters:')) return output;
  throw new BackendError(
    `kind gave no kubeconfig for the cluster ${name}${output.trim() === '' ? '' : `: ${output.trim()}`}`,
  );
}
