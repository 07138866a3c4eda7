import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configMap, serveForTest } from './client.ts';
import type { Client } from './client.ts';

const maps = '/api/v1/namespaces/default/configmaps';

let client: Client;

beforeAll(async () => {
  client = await serveForTest();
});
afterAll(() => client.served.close());

/** Sends a path as it is; `fetch` would tidy it up. */
function raw(path: string, headers: Readonly<Record<string, string>> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(`${client.served.access.url}/`, { path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('requests that a server must survive', () => {
  test('a body that is too large is refused with 413', async () => {
    const { code, body } = await client.ask('POST', maps, configMap('large', { x: 'x'.repeat(4 * 1024 * 1024) }));

    expect(code).toBe(413);
    expect(body.message).toBe('Request entity too large: limit is 3145728');
  });

  test('a body that nests too deep is refused', async () => {
    const deep = `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"deep"},"data":${'['.repeat(100_000)}`;

    expect((await client.ask('POST', maps, deep)).code).toBe(400);
  });

  test('a member called __proto__ changes nothing but is unknown', async () => {
    const body = '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"p"},"__proto__":{"polluted":true}}';

    const { code } = await client.ask('POST', `${maps}?fieldValidation=Strict`, body);

    expect(code).toBe(400);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test.each([
    ['/api/v1/namespaces/default/../kube-system/configmaps', 404],
    ['/api/v1/namespaces/default/configmaps/a%2Fb', 404],
    ['/api/v1//namespaces', 404],
    ['/api/v1/namespaces/%', 400],
    ['/api/v1/namespaces/default/configmaps?limit=abc', 400],
    ['/apis/nope/v1/things', 404],
  ])('%s is answered with %i', async (path, code) => {
    expect(await raw(path)).toBe(code);
  });

  test('who calls the server by a name of elsewhere is refused', async () => {
    expect(await raw('/api/v1/namespaces', { Host: 'evil.example.com' })).toBe(403);
    expect(await raw('/api/v1/namespaces', { Host: '[::1]:80' })).toBe(200);
  });

  test('methods that no path takes are refused', async () => {
    expect((await client.ask('OPTIONS', maps)).code).toBe(405);
    expect((await client.ask('POST', `${maps}/x`, configMap('x'))).code).toBe(405);
  });
});

describe('options of requests', () => {
  test('a dry run that is not of everything is refused', async () => {
    const { code, body } = await client.ask('POST', `${maps}?dryRun=Some`, configMap('x'));

    expect(code).toBe(422);
    expect(body.message).toContain('dryRun: Unsupported value: "Some": supported values: "All"');
  });

  test('a dry run stores nothing', async () => {
    expect((await client.ask('POST', `${maps}?dryRun=All`, configMap('dry'))).code).toBe(201);
    expect((await client.ask('GET', `${maps}/dry`)).code).toBe(404);
  });

  test('metadata alone can be asked for', async () => {
    const headers = { Accept: 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io' };
    const { body } = await client.ask('GET', maps, undefined, headers);

    expect(body.kind).toBe('PartialObjectMetadataList');
    expect(Object.keys(body.items[0])).toEqual(['kind', 'apiVersion', 'metadata']);
  });

  test('YAML is answered to who wants it', async () => {
    const { headers, text } = await client.ask('GET', maps, undefined, { Accept: 'application/yaml' });

    expect(headers.get('content-type')).toBe('application/yaml');
    expect(text).toMatch(/^kind: ConfigMapList\n/);
  });

  test('pages follow each other', async () => {
    for (const name of ['p1', 'p2', 'p3']) await client.ask('POST', maps, configMap(name, {}, { page: 'yes' }));
    const first = await client.ask('GET', `${maps}?limit=2&labelSelector=page`);
    const token = first.body.metadata.continue;
    const second = await client.ask('GET', `${maps}?limit=2&labelSelector=page&continue=${encodeURIComponent(token)}`);

    expect([...first.body.items, ...second.body.items].map(({ metadata }) => metadata.name)).toEqual([
      'p1',
      'p2',
      'p3',
    ]);
    expect(second.body.metadata.continue).toBeUndefined();
  });
});

describe('scales', () => {
  test.each([
    ['application/merge-patch+json', { spec: { replicas: 3 } }, 3],
    ['application/strategic-merge-patch+json', { spec: { replicas: 4 } }, 4],
    ['application/json-patch+json', [{ op: 'replace', path: '/spec/replicas', value: 5 }], 5],
  ])('are patched by %s', async (type, patch, replicas) => {
    const sets = '/apis/apps/v1/namespaces/default/statefulsets';
    const labels = { app: 'scaled' };
    const template = { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'nginx:1' }] } };
    const spec = { replicas: 1, selector: { matchLabels: labels }, template };
    await client.ask('POST', sets, { metadata: { name: 'scaled' }, spec });

    const { code, body } = await client.ask('PATCH', `${sets}/scaled/scale`, patch, { 'Content-Type': type });

    expect([code, body.kind, body.spec]).toEqual([200, 'Scale', { replicas }]);
  });
});

describe('what is not simulated', () => {
  test.each(['attach', 'portforward'])('%s is refused in plain words', async (stream) => {
    await client.ask('POST', '/api/v1/namespaces/default/pods', {
      metadata: { name: `p-${stream}` },
      spec: { containers: [{ name: 'c', image: 'nginx:1' }] },
    });
    await client.advance(5000);

    const { code, body } = await client.ask('GET', `/api/v1/namespaces/default/pods/p-${stream}/${stream}`);

    expect(code).toBe(501);
    expect(body.message).toContain(`${stream} is not simulated`);
  });
});
