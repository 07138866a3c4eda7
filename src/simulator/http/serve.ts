// A simulated cluster behind the real HTTP API. Listens on loopback only, and answers only those who know it by a name of
// loopback, so that no page in a browser can reach it by a name of its own.

import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { performance as wall } from 'node:perf_hooks';
import { failure, internalError } from '../api/refusals.ts';
import { createSimulator } from '../simulator.ts';
import { epochSeconds } from '../timestamp.ts';
import { answerResource } from './answer-resource.ts';
import { Catalogue } from './catalogue.ts';
import { control, controlPrefix } from './control.ts';
import { documentAt } from './documents.ts';
import { Pacer } from './pacer.ts';
import { readPath } from './request-path.ts';
import { respond } from './respond.ts';
import { TraceLog } from './trace-log.ts';
import { answerPlainly, isIgnored, refuseUpgrade, Upgrades } from './upgrade.ts';
import { WatchHub } from './watch-hub.ts';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Status } from '../../kubernetes/status.ts';
import type { Simulator, SimulatorOptions } from '../simulator.ts';
import type { ServerParts } from './answer-resource.ts';
import type { Access } from './kubeconfig.ts';
import type { Speed } from './pacer.ts';

/** What is served, and where. */
export interface ServeOptions extends SimulatorOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly speed: Speed;
  /** Serves https with a certificate of its own making, and demands the token of `access`. Default: plain http, no token. */
  readonly secured?: boolean;
  /** The wall time at which the cluster comes up, milliseconds since 1970. Without one, the simulation's epoch. */
  readonly wallTimeMs?: number;
  /** Told of errors of ours, which clients see as 500. */
  readonly onError?: (error: unknown) => void;
}

/** A cluster that is being served. */
export interface ServedSimulator {
  /** `http://127.0.0.1:8001`, and what is needed besides. */
  readonly access: Access;
  readonly simulator: Simulator;
  /** Number of open watches. */
  readonly watches: number;
  /** Ends all watches, closes the port and stops time. */
  close(): Promise<void>;
}

/** Changes that watches can resume from; upstream keeps some minutes of them. */
const historyDefault = 20_000;
const host = '127.0.0.1';

/** Brings a cluster up and serves it. Rejects with Node's error when the port cannot be had. */
export async function serveSimulator(options: ServeOptions): Promise<ServedSimulator> {
  const { port, speed, wallTimeMs, secured = false, onError = () => undefined, ...cluster } = options;
  // Clients count ages by the wall; those of a cluster from before the epoch could not be told.
  const startAt = wallTimeMs === undefined ? 0 : Math.max(0, Math.floor(wallTimeMs * 1000 - epochSeconds * 1_000_000));
  const simulator = createSimulator({ history: historyDefault, startAt, ...cluster });
  const hub = new WatchHub();
  const pacer = new Pacer({
    clock: simulator.clock,
    speed,
    afterSlice: () => hub.flush(),
    congested: () => hub.congested,
  });
  const trace = new TraceLog(simulator.store);
  const parts: ServerParts = { simulator, catalogue: new Catalogue(simulator.api), pacer, hub, trace };
  const security = secured ? await secure() : undefined;
  const answering: Answering = { ...parts, seed: options.seed, token: security?.token };
  const onRequest = (message: IncomingMessage, response: ServerResponse): void => {
    answer(message, response, answering)
      .catch((error: unknown) => answerError(error, response, onError))
      .finally(() => hub.flush());
  };
  const server = security === undefined ? createServer(onRequest) : createSecureServer(security.identity, onRequest);
  const upgrades = new Upgrades(parts);
  server.on('upgrade', (message: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const refusal = refusalOf(message, answering.token) ?? refusalOfOrigin(message);
    if (refusal !== undefined) return refuseUpgrade(socket, refusal);
    if (isIgnored(message)) return answerPlainly(message, socket, onRequest);
    upgrades.answer({ message, socket, head }).catch((error: unknown) => {
      onError(error);
      refuseUpgrade(socket, internalError(error instanceof Error ? error.message : String(error)));
    });
  });
  // Watches last; what a client sends must come soon.
  server.requestTimeout = 60_000;
  server.keepAliveTimeout = 90_000;
  await listen(server, port);
  pacer.start();
  return {
    access: accessTo(server, security),
    simulator,
    get watches() {
      return hub.size;
    },
    async close() {
      pacer.stop();
      trace.stop();
      hub.close();
      upgrades.close();
      await closed(server);
    },
  };
}

interface Security {
  readonly identity: { readonly key: string; readonly cert: string };
  readonly authority: string;
  readonly token: string;
}

async function secure(): Promise<Security> {
  const { makeIdentity } = await import('./certificate.ts');
  const { authority, certificate: cert, key } = makeIdentity(wallMs());
  return { identity: { key, cert }, authority, token: randomBytes(24).toString('base64url') };
}

/** Certificates are checked against the wall clock, the one thing here that is not of the simulation. */
function wallMs(): number {
  return Math.floor(wall.timeOrigin + wall.now());
}

function accessTo(server: Server, security: Security | undefined): Access {
  const address = `${host}:${(server.address() as AddressInfo).port}`;
  if (security === undefined) return { url: `http://${address}` };
  return { url: `https://${address}`, secured: { authority: security.authority, token: security.token } };
}

type Answering = ServerParts & { readonly seed: number; readonly token: string | undefined };

async function answer(message: IncomingMessage, response: ServerResponse, parts: Answering): Promise<void> {
  const refusal = refusalOf(message, parts.token);
  if (refusal !== undefined) return respond(response, { code: refusal.code, body: refusal });
  const [rawPath = '/', rawQuery = ''] = splitOnce(message.url ?? '/', '?');
  if (rawPath.startsWith(controlPrefix)) {
    const path = rawPath.slice(controlPrefix.length);
    return control(message, response, { path, controlled: parts });
  }
  const path = readPath(rawPath);
  if (path === undefined) return respond(response, { code: 400, body: '400 Bad Request: malformed path\n' });
  if (path.kind === 'resource') {
    return answerResource({ message, response, path, parameters: new URLSearchParams(rawQuery) }, parts);
  }
  const { host: address = host, accept } = message.headers;
  return respond(response, await documentAt({ path: path.path, accept, address, catalogue: parts.catalogue }));
}

function refusalOf(message: IncomingMessage, token: string | undefined): Status | undefined {
  if (!knowsToken(message, token)) return unauthorized;
  return isLoopbackName(message.headers.host) ? undefined : strangeHost;
}

/** Browsers let any page open a WebSocket to any port, but say whose page it is. */
function refusalOfOrigin({ headers }: IncomingMessage): Status | undefined {
  const { origin } = headers;
  const own = origin === undefined || isLoopbackName(origin.replace(/^https?:\/\//, ''));
  return own ? undefined : failure(403, 'Forbidden', 'pages from elsewhere cannot open streams here');
}

const unauthorized = failure(401, 'Unauthorized', 'Unauthorized');

function knowsToken({ headers }: IncomingMessage, token: string | undefined): boolean {
  if (token === undefined) return true;
  const [sent, wanted] = [headers.authorization ?? '', `Bearer ${token}`].map((text) => Buffer.from(text));
  return sent !== undefined && wanted !== undefined && sent.length === wanted.length && timingSafeEqual(sent, wanted);
}

const strangeHost = failure(403, 'Forbidden', 'this server answers to 127.0.0.1, localhost and [::1] only');

function isLoopbackName(name = ''): boolean {
  return /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i.test(name);
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

async function answerError(error: unknown, response: ServerResponse, onError: (error: unknown) => void): Promise<void> {
  // A client that went away while it was sending is no error of ours.
  if (response.destroyed) return;
  onError(error);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const why = error instanceof Error ? error.message : String(error);
  const status = internalError(why);
  await respond(response, { code: status.code, body: status });
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
