// A page that is served for a test, with a work folder of its own.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadExercises } from '../../../src/lessons/exercises/load-exercises.ts';
import { servePage } from '../../../src/lessons/page/serve-page.ts';
import type { IncomingHttpHeaders } from 'node:http';

const root = join(import.meta.dirname, '../../..');
/** Where the fixture's exercises are. */
export const fixtures = join(root, 'test/fixtures/page-exercises');

/** An answer of the server. */
export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A served page. */
export interface Served {
  readonly url: string;
  readonly work: string;
  readonly errors: readonly unknown[];
  /** Sends one request as it is told, with whatever headers. */
  send(method: string, path: string, options?: { headers?: Record<string, string>; body?: string }): Promise<Answered>;
  /** The token, out of the document. */
  token(): Promise<string>;
  read(path: string): string;
  write(path: string, text: string): void;
  end(): Promise<void>;
}

/** Serves the fixture's exercises. */
export async function serveFixtures(assets = { script: '', style: '' }, folder: string = fixtures): Promise<Served> {
  const work = mkdtempSync(join(tmpdir(), 'setpiece-learner-'));
  const errors: unknown[] = [];
  const { url, close } = await servePage({
    port: 0,
    exercises: loadExercises(folder),
    work,
    assets,
    descriptions: readFileSync(join(root, 'schema/kubernetes-descriptions.json'), 'utf8'),
    language: 'en',
    onError: (error) => errors.push(error),
  });
  const send: Served['send'] = (method, path, { headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const sent = request(new URL(url), { method, path, headers, agent: false }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      });
      sent.on('error', reject);
      sent.end(body);
    });
  return {
    url,
    work,
    errors,
    send,
    async token() {
      const { text } = await send('GET', '/');
      return /token&#34;:&#34;([\w-]+)&#34;/.exec(text)?.[1] ?? '';
    },
    read: (path) => readFileSync(join(work, path), 'utf8'),
    write: (path, text) => writeFileSync(join(work, path), text),
    async end() {
      await close();
      rmSync(work, { recursive: true });
    },
  };
}
