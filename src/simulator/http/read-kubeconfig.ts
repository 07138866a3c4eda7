// Finds in a kubeconfig how its current context's server is reached, as far as a served simulator needs it.

import { parse } from 'yaml';
import type { Access, SecuredAccess } from './kubeconfig.ts';

interface Named<T> {
  readonly name?: string;
  readonly cluster?: T;
  readonly context?: T;
  readonly user?: T;
}

interface Config {
  readonly 'current-context'?: string;
  readonly clusters?: readonly Named<{ readonly server?: string; readonly 'certificate-authority-data'?: string }>[];
  readonly contexts?: readonly Named<{ readonly cluster?: string; readonly user?: string }>[];
  readonly users?: readonly Named<User>[];
}

interface User {
  readonly token?: string;
  readonly 'client-certificate-data'?: string;
  readonly 'client-key-data'?: string;
}

/** Reads the text of a kubeconfig; an answer of text is why there is no server in it. */
export function readAccess(text: string): Access | string {
  let config: Config;
  try {
    config = parse(text) as Config;
  } catch (error) {
    return `not YAML: ${(error as Error).message.split('\n', 1)[0]}`;
  }
  if (typeof config !== 'object' || config === null) return 'not a kubeconfig';
  const current = config['current-context'];
  const context = named(config.contexts, current)?.context;
  const cluster = named(config.clusters, context?.cluster)?.cluster;
  if (cluster?.server === undefined)
    return `the context ${JSON.stringify(current ?? '')} names no cluster with a server`;
  const authority = cluster['certificate-authority-data'];
  const credential = credentialOf(named(config.users, context?.user)?.user ?? {});
  if (authority === undefined || credential === undefined) return { url: cluster.server };
  return { url: cluster.server, secured: { authority: decoded(authority), ...credential } };
}

function credentialOf(user: User): Omit<SecuredAccess, 'authority'> | undefined {
  const { token, 'client-certificate-data': certificate, 'client-key-data': key } = user;
  if (token !== undefined) return { token };
  if (certificate === undefined || key === undefined) return undefined;
  return { client: { certificate: decoded(certificate), key: decoded(key) } };
}

function decoded(base64: string): string {
  return Buffer.from(base64, 'base64').toString();
}

function named<T>(list: readonly Named<T>[] | undefined, name: string | undefined): Named<T> | undefined {
  return Array.isArray(list) ? (list as readonly Named<T>[]).find((each) => each.name === name) : undefined;
}
