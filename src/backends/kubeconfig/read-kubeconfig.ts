// Which kubeconfig is meant, and what is in it: the file that was named, else those of KUBECONFIG, else ~/.kube/config.

import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { BackendError } from '../cluster.ts';
import { loadClient } from './load-client.ts';
import type { KubeConfig } from '@kubernetes/client-node';
import type { ClusterBackendOptions } from '../backend-options.ts';
import type { ClientNode } from './load-client.ts';

/** More than any kubeconfig has, bytes. */
const sizeMax = 10 * 1024 * 1024;

/** What of the environment is looked at. */
export interface KubeconfigEnvironment {
  readonly KUBECONFIG?: string | undefined;
  readonly HOME?: string | undefined;
}

/**
 * Gives the text of the kubeconfig that is meant, with paths made absolute and several files made one: as in kubectl, what
 * was named first counts. Rejects with `BackendError` for files that cannot be read.
 */
export async function readKubeconfig(
  { kubeconfig }: Pick<ClusterBackendOptions, 'kubeconfig'>,
  environment: KubeconfigEnvironment = process.env,
): Promise<string> {
  const client = await loadClient();
  const files = filesOf(kubeconfig, environment);
  const [first, ...others] = files.map((file) => readFile(file, client, { optional: files.length > 1 }));
  const found = [first, ...others].filter((config) => config !== undefined);
  const whole = found[0];
  if (whole === undefined) throw new BackendError(`none of the kubeconfigs exists: ${files.join(', ')}`);
  for (const other of found.slice(1)) addTo(whole, other);
  return whole.exportConfig();
}

function filesOf(named: string | undefined, environment: KubeconfigEnvironment): readonly string[] {
  if (named !== undefined) return [named];
  const listed = (environment.KUBECONFIG ?? '').split(delimiter).filter((file) => file !== '');
  return listed.length > 0 ? listed : [join(environment.HOME ?? homedir(), '.kube', 'config')];
}

/** As kubectl does, one of several files may be missing. */
function readFile(
  file: string,
  client: ClientNode,
  { optional }: { readonly optional: boolean },
): KubeConfig | undefined {
  const text = readText(file, optional);
  if (text === undefined) return undefined;
  const config = parseKubeconfig(text, client, file);
  config.makePathsAbsolute(dirname(resolve(file)));
  return config;
}

function readText(file: string, optional: boolean): string | undefined {
  try {
    const bytes = readFileSync(file);
    if (bytes.length > sizeMax) throw new BackendError(`kubeconfig ${file}: ${bytes.length} bytes are no kubeconfig`);
    return bytes.toString('utf8');
  } catch (error) {
    if (error instanceof BackendError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (optional && code === 'ENOENT') return undefined;
    throw new BackendError(`kubeconfig ${file}: ${reasons.get(code ?? '') ?? message}`, { cause: error });
  }
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file; --kubeconfig FILE names another'],
  ['EACCES', 'it may not be read'],
  ['EISDIR', 'it is a folder'],
  ['ENOTDIR', 'a part of its path is no folder'],
]);

/** Reads the text of a kubeconfig; throws `BackendError` for one that is not YAML, or not a kubeconfig. */
export function parseKubeconfig(text: string, { KubeConfig }: ClientNode, file = 'of the backend'): KubeConfig {
  const config = new KubeConfig();
  try {
    config.loadFromString(text);
  } catch (error) {
    const { name, message } = error as Error;
    const [line = ''] = message.split('\n', 1);
    const why = name === 'YAMLException' ? `not YAML: ${line}` : explain(line);
    throw new BackendError(`kubeconfig ${file}: ${why}`, { cause: error });
  }
  if (config.contexts.length === 0) throw new BackendError(`kubeconfig ${file}: no contexts in it`);
  return config;
}

/** What is not a map at all fails with a TypeError deep inside. */
function explain(message: string): string {
  return /Cannot read|undefined|null/.test(message) ? 'not a kubeconfig' : message;
}

function addTo(whole: KubeConfig, other: KubeConfig): void {
  const missing = <T extends { readonly name: string }>(own: readonly T[], more: readonly T[]): readonly T[] =>
    more.filter(({ name }) => !own.some((one) => one.name === name));
  for (const cluster of missing(whole.clusters, other.clusters)) whole.addCluster(cluster);
  for (const user of missing(whole.users, other.users)) whole.addUser(user);
  for (const context of missing(whole.contexts, other.contexts)) whole.addContext(context);
}

/** Chooses the context that was named, never another. Throws `BackendError`, which lists those there are. */
export function chooseContext(config: KubeConfig, context: string): void {
  if (context === '')
    throw new BackendError('the context has no name: --context NAME says which cluster may be touched');
  const found = config.contexts.find(({ name }) => name === context);
  if (found === undefined) {
    const names = config.contexts.map(({ name }) => name).join(', ');
    throw new BackendError(`the kubeconfig has no context ${JSON.stringify(context)}; it has: ${names}`);
  }
  if (config.getCluster(found.cluster) === null) {
    throw new BackendError(
      `context ${JSON.stringify(context)} names the cluster ${JSON.stringify(found.cluster)}, which the kubeconfig does not have`,
    );
  }
  if (found.user === undefined || config.getUser(found.user) === null) {
    throw new BackendError(
      `context ${JSON.stringify(context)} names the user ${JSON.stringify(found.user ?? '')}, which the kubeconfig does not have`,
    );
  }
  config.setCurrentContext(context);
}
