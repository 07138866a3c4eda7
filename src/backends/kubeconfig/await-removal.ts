// Waits until objects that were deleted are gone, by watching them.

import { setTimeout as sleep } from 'node:timers/promises';
import { BackendError } from '../cluster.ts';
import { readLines } from './read-lines.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { Connection } from './connection.ts';

const timeoutMs = 180_000;
const pauseMs = 500;

/** Resolves when nothing is at the paths. Rejects with `BackendError`, which says what holds the first back, after three minutes. */
export async function awaitRemoval(paths: readonly string[], connection: Connection): Promise<void> {
  const signal = AbortSignal.timeout(timeoutMs);
  await Promise.all(paths.map((path) => awaitOne(path, connection, signal)));
}

async function awaitOne(path: string, connection: Connection, signal: AbortSignal): Promise<void> {
  for (;;) {
    const { code, body } = await connection.request({ method: 'GET', path });
    if (code === 404) return;
    const object = body as unknown as KubernetesObject;
    if (signal.aborted) {
      throw new BackendError(`${path} was deleted and is still there after ${timeoutMs / 1000}s${reasonOf(object)}`);
    }
    if (code !== 200 || !(await isWatchedToEnd(path, object, connection, signal))) await sleep(pauseMs);
  }
}

/** Whether a watch has told that the object is gone. */
async function isWatchedToEnd(
  path: string,
  { metadata }: KubernetesObject,
  connection: Connection,
  signal: AbortSignal,
): Promise<boolean> {
  const slash = path.lastIndexOf('/');
  const query = new URLSearchParams({
    watch: 'true',
    fieldSelector: `metadata.name=${metadata.name}`,
    resourceVersion: metadata.resourceVersion,
  });
  const stream = new AbortController();
  try {
    const message = await connection.stream(
      `${path.slice(0, slash)}?${query.toString()}`,
      AbortSignal.any([stream.signal, signal]),
    );
    if (message.statusCode !== 200) return false;
    for await (const line of readLines(message)) {
      if ((JSON.parse(line) as { readonly type: string }).type === 'DELETED') return true;
    }
    return false;
  } catch {
    // Cut off: looked at again.
    return false;
  } finally {
    stream.abort();
  }
}

function reasonOf({ metadata, status }: KubernetesObject): string {
  const { conditions = [] } = (status ?? {}) as {
    readonly conditions?: readonly { status: string; message?: string; type: string }[];
  };
  const told = conditions.find(({ type, status: so }) => type.startsWith('Namespace') && so === 'True')?.message;
  const held = metadata.finalizers?.length ? ` (finalizers: ${metadata.finalizers.join(', ')})` : '';
  return told === undefined ? held : `: ${told}`;
}
