// Where the Docker daemon listens, found as the docker command finds it: DOCKER_HOST, then the context, then where daemons
// put their socket. Only sockets of this machine: kind's API server listens on the loopback address of the daemon's machine.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { BackendError } from '../cluster.ts';

/** What of the environment is looked at. */
export type DockerEnvironment = Readonly<Record<string, string | undefined>>;

/** Path of the daemon's socket; it need not exist. Throws `BackendError` for a daemon elsewhere, or an unknown context. */
export function findDockerSocket(environment: DockerEnvironment = process.env): string {
  const { DOCKER_HOST: named } = environment;
  if (named !== undefined && named !== '') return socketOf(named, 'DOCKER_HOST');
  const folder = environment['DOCKER_CONFIG'] ?? join(home(environment), '.docker');
  const context = environment['DOCKER_CONTEXT'] ?? currentContext(folder);
  if (context !== undefined && context !== '' && context !== 'default') {
    return socketOf(hostOfContext(folder, context), `the docker context ${context}`);
  }
  const usual = '/var/run/docker.sock';
  const others = [
    ...(environment['XDG_RUNTIME_DIR'] === undefined ? [] : [join(environment['XDG_RUNTIME_DIR'], 'docker.sock')]),
    join(home(environment), '.docker', 'run', 'docker.sock'),
  ];
  return [usual, ...others].find((path) => existsSync(path)) ?? usual;
}

function home(environment: DockerEnvironment): string {
  return environment['HOME'] ?? homedir();
}

function socketOf(host: string, whence: string): string {
  const path = /^unix:\/\/(\/.+)$/.exec(host)?.[1];
  if (path !== undefined) return path;
  throw new BackendError(
    `kind needs a Docker daemon on this machine: ${whence} says ${host}, and only unix:///PATH can be used; for a cluster elsewhere, --backend cluster --context NAME`,
  );
}

function currentContext(folder: string): string | undefined {
  const { currentContext } = (readJson(join(folder, 'config.json')) ?? {}) as { readonly currentContext?: string };
  return currentContext;
}

/** The docker command keeps contexts under the hash of their name. */
function hostOfContext(folder: string, context: string): string {
  const id = createHash('sha256').update(context).digest('hex');
  const meta = readJson(join(folder, 'contexts', 'meta', id, 'meta.json')) as ContextMeta | undefined;
  const host = meta?.Endpoints?.docker?.Host;
  if (host === undefined) throw new BackendError(`the docker context ${context} is not to be found in ${folder}`);
  return host;
}

interface ContextMeta {
  readonly Endpoints?: { readonly docker?: { readonly Host?: string } };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch {
    // A file that is not there, or cannot be read, says nothing: the docker command goes on with its defaults as well.
    return undefined;
  }
}
