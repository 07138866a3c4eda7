// Looks names up as a pod of the cluster does: in a pod of our own, made when a scenario first needs one, in a namespace of
// its own so that no scenario sees it.

import { randomBytes } from 'node:crypto';
import { BackendError } from '../cluster.ts';
import { isStatus } from '../../kubernetes/status.ts';
import { awaitObjects } from './await-objects.ts';
import { awaitRemoval } from './await-removal.ts';
import { refusalError } from './refusal-error.ts';
import { readDig } from './read-dig.ts';
import { runInContainer } from './run-in-container.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { Answer, ClusterRequest } from '../cluster.ts';
import type { Connection } from './connection.ts';
import type { DigAnswer } from './read-dig.ts';

/** Has `dig`; upstream's own tests of DNS use it. */
export const resolverImage = 'registry.k8s.io/e2e-test-images/agnhost:2.53';

const pod = 'resolver';
const readyTimeoutMs = 180_000;

/** The resolver of a run. */
export class Resolver {
  readonly #connection: Connection;
  readonly #signal: AbortSignal;
  readonly #onProgress: (text: string) => void;
  readonly #namespace = `setpiece-resolver-${randomBytes(3).toString('hex')}`;
  #ready: Promise<void> | undefined;

  constructor(
    connection: Connection,
    {
      signal,
      onProgress = () => undefined,
    }: { readonly signal: AbortSignal | undefined; readonly onProgress?: ((text: string) => void) | undefined },
  ) {
    this.#connection = connection;
    this.#signal = signal ?? new AbortController().signal;
    this.#onProgress = onProgress;
  }

  /** Resolves when the pod is there. Rejects with `BackendError`, saying why it is not. */
  ready(): Promise<void> {
    this.#ready ??= this.#start();
    return this.#ready;
  }

  /** What the cluster's name server says to a pod of the namespace. */
  async resolve({ name, type }: ClusterRequest & { readonly verb: 'resolve' }, namespace: string): Promise<Answer> {
    await this.ready();
    // With the search list of our own namespace: a name of the other is one label longer, and is asked first as there.
    const asked = name.endsWith('.') ? [name] : [`${name}.${namespace}`, name];
    let answer: DigAnswer | undefined;
    for (const one of asked) {
      answer = await this.#dig(one, type);
      if (answer.rcode === 'NOERROR') break;
    }
    if (answer === undefined) throw new BackendError('no name was asked for');
    return { code: 200, body: { rcode: answer.rcode, records: answer.records }, warnings: [] };
  }

  /** Removes the pod, if it was ever made. */
  async dispose(): Promise<void> {
    if (this.#ready === undefined) return;
    // What is under way would be made after it was removed.
    await this.#ready.catch(() => undefined);
    const path = `/api/v1/namespaces/${this.#namespace}`;
    const answer = await this.#connection.request({ method: 'DELETE', path });
    if (answer.code === 404) return;
    if (answer.code >= 300 && answer.code !== 409) throw refusalError(answer, 'delete namespaces');
    await awaitRemoval([path], this.#connection);
  }

  async #dig(name: string, type: string): Promise<DigAnswer> {
    const command = ['dig', '+search', '+noall', '+comments', '+answer', name, type];
    const { code, body } = await runInContainer(this.#connection, { namespace: this.#namespace, pod, command });
    if (isStatus(body)) throw new BackendError(`names cannot be looked up: ${body.message ?? `code ${code}`}`);
    const { stdout, stderr, exitCode } = body as {
      readonly stdout: string;
      readonly stderr: string;
      readonly exitCode: number;
    };
    const answer = exitCode === 0 ? readDig(stdout) : undefined;
    if (answer !== undefined) return answer;
    const [told = ''] = `${stderr}${stdout}`.trim().split('\n');
    throw new BackendError(`the cluster's name server did not answer for ${name}: ${told}`);
  }

  async #start(): Promise<void> {
    this.#onProgress('starting a pod that looks names up');
    const namespace = this.#namespace;
    await this.#create('/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace, labels: { 'app.kubernetes.io/managed-by': 'setpiece' } },
    });
    const late = AbortSignal.timeout(readyTimeoutMs);
    const waiting = { connection: this.#connection, signal: this.#signal, late, onProgress: this.#onProgress };
    const failure = 'the pod that looks names up does not get ready';
    const path = `/api/v1/namespaces/${namespace}`;
    // Pods are refused in a namespace that has no service account yet.
    await awaitObjects({ path: `${path}/serviceaccounts`, missing: missingAccount }, { ...waiting, failure });
    await this.#create(`${path}/pods`, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: pod },
      spec: {
        terminationGracePeriodSeconds: 0,
        containers: [{ name: 'main', image: resolverImage, command: ['/agnhost', 'pause'] }],
      },
    });
    await awaitObjects({ path: `${path}/pods`, missing: missingPod }, { ...waiting, failure });
  }

  async #create(path: string, body: object): Promise<void> {
    const answer = await this.#connection.request({ method: 'POST', path, body });
    if (answer.code !== 201) throw refusalError(answer, `create ${path.split('/').at(-1) ?? ''}`);
  }
}

function missingAccount(accounts: readonly KubernetesObject[]): string | undefined {
  return accounts.some(({ metadata }) => metadata.name === 'default') ? undefined : 'no service account yet';
}

interface PodStatus {
  readonly phase?: string;
  readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
  readonly containerStatuses?: readonly { readonly state?: { readonly waiting?: { readonly reason?: string } } }[];
}

function missingPod([found]: readonly KubernetesObject[]): string | undefined {
  if (found === undefined) return 'the pod is gone';
  const { phase = 'Pending', conditions = [], containerStatuses = [] } = (found['status'] ?? {}) as PodStatus;
  if (conditions.some(({ type, status }) => type === 'Ready' && status === 'True')) return undefined;
  const reason =
    containerStatuses[0]?.state?.waiting?.reason ?? conditions.find(({ status }) => status === 'False')?.message;
  return `${resolverImage} is ${phase}${reason === undefined ? '' : ` (${reason})`}`;
}
