// Replays what a real API server (v1.36.2) was asked, and compares its answers with ours.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createRecordedWorld, put, replay } from './recorded-world.ts';
import { normalise } from '../../../fidelity/api/normalise-answer.ts';
import { requestOfPath } from './request-of-path.ts';
import { kindKey } from '../../../src/kubernetes/kind.ts';
import type { KubernetesObject, Manifest } from '../../../src/kubernetes/object.ts';
import type { ApiRequest, ApiResponse, ApiServer } from '../../../src/simulator/api/server.ts';
import type { RecordedCall } from './request-of-path.ts';

interface Recording {
  readonly name: string;
  readonly request: RecordedCall;
  readonly response: {
    readonly code: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
}

const file = new URL('../../fixtures/recordings/api-answers.jsonl', import.meta.url);
const recordings = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recording);

/** Why a recording is not answered by the REST door; `undefined` for those that are. */
function reasonNotServed({ name, request }: Recording): string | undefined {
  if (request.accept?.includes('as=Table') === true) return 'Tables are made by the HTTP server';
  if (request.accept === 'text/html') return 'content negotiation is a matter of HTTP';
  if (request.type === 'text/plain' || request.type === 'application/yaml') return 'media types are a matter of HTTP';
  if (request.path.includes('watch=1')) return 'watches are streams, which the HTTP server makes of the store';
  if (name === 'log') return 'logs are no objects';
  if (requestOfPath(request) === undefined) return 'the path names no resource: discovery, health, unknown paths';
  return undefined;
}

/** What the controllers of the recorded cluster had done before a request was sent. */
const before: Readonly<Record<string, (api: ApiServer, recorded: unknown) => void>> = {
  'default service account': (api, recorded) => replay(api, recorded),
  'get statefulset': (api, recorded) => {
    const { metadata, ...rest } = recorded as KubernetesObject;
    const key = `${metadata.namespace}/${metadata.name}`;
    const { status } = rest as { readonly status?: unknown };
    api.update(kindKey(recorded as KubernetesObject), key, (current) => ({ ...current, status }), {
      subresource: 'status',
    });
  },
  controllerrevisions: (api, recorded) =>
    replayItems(api, recorded, { apiVersion: 'apps/v1', kind: 'ControllerRevision' }),
  pod: (api, recorded) => replay(api, recorded),
  pvc: (api, recorded) => replay(api, recorded),
  'endpoint slices': (api, recorded) =>
    replayItems(api, recorded, { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' }),
  'list with limit': (api, recorded) => {
    replayItems(api, recorded, { apiVersion: 'v1', kind: 'Pod' });
    for (const name of ['ssa-1', 'web-1']) {
      const metadata = { name, namespace: 'answers' };
      put(api, { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [{ name: 'c', image: 'i' }] } });
    }
  },
};

function replayItems(api: ApiServer, recorded: unknown, type: { apiVersion: string; kind: string }): void {
  for (const item of (recorded as { readonly items: readonly unknown[] }).items) replay(api, item, type);
}

function answerAll(): ReadonlyMap<string, ApiResponse> {
  const api = createRecordedWorld();
  const answers = new Map<string, ApiResponse>();
  for (const recording of recordings) {
    if (reasonNotServed(recording) !== undefined) continue;
    const request = requestOfPath(recording.request);
    before[recording.name]?.(api, recording.response.body);
    if (request !== undefined) answers.set(recording.name, api.handle(withOwnUid(request, api)));
  }
  return answers;
}

/** Requests that carry the uid which the recorded cluster had drawn carry ours. */
function withOwnUid(request: ApiRequest, api: ApiServer): ApiRequest {
  const body = request.body as Partial<KubernetesObject> | undefined;
  if (body?.metadata?.uid === undefined || !body.metadata.uid.includes('-')) return request;
  const { apiVersion = '', kind = '', metadata } = body;
  const stored = api.store.get(kindKey({ apiVersion, kind }), `${metadata.namespace}/${metadata.name}`);
  return { ...request, body: { ...body, metadata: { ...metadata, uid: stored?.metadata.uid } } as Manifest };
}

const served = recordings.filter((recording) => reasonNotServed(recording) === undefined);

/** Recordings that we answer otherwise, and why. One that comes to agree has to leave the list. */
const known: Readonly<Record<string, string>> = {
  'endpoint slices': 'their generation counts the writes of their controller, which is not at work here',
  'self subject access review': 'there is no authorization, and so nothing to review',
};

describe('answers of a real API server', () => {
  const answers = answerAll();

  test('at least 70 recordings are replayed', () => {
    expect(served.length).toBeGreaterThanOrEqual(70);
  });

  test.each(served.filter(({ name }) => known[name] === undefined))('$name', ({ name, response }) => {
    const ours = answers.get(name);

    expect(normalise(ours?.body)).toEqual(normalise(response.body));
    expect(ours?.code).toBe(response.code);
    expect(ours?.warnings.map((warning) => `299 - ${JSON.stringify(warning)}`).join(', ')).toBe(
      response.headers['warning'] ?? '',
    );
  });

  test.each(Object.keys(known))('%s is answered otherwise, as its reason says', (name) => {
    const response = recordings.find((recording) => recording.name === name)?.response;

    expect(normalise(answers.get(name)?.body)).not.toEqual(normalise(response?.body));
  });
});
