// Requests that want to go on in another protocol. Commands in containers are the only ones that do, over WebSockets.

import { ServerResponse, STATUS_CODES } from 'node:http';
import { badRequest, failure, notFound } from '../api/refusals.ts';
import { objectKeyOf } from '../api/object-key.ts';
import { chooseContainer } from './choose-container.ts';
import { isBareShell, streamExec } from './exec-stream.ts';
import { refuseStream } from './refused-streams.ts';
import { readPath } from './request-path.ts';
import { readFlag } from './request-query.ts';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { WebSocketServer } from 'ws';
import type { Status } from '../../kubernetes/status.ts';
import type { Result } from '../api/server.ts';
import type { Pod } from '../kubelet/pod.ts';
import type { ServerParts } from './answer-resource.ts';
import type { ExecWish } from './exec-stream.ts';

/** A request, and the connection that is ours from here on. */
export interface Upgrade {
  readonly message: IncomingMessage;
  readonly socket: Duplex;
  /** What came with the request already. */
  readonly head: Buffer;
}

/** Newest first; the older ones have no Status as their outcome, or text where bytes belong. */
const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'] as const;
const messageBytesMax = 1024 * 1024;

/** Answers requests for another protocol. */
export class Upgrades {
  readonly #parts: () => ServerParts;
  #sockets: WebSocketServer | undefined;

  /** `parts` are those of the cluster that is served at the moment. */
  constructor(parts: () => ServerParts) {
    this.#parts = parts;
  }

  /** Ends all connections. */
  close(): void {
    for (const socket of this.#sockets?.clients ?? []) socket.terminate();
  }

  /** Answers one. */
  async answer({ message, socket, head }: Upgrade): Promise<void> {
    const wish = this.#read(message);
    if (!wish.ok) return refuseUpgrade(socket, wish.status);
    const parts = this.#parts();
    const { simulator, pacer, trace } = parts;
    pacer.arrive();
    // Nothing of it runs yet: why it cannot run is told before why it cannot be shown.
    const started = simulator.startExec(wish.value.request);
    if (started.kind === 'refused') return refuseUpgrade(socket, started.status);
    const strange = refusalOfProtocol(message);
    if (strange !== undefined) return refuseUpgrade(socket, strange);
    const sockets = (this.#sockets ??= await openSockets());
    if (socket.destroyed) return;
    const { pod, namespace, container, command } = wish.value.request;
    const request = { verb: 'exec', target: `pods/${pod}`, namespace, options: { container, command } };
    trace.add(simulator.clock.now, { request, response: { code: 101 } });
    sockets.handleUpgrade(message, socket, head, (opened) => {
      if (started.kind === 'started') streamExec(opened, started, wish.value, parts);
      else streamExec(opened, endedAtOnce(started), wish.value, parts);
    });
  }

  #read(message: IncomingMessage): Result<ExecWish> {
    const [rawPath = '', rawQuery = ''] = (message.url ?? '/').split('?', 2);
    const path = readPath(rawPath);
    const served = path?.kind === 'resource' ? this.#parts().catalogue.find(path) : undefined;
    const stream =
      path?.kind === 'resource' ? refuseStream({ path, store: this.#parts().simulator.store, served }) : undefined;
    if (stream !== undefined && path?.kind === 'resource' && path.subresource !== 'exec') return refused(stream);
    if (path?.kind !== 'resource' || served?.kind.key !== 'pod' || path.subresource !== 'exec') {
      return refused(badRequest('unable to upgrade: only exec goes on in another protocol here'));
    }
    const { name = '', namespace = '' } = path;
    const pod = this.#parts().simulator.store.get(served.kind.key, objectKeyOf({ name, namespace })) as Pod | undefined;
    if (pod === undefined) return refused(notFound(served.kind, name));
    return readWish(pod, namespace, new URLSearchParams(rawQuery));
  }
}

function refused(status: Status): { readonly ok: false; readonly status: Status } {
  return { ok: false, status };
}

function readWish(pod: Pod, namespace: string, parameters: URLSearchParams): Result<ExecWish> {
  const [stdin, stdout, stderr, tty] = ['stdin', 'stdout', 'stderr', 'tty'].map(
    (name) => readFlag(parameters, name) === true,
  );
  const command = parameters.getAll('command');
  if (command.length === 0) return refused(badRequest('you must specify at least one command for the container'));
  if (stdin === true && tty === true && isBareShell(command)) {
    const message =
      'a shell at a terminal is not simulated: pipe its script into `kubectl exec -i`, or give it with -c';
    return refused(failure(501, 'NotImplemented', message));
  }
  if (stdin !== true && stdout !== true && stderr !== true) {
    return refused(badRequest('you must specify at least 1 of stdin, stdout, stderr'));
  }
  const container = chooseContainer(pod, parameters.get('container'));
  if (!container.ok) return container;
  const request = { namespace, pod: pod.metadata.name, container: container.value, command };
  // A terminal has one output.
  const outputs = { stdout: stdout === true, stderr: stderr === true && tty !== true };
  // Who sits at a terminal is not made to end an input that the command does not read.
  return { ok: true, value: { request, stdin: stdin === true && tty !== true, ...outputs } };
}

function refusalOfProtocol({ headers }: IncomingMessage): Status | undefined {
  const { upgrade = '' } = headers;
  // Clients that find WebSockets refused try SPDY next.
  if (upgrade.toLowerCase() !== 'websocket') {
    return failure(501, 'NotImplemented', `exec is served over WebSockets only, not ${upgrade}`);
  }
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  if (protocols.some((name) => offered.includes(name))) return undefined;
  return badRequest(`unable to upgrade: the protocols are ${protocols.join(' and ')}`);
}

async function openSockets(): Promise<WebSocketServer> {
  const { WebSocketServer } = await import('ws');
  return new WebSocketServer({
    noServer: true,
    maxPayload: messageBytesMax,
    handleProtocols: (offered) => protocols.find((name) => offered.has(name)) ?? false,
  });
}

type Ran = Extract<ReturnType<ServerParts['simulator']['startExec']>, { readonly kind: 'ran' }>;
type Started = Extract<ReturnType<ServerParts['simulator']['startExec']>, { readonly kind: 'started' }>;

/** A command that could not even begin, as one that prints why and ends. */
function endedAtOnce({ stdout: out, stderr: error, exitCode }: Ran): Started {
  return {
    kind: 'started',
    process: endWith(exitCode),
    printed: { out, error },
    input: { text: '' },
    alive: () => true,
  };
}

// oxlint-disable-next-line require-yield -- a process that does not sleep
function* endWith(exitCode: number): Started['process'] {
  return exitCode;
}

/** A request whose wish for another protocol is passed over, as HTTP allows: clients of HTTP/2 try their luck with it. */
export function isIgnored({ headers }: IncomingMessage): boolean {
  const bodyless = headers['content-length'] === undefined && headers['transfer-encoding'] === undefined;
  return bodyless && !/^(?:websocket|spdy\/)/i.test(headers.upgrade ?? '');
}

/** Answers such a request as any other, and closes its connection. */
export function answerPlainly(
  message: IncomingMessage,
  socket: Duplex,
  onRequest: (message: IncomingMessage, response: ServerResponse) => void,
): void {
  const response = new ServerResponse(message);
  response.shouldKeepAlive = false;
  response.assignSocket(socket as Socket);
  response.once('finish', () => socket.end());
  onRequest(message, response);
}

/** Answers in HTTP/1.1 on a connection that was to become another protocol's, and closes it. */
export function refuseUpgrade(socket: Duplex, status: Status): void {
  const body = `${JSON.stringify(status)}\n`;
  const head = [
    `HTTP/1.1 ${status.code} ${STATUS_CODES[status.code] ?? ''}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
