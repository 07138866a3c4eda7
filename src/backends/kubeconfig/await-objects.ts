// Waits until the objects at a path are as somebody wants them, by a list and watches, never by asking again and again.

import { setTimeout as sleep } from 'node:timers/promises';
import { BackendError } from '../cluster.ts';
import { readLines } from './read-lines.ts';
import { refusalError } from './refusal-error.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { Connection } from './connection.ts';

/** What is waited for. */
export interface AwaitedObjects {
  /** Of a collection: `/api/v1/nodes`. */
  readonly path: string;
  /** Says what is missing, or undefined when nothing is. */
  readonly missing: (objects: readonly KubernetesObject[]) => string | undefined;
}

/** How it is waited. */
export interface Waiting {
  readonly connection: Connection;
  /** Ends the waiting with the signal's own reason. */
  readonly signal: AbortSignal;
  /** Ends it with what is missing. */
  readonly late: AbortSignal;
  /** Told what is missing, each time that it changes. */
  readonly onProgress: (missing: string) => void;
  /** Begins the message of a wait that came to nothing: `the kind cluster does not become usable`. */
  readonly failure: string;
}

/** Between a stream that broke and the next list, milliseconds. */
const pauseMs = 500;

/** Resolves when nothing is missing. Rejects with `BackendError`, saying what is, when `late` comes. */
export async function awaitObjects({ path, missing }: AwaitedObjects, waiting: Waiting): Promise<void> {
  const { connection, signal, late, onProgress, failure } = waiting;
  const ended = AbortSignal.any([signal, late]);
  let told: string | undefined;
  for (;;) {
    const { objects, version } = await list(connection, path);
    const holds = (): boolean => {
      const lack = missing([...objects.values()]);
      if (lack !== undefined && lack !== told) onProgress(lack);
      told = lack;
      return lack === undefined;
    };
    if (holds()) return;
    try {
      const query = `watch=1&resourceVersion=${version}&timeoutSeconds=60`;
      const stream = await connection.stream(`${path}?${query}`, ended);
      for await (const line of readLines(stream)) {
        if (!take(objects, line)) break;
        if (holds()) return;
      }
    } catch {
      // A stream breaks while an API server settles; the next list tells what there is then.
    }
    signal.throwIfAborted();
    if (late.aborted) throw new BackendError(`${failure}: ${told}`);
    await sleep(pauseMs);
  }
}

async function list(
  connection: Connection,
  path: string,
): Promise<{ readonly objects: Map<string, KubernetesObject>; readonly version: string }> {
  const answer = await connection.request({ method: 'GET', path });
  if (answer.code !== 200) throw refusalError(answer, `list ${path.split('/').at(-1)}`);
  const { items, metadata } = answer.body as unknown as List;
  return {
    objects: new Map(items.map((object) => [object.metadata.name, object])),
    version: metadata.resourceVersion ?? '',
  };
}

interface List {
  readonly items: readonly KubernetesObject[];
  readonly metadata: { readonly resourceVersion?: string };
}

/** Takes one line of a watch; false for an error, such as a version that is too old. */
function take(objects: Map<string, KubernetesObject>, line: string): boolean {
  const { type, object } = JSON.parse(line) as { readonly type: string; readonly object: KubernetesObject };
  if (type === 'DELETED') objects.delete(object.metadata.name);
  else if (type === 'ADDED' || type === 'MODIFIED') objects.set(object.metadata.name, object);
  return type !== 'ERROR';
}
