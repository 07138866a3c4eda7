// Who may ask the page's server for something. It reads and writes files of the person who started it, so a web page of somebody
// else must not reach it: neither by a name that leads here (DNS rebinding) nor by a request that it makes a browser send (CSRF).

import { timingSafeEqual } from 'node:crypto';
import { RefusedRequest } from './refused-request.ts';
import { tokenHeader } from './wire.ts';
import type { IncomingHttpHeaders } from 'node:http';

/** What of a request is looked at. */
export interface GuardedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** Throws a `RefusedRequest` unless the request comes from the page itself, or opens it. */
export function guard(
  request: GuardedRequest,
  { port, token }: { readonly port: number; readonly token: string },
): void {
  const { method, path, headers } = request;
  const { host = '' } = headers;
  if (!hostsAt(port).includes(host.toLowerCase())) {
    throw new RefusedRequest(
      421,
      `this server is called by its own address, http://127.0.0.1:${port}, not by another name`,
    );
  }
  if (!path.startsWith('/api/')) {
    if (method !== 'GET' && method !== 'HEAD') throw new RefusedRequest(405, 'only GET is answered here');
    return;
  }
  if (!isToken(headers[tokenHeader], token)) {
    throw new RefusedRequest(403, 'the server was started anew, or this is not its page: load the page again');
  }
  const isReading = method === 'GET' || method === 'HEAD';
  const { origin } = headers;
  if (origin === undefined ? !isReading : origin.toLowerCase() !== `http://${host.toLowerCase()}`) {
    throw new RefusedRequest(403, 'only the page itself may ask for that');
  }
}

function hostsAt(port: number): readonly string[] {
  const names = ['127.0.0.1', 'localhost', '[::1]'];
  return names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
}

function isToken(sent: string | readonly string[] | undefined, token: string): boolean {
  if (typeof sent !== 'string') return false;
  const [a, b] = [Buffer.from(sent), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
