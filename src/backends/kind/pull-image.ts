// Pulls an image with progress. kind pulls by itself, too, but silently, and for minutes.

import { BackendError } from '../cluster.ts';
import { readLines } from '../kubeconfig/read-lines.ts';
import { knownCause } from './docker-error.ts';
import { nodeRepository } from './node-images.ts';
import type { DockerEngine } from './docker-engine.ts';

/** Told this often at most, milliseconds. */
const tellEveryMs = 3000;

interface PullEvent {
  readonly id?: string;
  readonly status?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
  readonly error?: string;
}

/** Pulls an image that is not there. Rejects with `BackendError`. */
export async function pullImage(
  engine: DockerEngine,
  image: string,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (text: string) => void },
): Promise<void> {
  if (await engine.hasImage(image)) return;
  onProgress(`pulling ${shortName(image)}`);
  try {
    const stream = await engine.stream('POST', `/images/create?${queryOf(image)}`, signal);
    await follow(stream, (text) => onProgress(`pulling ${shortName(image)}: ${text}`));
  } catch (error) {
    signal.throwIfAborted();
    throw pullError(image, error, await engine.imageNames(nodeRepository));
  }
}

async function follow(stream: AsyncIterable<Buffer>, tell: (text: string) => void): Promise<void> {
  const layers = new Map<string, { readonly current: number; readonly total: number }>();
  let toldMs = performance.now();
  for await (const line of readLines(stream)) {
    const { id, status, progressDetail, error } = JSON.parse(line) as PullEvent;
    if (error !== undefined) throw new BackendError(error);
    const { current, total } = progressDetail ?? {};
    if (id === undefined || status !== 'Downloading' || current === undefined || total === undefined) continue;
    layers.set(id, { current, total });
    if (performance.now() - toldMs < tellEveryMs) continue;
    toldMs = performance.now();
    const sum = (of: 'current' | 'total'): number => [...layers.values()].reduce((all, layer) => all + layer[of], 0);
    tell(`${megabytes(sum('current'))} of ${megabytes(sum('total'))} MB`);
  }
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1_000_000);
}

/** A digest goes before the tag, as in `docker pull`. */
function queryOf(image: string): string {
  const [named = '', digest] = image.split('@');
  const [, repository = named, tag = 'latest'] = /^(.+?)(?::([^:/]+))?$/.exec(named) ?? [];
  return `fromImage=${encodeURIComponent(repository)}&tag=${encodeURIComponent(digest ?? tag)}`;
}

/** Without the digest. */
function shortName(image: string): string {
  return image.split('@')[0] ?? image;
}

function pullError(image: string, error: unknown, present: readonly string[]): BackendError {
  const { message } = error as Error;
  const why = knownCause(message) ?? message.trim();
  const there = present.length === 0 ? 'none is there already' : `there already: ${present.join(', ')}`;
  const hint = /denied|unauthorized/i.test(message)
    ? `; if it needs credentials: docker pull ${shortName(image)}`
    : `; --node-image names another (${there})`;
  return new BackendError(`the image ${shortName(image)} could not be pulled: ${why}${hint}`, { cause: error });
}
