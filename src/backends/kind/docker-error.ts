// Why the Docker daemon did not answer, in one line that says what to do.

import { BackendError } from '../cluster.ts';

/** Makes a `BackendError` of what the socket said. */
export function dockerError(error: unknown, socket: string): BackendError {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const reason = reasons.get(code) ?? `the Docker daemon at ${socket} did not answer: ${message}`;
  return new BackendError(reason.replaceAll('SOCKET', socket), { cause: error });
}

const reasons: ReadonlyMap<string, string> = new Map([
  [
    'ENOENT',
    'kind needs Docker: there is no socket at SOCKET; start the Docker daemon, or name its socket with DOCKER_HOST=unix:///PATH',
  ],
  ['ECONNREFUSED', 'kind needs Docker: the daemon of SOCKET is not running; start it'],
  ['EACCES', 'kind needs Docker: this user may not use SOCKET; add it to the group of the socket (often `docker`)'],
  ['EPERM', 'kind needs Docker: this user may not use SOCKET; add it to the group of the socket (often `docker`)'],
  ['ENOTSOCK', 'kind needs Docker: SOCKET is not a socket; DOCKER_HOST=unix:///PATH names the right one'],
]);

/** The sentence for what Docker or kind wrote, where it is known what it means for the user. */
export function knownCause(text: string): string | undefined {
  if (/no space left on device/i.test(text)) {
    return 'the disk of the Docker daemon is full; make room (docker system df shows what takes it)';
  }
  if (/toomanyrequests|rate limit/i.test(text)) return 'the registry answers no more for now (rate limit)';
  if (/permission denied.*docker(\.sock| daemon)/is.test(text)) return 'the Docker socket may not be used';
  return undefined;
}
