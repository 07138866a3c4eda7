// Which version the server is of, and whether we can work with it.

import { BackendError } from '../cluster.ts';
import { refusalError } from './refusal-error.ts';
import type { Connection } from './connection.ts';

/** The oldest minor version of Kubernetes 1 that does what we need: strict field validation is on by default since 1.27. */
const oldestMinor = 27;

/** Asks for the version, `1.36.2`. Rejects with `BackendError` for servers that are too old, or are none of Kubernetes. */
export async function findServerVersion(connection: Connection): Promise<string> {
  const { server } = connection;
  const { code, body } = await connection.request({ method: 'GET', path: '/version' });
  if (code !== 200) throw refusalError({ code, body }, 'read /version');
  const { gitVersion } = (body ?? {}) as { readonly gitVersion?: unknown };
  // `v1.33.4-gke.100` and `v1.33.4+k3s1` are 1.33.4 with something of their maker; `v1.36.0-rc.1` is what it says.
  const found =
    typeof gitVersion === 'string' ? /^v?((\d+)\.(\d+)\.\d+)(-(?:alpha|beta|rc)\.\d+)?/.exec(gitVersion) : null;
  if (found === null)
    throw new BackendError(`${server} is no API server of Kubernetes: /version does not say which it is`);
  const [, version = '', major, minor, candidate = ''] = found;
  if (Number(major) !== 1 || Number(minor) < oldestMinor) {
    throw new BackendError(`${server} is Kubernetes ${version}; setpiece works with 1.${oldestMinor} and later`);
  }
  return version + candidate;
}
