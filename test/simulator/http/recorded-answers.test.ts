// The recorded questions to a real API server, asked of a served simulator in the same order, over HTTP.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comparable } from './comparable-answer.ts';
import { serveSimulator } from '../../../src/simulator/http/serve.ts';
import type { ServedSimulator } from '../../../src/simulator/http/serve.ts';

interface Recording {
  readonly name: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly accept?: string;
    readonly type?: string;
    readonly body?: unknown;
  };
  readonly response: {
    readonly code: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
}

const recordings = readFileSync(
  fileURLToPath(new URL('../../fixtures/recordings/api-answers.jsonl', import.meta.url)),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recording);

/** Recordings that are answered otherwise, and why. One that comes to agree has to leave the list. */
const known: Readonly<Record<string, string>> = {
  'root ca config map': "the recorded cluster's vendor adds a config map to every namespace",
  'table of pv': 'the recorded cluster holds volumes of other recordings',
  'table of nodes': 'the recorded cluster has one node, the control plane',
  'table of namespaces': 'the recorded cluster has namespaces of other recordings',
  'table of daemonsets': 'no system pods run on a simulated cluster',
  'table of pdb': 'the recorded cluster has a budget of another recording',
  'table of configmaps': "the recorded cluster's vendor adds a config map to every namespace",
  log: 'no program runs in a simulated container',
  'discovery /apis': 'groups that are not served are not listed',
  'discovery /api/v1': 'resources that are not served are not listed',
  'discovery /version': 'the build is another',
  'aggregated discovery /api': 'resources that are not served are not listed',
  'aggregated discovery /apis': 'groups that are not served are not listed',
  'openapi v3 index': 'groups that are not served have no document',
  'self subject access review': 'there are no roles that could be the reason',
};

/** Milliseconds that the recorded cluster had before a request, where it was not asked at once. */
const waits: Readonly<Record<string, number>> = {
  'namespace as it settles': 1000,
  'get statefulset': 9000,
  'table of statefulsets': 12_000,
  evict: 1000,
};

interface Given {
  readonly code: number;
  readonly type: string;
  readonly warning: string | null;
  readonly body: unknown;
}

let served: ServedSimulator;
const answers = new Map<string, Given>();

beforeAll(async () => {
  // A short memory, so that a watch from version 1 comes too late as it did.
  served = await serveSimulator({ port: 0, seed: 1, nodes: 1, speed: 'max', history: 200 });
  for (const namespace of ['deployment', 'evict']) {
    await ask({
      method: 'POST',
      path: '/api/v1/namespaces',
      type: 'application/json',
      body: { metadata: { name: namespace } },
    });
  }
  await ask({ method: 'POST', path: '/setpiece/v1/time/pause' });
  for (const { name, request } of recordings) {
    const ms = waits[name] ?? 5;
    await ask({ method: 'POST', path: '/setpiece/v1/time/advance', type: 'application/json', body: { ms } });
    answers.set(name, await ask({ ...request, body: await withOwnUid(request.body, request.path) }));
  }
}, 60_000);

afterAll(() => served.close());

async function ask({ method, path, accept, type, body }: Recording['request']): Promise<Given> {
  const headers = {
    ...(accept === undefined ? {} : { Accept: accept }),
    ...(type === undefined ? {} : { 'Content-Type': type }),
    'User-Agent': 'node',
  };
  const sent = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${served.access.url}${path}`, { method, headers, body: sent });
  const text = await response.text();
  const { status: code } = response;
  return {
    code,
    type: response.headers.get('content-type') ?? '',
    warning: response.headers.get('warning'),
    body: parsed(text),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Requests that carry the uid which the recorded cluster had drawn carry ours. */
async function withOwnUid(body: unknown, path: string): Promise<unknown> {
  const { metadata } = (body ?? {}) as { readonly metadata?: { readonly uid?: string } };
  if (metadata?.uid === undefined || !metadata.uid.includes('-')) return body;
  const { body: stored } = await ask({ method: 'GET', path });
  const uid = (stored as { readonly metadata?: { readonly uid?: string } }).metadata?.uid;
  return { ...(body as object), metadata: { ...metadata, ...(uid === undefined ? {} : { uid }) } };
}

describe('a served simulator answers as a real API server does', () => {
  test.each(recordings.filter(({ name }) => known[name] === undefined))('$name', ({ name, response }) => {
    const ours = answers.get(name);

    expect(comparable(ours?.body)).toEqual(comparable(response.body));
    expect(ours?.code).toBe(response.code);
    expect(ours?.type).toBe(response.headers['content-type']);
    expect(ours?.warning).toBe(response.headers['warning'] ?? null);
  });

  test.each(Object.keys(known))('%s is answered otherwise, as its reason says', (name) => {
    const response = recordings.find((recording) => recording.name === name)?.response;

    expect(comparable(answers.get(name)?.body)).not.toEqual(comparable(response?.body));
  });
});
