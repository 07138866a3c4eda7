// The learner's page: a server on this machine's loopback address, for the person who started it.

import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { Api } from './api.ts';
import { policyOf, writeDocument } from './document.ts';
import { guard } from './guard.ts';
import { readJsonBody } from './read-json-body.ts';
import { RefusedRequest } from './refused-request.ts';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ExerciseFolder } from '../exercises/exercise.ts';
import type { ApiAnswer } from './api.ts';

/** What is served. */
export interface PageOptions {
  /** Where to listen on 127.0.0.1; 0 takes any free port. */
  readonly port: number;
  readonly exercises: ExerciseFolder;
  /** Folder of the learner's files; it must be there. */
  readonly work: string;
  /** The page's own code, as `scripts/bundle-pages.mjs` makes it. */
  readonly assets: { readonly script: string; readonly style: string };
  /** JSON of schema/kubernetes-descriptions.json: what the fields of Kubernetes' types are for. */
  readonly descriptions: string;
  /** Tag of the language to begin with. */
  readonly language: string;
  /** Is told of errors that nobody foresaw. */
  readonly onError: (error: unknown) => void;
}

/** A page that is served. */
export interface ServedPage {
  /** `http://127.0.0.1:8010/`. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Serves until it is closed. Rejects with the error of `listen` where the port cannot be had. */
export async function servePage(options: PageOptions): Promise<ServedPage> {
  const site = new Site(options);
  const server = createServer((request, response) => void site.serve(request, response));
  const port = await listen(server, options.port);
  site.port = port;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

class Site {
  port = 0;
  readonly #options: PageOptions;
  readonly #api: Api;
  readonly #token = randomBytes(24).toString('base64url');

  constructor(options: PageOptions) {
    this.#options = options;
    this.#api = new Api(options.exercises, options.work);
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const nonce = randomBytes(18).toString('base64url');
    const { status, type, text } = await this.#reply(request, response, nonce);
    if (response.destroyed) return;
    response.writeHead(status, {
      'content-type': type,
      'content-security-policy': policyOf(nonce),
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      // What is left of a body that was too long is not read.
      ...(request.complete ? {} : { connection: 'close' }),
    });
    response.end(request.method === 'HEAD' ? undefined : text);
  }

  async #reply(request: IncomingMessage, response: ServerResponse, nonce: string): Promise<Reply> {
    try {
      const { method = '', headers } = request;
      const path = (request.url ?? '').replace(/[?#].*$/s, '');
      guard({ method, path, headers }, { port: this.port, token: this.#token });
      if (!path.startsWith('/api/')) return this.#file(path, nonce);
      const { status, value } = await this.#ask(request, response, path);
      return { status, type: json, text: JSON.stringify(value) };
    } catch (error) {
      if (error instanceof RefusedRequest) return refusal(error.status, error.message);
      this.#options.onError(error);
      return refusal(500, 'setpiece broke (a bug of ours); the terminal says more');
    }
  }

  #file(path: string, nonce: string): Reply {
    const { assets, descriptions, language, work } = this.#options;
    switch (path) {
      case '/': {
        const text = writeDocument({ token: this.#token, language, nonce, work });
        return { status: 200, type: 'text/html; charset=utf-8', text };
      }
      case '/page.js':
        return { status: 200, type: 'text/javascript; charset=utf-8', text: assets.script };
      case '/page.css':
        return { status: 200, type: 'text/css; charset=utf-8', text: assets.style };
      case '/descriptions.json':
        return { status: 200, type: json, text: descriptions };
      default:
        return { status: 404, type: 'text/plain; charset=utf-8', text: 'there is nothing of that name\n' };
    }
  }

  async #ask(request: IncomingMessage, response: ServerResponse, path: string): Promise<ApiAnswer> {
    const gone = new AbortController();
    const onClose = (): void => gone.abort();
    response.once('close', onClose);
    try {
      return await this.#api.answer({
        method: request.method ?? '',
        segments: path.slice('/api/'.length).split('/').map(decode),
        body: () => readJsonBody(request),
        signal: gone.signal,
      });
    } finally {
      response.off('close', onClose);
    }
  }
}

const json = 'application/json; charset=utf-8';

function refusal(status: number, error: string): Reply {
  return { status, type: json, text: JSON.stringify({ error }) };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new RefusedRequest(400, 'the address is not well-formed');
  }
}
