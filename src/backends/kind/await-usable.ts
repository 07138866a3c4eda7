// Waits for what kind does not wait for: workers that are Ready, the default StorageClass, and the service account without
// which no pod can be made. By watches; kind's own --wait looks at the control plane only, and asks again and again.

import { setTimeout as sleep } from 'node:timers/promises';
import { BackendError } from '../cluster.ts';
import { Connection } from '../kubeconfig/connection.ts';
import { loadClient } from '../kubeconfig/load-client.ts';
import { chooseContext, parseKubeconfig } from '../kubeconfig/read-kubeconfig.ts';
import { readLines } from '../kubeconfig/read-lines.ts';
import { refusalError } from '../kubeconfig/refusal-error.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';

/** What is waited for, and how. */
export interface UsableInput {
  readonly kubeconfig: string;
  readonly context: string;
  readonly signal: AbortSignal;
  readonly onProgress: (text: string) => void;
  /** Milliseconds; default 5 minutes. */
  readonly limitMs?: number;
}

const limitMs = 300_000;
/** Between a stream that broke and the next list, milliseconds. */
const pauseMs = 500;

/** Says what is missing, or undefined when nothing is. */
type Missing = (objects: readonly KubernetesObject[]) => string | undefined;

const waits: readonly { readonly path: string; readonly missing: Missing }[] = [
  { path: '/api/v1/nodes', missing: missingNodes },
  { path: '/apis/storage.k8s.io/v1/storageclasses', missing: missingDefaultClass },
  { path: '/api/v1/namespaces/default/serviceaccounts', missing: missingServiceAccount },
];

/** Resolves when the cluster can be used. Rejects with `BackendError`, saying what is missing, at the limit. */
export async function awaitUsable(input: UsableInput): Promise<void> {
  const config = parseKubeconfig(input.kubeconfig, await loadClient());
  chooseContext(config, input.context);
  const connection = new Connection(config);
  const late = AbortSignal.timeout(input.limitMs ?? limitMs);
  try {
    for (const wait of waits) {
      await awaitNone(wait, { ...input, connection, late });
    }
  } finally {
    connection.close();
  }
}

interface Place extends UsableInput {
  readonly connection: Connection;
  readonly late: AbortSignal;
}

async function awaitNone(wait: (typeof waits)[number], place: Place): Promise<void> {
  const { connection, signal, late, onProgress } = place;
  const ended = AbortSignal.any([signal, late]);
  let told: string | undefined;
  for (;;) {
    const { objects, version } = await list(connection, wait.path);
    const holds = (): boolean => {
      const missing = wait.missing([...objects.values()]);
      if (missing !== undefined && missing !== told) onProgress(`waiting: ${missing}`);
      told = missing;
      return missing === undefined;
    };
    if (holds()) return;
    try {
      const stream = await connection.stream(
        `${wait.path}?watch=1&resourceVersion=${version}&timeoutSeconds=60`,
        ended,
      );
      for await (const line of readLines(stream)) {
        if (!take(objects, line)) break;
        if (holds()) return;
      }
    } catch {
      // A stream breaks while an API server settles; the next list tells what there is then.
    }
    signal.throwIfAborted();
    if (late.aborted) throw new BackendError(`the kind cluster does not become usable: ${told}`);
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

interface Condition {
  readonly type?: string;
  readonly status?: string;
  readonly reason?: string;
}

function missingNodes(nodes: readonly KubernetesObject[]): string | undefined {
  if (nodes.length === 0) return 'no nodes yet';
  const unready = nodes.flatMap(({ metadata: { name }, status }) => {
    const { conditions = [] } = (status ?? {}) as { readonly conditions?: readonly Condition[] };
    const ready = conditions.find(({ type }) => type === 'Ready');
    return ready?.status === 'True'
      ? []
      : [`node/${name} not Ready${ready?.reason === undefined ? '' : ` (${ready.reason})`}`];
  });
  return unready.length === 0 ? undefined : unready.join(', ');
}

function missingDefaultClass(classes: readonly KubernetesObject[]): string | undefined {
  const marked = classes.some(
    ({ metadata }) => metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true',
  );
  return marked ? undefined : 'no default StorageClass yet';
}

function missingServiceAccount(accounts: readonly KubernetesObject[]): string | undefined {
  return accounts.some(({ metadata }) => metadata.name === 'default')
    ? undefined
    : 'no service account `default` in the namespace `default` yet';
}
