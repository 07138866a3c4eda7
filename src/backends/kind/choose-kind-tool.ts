// Which kind: the image that was named, else kind from PATH (with the docker command that it needs), else our own image.

import { buildKindImage } from './build-kind-image.ts';
import { createContainerKind } from './container-kind.ts';
import { loadTestcontainers } from './load-testcontainers.ts';
import { createPathKind, findOnPath } from './path-kind.ts';
import type { DockerEngine } from './docker-engine.ts';
import type { KindTool } from './kind-tool.ts';
import type { Reaper } from './start-reaper.ts';

/** What the choice depends on. */
export interface ToolInput {
  /** `--kind-image`. */
  readonly kindImage: string | undefined;
  readonly cluster: string;
  readonly engine: DockerEngine;
  readonly reaper: Reaper;
  readonly signal: AbortSignal;
  readonly onProgress: (text: string) => void;
}

/** Makes the tool ready. Rejects with `BackendError`. */
export async function chooseKindTool(input: ToolInput): Promise<KindTool> {
  const { kindImage, cluster, engine, reaper, onProgress } = input;
  const onPath = kindImage === undefined ? findOnPath('kind') : undefined;
  if (onPath !== undefined && findOnPath('docker') !== undefined) return createPathKind(onPath, engine.socket, reaper);
  if (onPath !== undefined)
    onProgress(`${onPath} needs the docker command, which is not on PATH; kind runs in a container`);
  const testcontainers = await loadTestcontainers(engine.socket);
  const image = kindImage ?? (await buildKindImage(testcontainers, input));
  return createContainerKind({ testcontainers, engine, image, cluster });
}
