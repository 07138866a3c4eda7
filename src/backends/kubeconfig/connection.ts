// The connection to an API server: requests and streams as they are on the wire, authenticated as the kubeconfig says.
// client-node reads certificates, tokens and credential plugins; its typed API is passed by, since scenarios see status
// codes, warnings and refusals exactly as the server sends them.

import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectionError } from './connection-error.ts';
import type { ClientRequest, IncomingMessage, OutgoingHttpHeaders, RequestOptions } from 'node:http';
import type { AgentOptions, RequestOptions as SecureOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import type { Json } from '../../kubernetes/object.ts';

/** A request as HTTP has it. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With its query. */
  readonly path: string;
  readonly body?: unknown;
  /** Default: `application/json`. */
  readonly contentType?: string;
  readonly accept?: string;
}

/** An answer. A body that is not JSON is its text. */
export interface HttpAnswer {
  readonly code: number;
  readonly body: Json;
  readonly warnings: readonly string[];
}

/** Longest wait for a connection and for the head of an answer, milliseconds. */
const connectTimeoutMs = 10_000;
const answerTimeoutMs = 60_000;
/** Pauses before a read that failed is sent again, milliseconds. */
const retriesMs: readonly number[] = [100, 400, 1000];

/** Requests to one API server. */
export class Connection {
  readonly server: string;
  readonly config: KubeConfig;
  #agents: { readonly key: string; readonly agent: HttpAgent } | undefined;
  /** By how much the server's clock is ahead of ours, milliseconds. */
  #clockAheadMs = 0;

  constructor(config: KubeConfig) {
    this.config = config;
    this.server = config.getCurrentCluster()?.server ?? '';
  }

  /** What the server's clock shows, milliseconds since 1970. */
  get serverTimeMs(): number {
    return Date.now() + this.#clockAheadMs;
  }

  /** Sends a request. Rejects with `BackendError` when there is no answer; reads are tried again before that. */
  async request(request: HttpRequest): Promise<HttpAnswer> {
    for (let attempt = 0; ; attempt += 1) {
      const sent = await this.#attempt(request);
      if (sent.kind === 'answer') return sent.answer;
      const pauseMs = retriesMs[attempt];
      if (pauseMs === undefined || !(sent.unsent || (request.method === 'GET' && isPassing(sent.error))))
        throw connectionError(sent.error, this.server);
      await sleep(pauseMs);
    }
  }

  /** Opens a stream that ends when the server or `signal` ends it; the head of the answer is there when it resolves. */
  async stream(path: string, signal: AbortSignal): Promise<IncomingMessage> {
    const { message } = await this.#send({ method: 'GET', path }, signal);
    return message;
  }

  /** Closes idle connections. */
  close(): void {
    this.#agents?.agent.destroy();
  }

  async #attempt(request: HttpRequest): Promise<Attempt> {
    let sent: ClientRequest | undefined;
    try {
      const { message } = await this.#send(request, AbortSignal.timeout(answerTimeoutMs), (made) => (sent = made));
      const text = await readText(message);
      return {
        kind: 'answer',
        answer: { code: message.statusCode ?? 0, body: parse(text), warnings: warningsOf(message) },
      };
    } catch (error) {
      // The server closes idle connections when it likes; what was sent on one at that moment has not arrived.
      return { kind: 'failed', error, unsent: sent?.reusedSocket === true && isReset(error) };
    }
  }

  async #send(
    { method, path, body, contentType = 'application/json', accept = 'application/json' }: HttpRequest,
    signal: AbortSignal,
    onMade: (request: ClientRequest) => void = () => undefined,
  ): Promise<{ readonly message: IncomingMessage }> {
    const options = await this.#options();
    const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const headers = {
      ...(options.headers as OutgoingHttpHeaders | undefined),
      Accept: accept,
      'User-Agent': 'setpiece',
      ...(payload === undefined ? {} : { 'Content-Type': contentType, 'Content-Length': payload.length }),
    };
    const url = new URL(`${this.server}${path}`);
    const make = url.protocol === 'http:' ? httpRequest : httpsRequest;
    return new Promise((resolve, reject) => {
      const request = make(url, { ...options, method, headers, signal });
      onMade(request);
      const late = setTimeout(() => request.destroy(timedOut()), connectTimeoutMs);
      request.on('socket', (socket) => {
        socket.setKeepAlive(true, 15_000);
        const connected = url.protocol === 'http:' ? 'connect' : 'secureConnect';
        if (socket.connecting) socket.once(connected, () => clearTimeout(late));
        else clearTimeout(late);
      });
      request.on('error', (error) => {
        clearTimeout(late);
        reject(error);
      });
      request.on('response', (message) => {
        clearTimeout(late);
        this.#readClock(message);
        resolve({ message });
      });
      request.end(payload);
    });
  }

  #readClock({ headers: { date } }: IncomingMessage): void {
    const serverMs = date === undefined ? Number.NaN : Date.parse(date);
    // The header has whole seconds; a difference below two is none.
    if (!Number.isNaN(serverMs))
      this.#clockAheadMs = Math.abs(serverMs - Date.now()) < 2000 ? 0 : serverMs - Date.now();
  }

  /** Credentials are asked for with each request, since tokens of plugins expire; connections are kept while they are the same. */
  async #options(): Promise<RequestOptions> {
    const options: SecureOptions = {};
    try {
      await this.config.applyToHTTPSOptions(options);
    } catch (error) {
      throw connectionError(error, this.server);
    }
    const proxied = this.config.getCurrentCluster()?.proxyUrl !== undefined;
    if (proxied) return options;
    const { agent: _agent, headers: _headers, auth: _auth, ...secrets } = options;
    const key = JSON.stringify(Object.entries(secrets).map(([name, value]) => [name, textOf(value)]));
    if (this.#agents?.key !== key) {
      this.#agents?.agent.destroy();
      const plain = this.server.startsWith('http:');
      const agent = plain
        ? new HttpAgent({ keepAlive: true })
        : new HttpsAgent({ ...(secrets as AgentOptions), keepAlive: true });
      this.#agents = { key, agent };
    }
    return { ...options, agent: this.#agents.agent };
  }
}

type Attempt =
  | { readonly kind: 'answer'; readonly answer: HttpAnswer }
  | { readonly kind: 'failed'; readonly error: unknown; readonly unsent: boolean };

/** Certificates and keys are bytes. */
function textOf(value: unknown): string {
  return Buffer.isBuffer(value) ? value.toString('base64') : JSON.stringify(value);
}

function timedOut(): Error {
  return Object.assign(new Error(`no connection within ${connectTimeoutMs / 1000}s`), { code: 'ETIMEDOUT' });
}

function isReset(error: unknown): boolean {
  const { code = '' } = error as NodeJS.ErrnoException;
  return code === 'ECONNRESET' || code === 'EPIPE';
}

/** Certificates and names do not get better by asking again; a server that restarts does. */
function isPassing(error: unknown): boolean {
  return isReset(error);
}

async function readText(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** `Warning: 299 - "text"`, of which there can be several; quotes inside are escaped. */
function warningsOf({ rawHeaders }: IncomingMessage): readonly string[] {
  const lines = rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === 'warning');
  return lines.map((line) => {
    const quoted = /^\d{3} \S+ "((?:[^"\\]|\\.)*)"/.exec(line)?.[1];
    return quoted === undefined ? line : quoted.replaceAll(/\\(.)/g, '$1');
  });
}
