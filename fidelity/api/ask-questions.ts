// Asks a served simulator recorded questions, one after the other, with as much time between them as the real server had.

import { serveSimulator } from '../../src/simulator/http/serve.ts';
import type { Question, RecordedAnswer } from './recorded-answer.ts';

/** What was answered. */
export interface GivenAnswer {
  readonly code: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Decoded where it is JSON, else the text. */
  readonly body: unknown;
}

/** Milliseconds that the recorded cluster had before a question, where it was not asked at once. */
const waits: Readonly<Record<string, number>> = {
  'namespace as it settles': 1000,
  'get statefulset': 9000,
  'table of statefulsets': 12_000,
  evict: 1000,
};
const usualWaitMs = 5;

/** Namespaces that the recorded cluster had already. */
const namespaces = ['deployment', 'evict'] as const;

/** Asks them all of a cluster of their own; the answers are in the order of the questions. */
export async function askQuestions(recorded: readonly RecordedAnswer[]): Promise<readonly GivenAnswer[]> {
  // A short memory, so that a watch from version 1 comes too late as it did.
  const served = await serveSimulator({ port: 0, seed: 1, nodes: 1, speed: 'max', history: 200 });
  const { url } = served.access;
  const control = (path: string, body: object): Promise<GivenAnswer> =>
    ask(url, { method: 'POST', path: `/setpiece/v1/time/${path}`, type: 'application/json', body });
  try {
    for (const name of namespaces) {
      const body = { metadata: { name } };
      await ask(url, { method: 'POST', path: '/api/v1/namespaces', type: 'application/json', body });
    }
    await control('pause', {});
    const given: GivenAnswer[] = [];
    for (const { name, request } of recorded) {
      await control('advance', { ms: waits[name] ?? usualWaitMs });
      given.push(await ask(url, { ...request, body: await withOwnUid(url, request) }));
    }
    return given;
  } finally {
    await served.close();
  }
}

async function ask(url: string, { method, path, accept, type, body }: Question): Promise<GivenAnswer> {
  const headers = {
    ...(accept === undefined ? {} : { Accept: accept }),
    ...(type === undefined ? {} : { 'Content-Type': type }),
    'User-Agent': 'node',
  };
  const sent = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${url}${path}`, { method, headers, body: sent });
  const text = await response.text();
  return { code: response.status, headers: Object.fromEntries(response.headers), body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Questions that carry the uid which the recorded cluster had drawn carry ours. */
async function withOwnUid(url: string, { body, path }: Question): Promise<unknown> {
  const { metadata } = (body ?? {}) as { readonly metadata?: { readonly uid?: string } };
  if (metadata?.uid === undefined || !metadata.uid.includes('-')) return body;
  const { body: stored } = await ask(url, { method: 'GET', path });
  const uid = (stored as { readonly metadata?: { readonly uid?: string } }).metadata?.uid;
  return { ...(body as object), metadata: { ...metadata, ...(uid === undefined ? {} : { uid }) } };
}
