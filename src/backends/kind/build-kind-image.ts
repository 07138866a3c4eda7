// Builds the image that holds kind from our Dockerfile, once on a machine: its name has the sum of the Dockerfile in it.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { BackendError } from '../cluster.ts';
import { knownCause } from './docker-error.ts';
import { packageFile } from '../package-file.ts';
import type { DockerEngine } from './docker-engine.ts';
import type { Testcontainers } from './load-testcontainers.ts';

/** What building may tell and heed. */
export interface BuildSetup {
  readonly engine: DockerEngine;
  readonly signal: AbortSignal;
  readonly onProgress: (text: string) => void;
  /** Default: the one that comes with the package. */
  readonly dockerfile?: string;
}

interface BuildEvent {
  readonly stream?: string;
  readonly status?: string;
  readonly error?: string;
}

/** Gives the name of the image; builds it when it is not there. Rejects with `BackendError`, with the end of the build's log. */
export async function buildKindImage(testcontainers: Testcontainers, setup: BuildSetup): Promise<string> {
  const { engine, signal, onProgress, dockerfile = packageFile('assets/kind/Dockerfile') } = setup;
  const sum = createHash('sha256').update(readFileSync(dockerfile)).digest('hex').slice(0, 12);
  const image = `setpiece-kind:${sum}`;
  if (await engine.hasImage(image)) return image;
  onProgress(`building the image ${image}, which holds kind (once)`);
  const log: string[] = [];
  try {
    // testcontainers' own builder keeps the log to itself, and with it the reason of a failure.
    const { dockerode } = (await testcontainers.getContainerRuntimeClient()).container;
    const context = { context: dirname(dockerfile), src: ['Dockerfile'] };
    const stream = await dockerode.buildImage(context, { t: image, abortSignal: signal });
    await new Promise<void>((resolve, reject) => {
      dockerode.modem.followProgress(
        stream,
        (error) => (error === null ? resolve() : reject(error)),
        (event: BuildEvent) => {
          note(event, { log, onProgress });
          // A step that fails ends the stream like a build that is done.
          if (event.error !== undefined) reject(new Error(event.error));
        },
      );
    });
  } catch (error) {
    signal.throwIfAborted();
    throw buildError(error, log);
  }
  return image;
}

function note(
  { stream, error }: BuildEvent,
  { log, onProgress }: { readonly log: string[]; readonly onProgress: (text: string) => void },
): void {
  const line = (error ?? stream ?? '').trim();
  if (line === '') return;
  log.push(line);
  if (line.startsWith('Step ')) onProgress(line.replace(/^Step (\S+) : /, 'step $1: ').slice(0, 100));
}

function buildError(error: unknown, log: readonly string[]): BackendError {
  const message = error instanceof Error ? error.message : String(error);
  const why = knownCause(message) ?? message.trim().replaceAll(/\s*\n\s*/g, ' ');
  const tail = log.slice(-6).map((line) => `\n  ${line}`);
  return new BackendError(
    `the image that holds kind could not be built: ${why}; put kind on PATH, or name an image that holds kind and docker with --kind-image${tail.join('')}`,
    { cause: error },
  );
}
