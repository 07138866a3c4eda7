// Who is answered: over https, those who know the token or hold a certificate of the authority; over plain http, those who call
// the server by a name of loopback, so that no page in a browser can reach it by a name of its own.

import { randomBytes, timingSafeEqual } from 'node:crypto';
import { failure } from '../api/refusals.ts';
import { namesAt } from './listen-address.ts';
import type { IncomingMessage } from 'node:http';
import type { ServerOptions } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { Status } from '../../kubernetes/status.ts';
import type { SecuredAccess } from './kubeconfig.ts';

/** What makes a server an https server, and what its clients need. */
export interface Security {
  readonly tls: ServerOptions;
  readonly access: Required<SecuredAccess>;
}

/** Makes an authority, certificates and a token for a server that listens at `host`. */
export async function secure(host: string, nowMs: number): Promise<Security> {
  const { makeIdentities } = await import('./certificate.ts');
  const { authority, server, client } = await makeIdentities({ ...namesAt(host), nowMs });
  const token = randomBytes(24).toString('base64url');
  return {
    // A certificate is asked for and may be missing: the token is as good.
    tls: { key: server.key, cert: server.certificate, ca: authority, requestCert: true, rejectUnauthorized: false },
    access: { authority, token, client },
  };
}

/** Why somebody is not answered; undefined for who is. */
export function refusalOf(message: IncomingMessage, security: Security | undefined): Status | undefined {
  if (security === undefined) return isLoopbackName(message.headers.host) ? undefined : strangeHost;
  return knowsToken(message, security.access.token) || holdsCertificate(message) ? undefined : unauthorized;
}

/** Why a stream is not opened. Browsers let any page open a WebSocket to any port, but say whose page it is. */
export function refusalOfStream(message: IncomingMessage, security: Security | undefined): Status | undefined {
  const refusal = refusalOf(message, security);
  if (refusal !== undefined) return refusal;
  const { origin } = message.headers;
  const own = origin === undefined || isLoopbackName(origin.replace(/^https?:\/\//, ''));
  return own ? undefined : failure(403, 'Forbidden', 'pages from elsewhere cannot open streams here');
}

const unauthorized = withoutDetails(failure(401, 'Unauthorized', 'Unauthorized'));
const strangeHost = failure(403, 'Forbidden', 'this server answers to 127.0.0.1, localhost and [::1] only');

function withoutDetails({ details: _details, ...status }: Status): Status {
  return status;
}

function knowsToken({ headers }: IncomingMessage, token: string): boolean {
  const [sent, wanted] = [headers.authorization ?? '', `Bearer ${token}`].map((text) => Buffer.from(text));
  return sent !== undefined && wanted !== undefined && sent.length === wanted.length && timingSafeEqual(sent, wanted);
}

function holdsCertificate({ socket, headers }: IncomingMessage): boolean {
  // Who sends a token is judged by it, as upstream does with a wrong one.
  return headers.authorization === undefined && (socket as TLSSocket).authorized;
}

function isLoopbackName(name = ''): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i.test(name);
}
