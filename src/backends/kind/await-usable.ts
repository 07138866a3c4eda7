// Waits for what kind does not wait for: workers that are Ready, the default StorageClass, and the service account without
// which no pod can be made. By watches; kind's own --wait looks at the control plane only, and asks again and again.

import { awaitObjects } from '../kubeconfig/await-objects.ts';
import { Connection } from '../kubeconfig/connection.ts';
import { loadClient } from '../kubeconfig/load-client.ts';
import { chooseContext, parseKubeconfig } from '../kubeconfig/read-kubeconfig.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { AwaitedObjects } from '../kubeconfig/await-objects.ts';

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
const waits: readonly AwaitedObjects[] = [
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
    const { signal } = input;
    const onProgress = (missing: string): void => input.onProgress(`waiting: ${missing}`);
    const failure = 'the kind cluster does not become usable';
    for (const wait of waits) await awaitObjects(wait, { connection, signal, late, onProgress, failure });
  } finally {
    connection.close();
  }
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
