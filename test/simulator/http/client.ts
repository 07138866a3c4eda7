// A served simulator and the simplest of clients, for tests.

import { serveSimulator } from '../../../src/simulator/http/serve.ts';
import type { ServedSimulator, ServeOptions } from '../../../src/simulator/http/serve.ts';

/** An answer: its code, and its body, decoded where it is JSON. */
export interface Given {
  readonly code: number;
  readonly headers: Headers;
  readonly text: string;
  // Tests look into bodies of any kind.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

/** One line of a watch. */
export interface WatchLine {
  readonly type: string;
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly object: any;
}

/** A running server and ways to talk to it. */
export interface Client {
  readonly served: ServedSimulator;
  ask(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Given>;
  /** Reads a watch until it ends. */
  watch(path: string, headers?: Readonly<Record<string, string>>): Promise<readonly WatchLine[]>;
  /** Lets virtual time pass. */
  advance(ms: number): Promise<void>;
}

/** Serves a cluster for a test; close it afterwards. */
export async function serveForTest(options: Partial<ServeOptions> = {}): Promise<Client> {
  const served = await serveSimulator({ port: 0, seed: 1, nodes: 1, speed: 'max', ...options });
  const ask: Client['ask'] = async (method, path, body, headers = {}) => {
    const sent = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
    const type: Record<string, string> = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const response = await fetch(`${served.access.url}${path}`, {
      method,
      body: sent,
      headers: { ...type, ...headers },
    });
    const text = await response.text();
    return { code: response.status, headers: response.headers, text, body: parsed(text) };
  };
  return {
    served,
    ask,
    async watch(path, headers) {
      const { text } = await ask('GET', path, undefined, headers);
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as WatchLine);
    },
    async advance(ms) {
      await ask('POST', '/setpiece/v1/time/advance', { ms });
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A config map to write. */
export function configMap(name: string, data: Readonly<Record<string, string>> = {}, labels?: object): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...(labels === undefined ? {} : { labels }) }, data };
}
