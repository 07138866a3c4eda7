// A simulated cluster behind the real HTTP API. Listens on loopback, unless it is told otherwise and secured.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { internalError } from '../api/refusals.ts';
import { answerResource } from './answer-resource.ts';
import { control, controlPrefix } from './control.ts';
import { documentAt } from './documents.ts';
import { isLoopback, loopback, urlAt } from './listen-address.ts';
import { readPath } from './request-path.ts';
import { respond } from './respond.ts';
import { refusalOf, refusalOfStream, secure } from './security.ts';
import { ServedCluster, wallMs } from './served-cluster.ts';
import { answerPlainly, isIgnored, refuseUpgrade, Upgrades } from './upgrade.ts';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Simulator, SimulatorOptions } from '../simulator.ts';
import type { Access } from './kubeconfig.ts';
import type { Pacer, Speed } from './pacer.ts';
import type { Security } from './security.ts';

/** What is served, and where. */
export interface ServeOptions extends SimulatorOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly speed: Speed;
  /** The address to listen at. Default: 127.0.0.1. Any that is not of loopback must be secured. */
  readonly host?: string;
  /** Serves https with a certificate of its own making, and demands the token or the certificate of `access`. Default: plain http. */
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
  /** Drives time: for a holder that lets it stand still while a client works. */
  readonly pacer: Pacer;
  /** Ends all open watches, as the server does when their time is over; what they were owed is sent before. */
  endWatches(): void;
  /** Ends all watches, closes the port and stops time. */
  close(): Promise<void>;
}

/** Brings a cluster up and serves it. Rejects with Node's error when the port cannot be had. */
export async function serveSimulator(options: ServeOptions): Promise<ServedSimulator> {
  const { port, secured = false, onError = () => undefined, host = loopback, ...rest } = options;
  assert(secured || isLoopback(host), 'a server that others can reach must be secured');
  const cluster = new ServedCluster(rest);
  const security = secured ? await secure(host, wallMs()) : undefined;
  const upgrades = new Upgrades(() => cluster.parts);
  const reset = (seed: number): void => {
    cluster.reset(seed);
    upgrades.close();
  };
  const answering: Answering = { cluster, security, reset };
  const onRequest = (message: IncomingMessage, response: ServerResponse): void => {
    answer(message, response, answering)
      .catch((error: unknown) => answerError(error, response, onError))
      .finally(() => cluster.parts.hub.flush());
  };
  const server = security === undefined ? createServer(onRequest) : createSecureServer(security.tls, onRequest);
  server.on('upgrade', (message: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const refusal = refusalOfStream(message, security);
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
  await listen(server, { host, port });
  cluster.parts.pacer.start();
  return {
    access: accessTo(server, { host, security }),
    get simulator() {
      return cluster.parts.simulator;
    },
    get watches() {
      return cluster.parts.hub.size;
    },
    get pacer() {
      return cluster.parts.pacer;
    },
    endWatches() {
      cluster.parts.hub.flush();
      cluster.parts.hub.close();
    },
    async close() {
      cluster.stop();
      upgrades.close();
      await closed(server);
    },
  };
}

function accessTo(
  server: Server,
  { host, security }: { readonly host: string; readonly security: Security | undefined },
): Access {
  const at = { host, port: (server.address() as AddressInfo).port };
  if (security === undefined) return { url: urlAt('http', at) };
  return { url: urlAt('https', at), secured: security.access };
}

interface Answering {
  readonly cluster: ServedCluster;
  readonly security: Security | undefined;
  readonly reset: (seed: number) => void;
}

async function answer(
  message: IncomingMessage,
  response: ServerResponse,
  { cluster, security, reset }: Answering,
): Promise<void> {
  const refusal = refusalOf(message, security);
  if (refusal !== undefined) return respond(response, { code: refusal.code, body: refusal });
  const [rawPath = '/', rawQuery = ''] = splitOnce(message.url ?? '/', '?');
  if (rawPath.startsWith(controlPrefix)) {
    const path = rawPath.slice(controlPrefix.length);
    return control(message, response, { path, controlled: { ...cluster.parts, reset } });
  }
  const { parts } = cluster;
  const path = readPath(rawPath);
  if (path === undefined) return respond(response, { code: 400, body: '400 Bad Request: malformed path\n' });
  if (path.kind === 'resource') {
    return answerResource({ message, response, path, parameters: new URLSearchParams(rawQuery) }, parts);
  }
  const { host: address = loopback, accept } = message.headers;
  return respond(response, await documentAt({ path: path.path, accept, address, catalogue: parts.catalogue }));
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

function listen(server: Server, { host, port }: { readonly host: string; readonly port: number }): Promise<void> {
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
