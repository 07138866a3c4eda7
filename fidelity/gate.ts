// The gate between clients and the served simulator: it lets every request cost a little virtual time, and tells whether
// clients are busy or only wait for a watch. So virtual time goes on only while nobody is thinking, and a run does not
// depend on how fast the machine is.

import { createServer, request as send } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A gate that is open. */
export interface Gate {
  readonly url: string;
  /** Requests that have no answer yet; open watches do not count. */
  readonly busy: number;
  /** Open watches. */
  readonly watching: number;
  /** When anything last passed, by `performance.now()`. */
  readonly passedAt: number;
  close(): void;
}

/** What a gate needs. */
export interface GateOptions {
  /** The served simulator. */
  readonly target: string;
  /** Called before a request about objects is let through, one at a time. */
  readonly charge: () => Promise<void>;
}

/** Opens a gate on any free port of loopback. */
export async function openGate(options: GateOptions): Promise<Gate> {
  const gate = new Proxy(options);
  await gate.listen();
  return gate;
}

class Proxy implements Gate {
  busy = 0;
  watching = 0;
  passedAt = performance.now();
  readonly #options: GateOptions;
  readonly #server: Server;
  #turn: Promise<void> = Promise.resolve();

  constructor(options: GateOptions) {
    this.#options = options;
    this.#server = createServer((message, response) => {
      this.#pass(message, response).catch(() => response.destroy());
    });
    this.#server.keepAliveTimeout = 90_000;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  listen(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.listen(0, '127.0.0.1', () => resolve());
    });
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #pass(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = message.url ?? '/';
    const watch = /[?&]watch=(?:true|1)\b/.test(path);
    if (watch) this.watching += 1;
    else this.busy += 1;
    this.#touch();
    response.once('close', () => {
      if (watch) this.watching -= 1;
      else this.busy -= 1;
      this.#touch();
    });
    if (aboutObjects(path)) {
      this.#turn = this.#turn.then(this.#options.charge);
      await this.#turn;
    }
    this.#forward(message, response);
  }

  #forward(message: IncomingMessage, response: ServerResponse): void {
    const onward = send(new URL(message.url ?? '/', this.#options.target), {
      method: message.method ?? 'GET',
      headers: message.headers,
    });
    onward.on('response', (answer) => {
      this.#touch();
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      response.flushHeaders();
      answer.on('data', () => this.#touch());
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    message.pipe(onward);
  }

  #touch(): void {
    this.passedAt = performance.now();
  }
}

/** Discovery, which clients cache, costs nothing: else the first command of a run would take longer than the others. */
function aboutObjects(path: string): boolean {
  return /^\/(?:api\/[^/?]+|apis\/[^/?]+\/[^/?]+)\/[^?]/.test(path);
}
