import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { configMap, serveForTest } from './client.ts';
import type { Client, WatchLine } from './client.ts';

const maps = '/api/v1/namespaces/default/configmaps';
const merge = { 'Content-Type': 'application/merge-patch+json' };

let client: Client;

beforeEach(async () => {
  client = await serveForTest();
});
afterEach(() => client.served.close());

/** Types and names, without the config map that every namespace has. */
function told(lines: readonly WatchLine[]): readonly string[] {
  return lines
    .filter(({ object }) => object.metadata?.name !== 'kube-root-ca.crt')
    .map(({ type, object }) => `${type} ${object.metadata?.name ?? ''}`);
}

describe('a watch', () => {
  test('begins with what there is, by key, and a mark', async () => {
    await client.ask('POST', maps, configMap('b'));
    await client.ask('POST', maps, configMap('a'));

    const lines = await client.watch(`${maps}?watch=1&timeoutSeconds=1&allowWatchBookmarks=true`);

    expect(told(lines)).toEqual(['ADDED a', 'ADDED b', 'BOOKMARK ']);
    expect(lines.at(-1)?.object.metadata.annotations).toEqual({ 'k8s.io/initial-events-end': 'true' });
    expect(lines[0]?.object).toMatchObject({ kind: 'ConfigMap', apiVersion: 'v1' });
  });

  test('from a version tells what came after it, once and in order', async () => {
    const { body: first } = await client.ask('POST', maps, configMap('a'));
    const from = first.metadata.resourceVersion;
    const watching = client.watch(`${maps}?watch=1&timeoutSeconds=1&resourceVersion=${from}`);
    await client.ask('PATCH', `${maps}/a`, { data: { x: '1' } }, merge);
    await client.ask('POST', maps, configMap('b'));
    await client.ask('DELETE', `${maps}/a`);

    expect(told(await watching)).toEqual(['MODIFIED a', 'ADDED b', 'DELETED a']);
  });

  test('with a selector sees objects come and go by their labels', async () => {
    const { body: first } = await client.ask('POST', maps, configMap('a', {}, { app: 'web' }));
    const from = first.metadata.resourceVersion;
    const watching = client.watch(`${maps}?watch=1&timeoutSeconds=1&resourceVersion=${from}&labelSelector=app%3Dweb`);
    await client.ask('PATCH', `${maps}/a`, { metadata: { labels: { app: 'other' } } }, merge);
    await client.ask('PATCH', `${maps}/a`, { metadata: { labels: { app: 'web' } } }, merge);
    const lines = await watching;

    expect(told(lines)).toEqual(['DELETED a', 'ADDED a']);
    // What leaves is told as it was, under the version that made it leave.
    expect(lines[0]?.object.metadata.labels).toEqual({ app: 'web' });
    expect(Number(lines[0]?.object.metadata.resourceVersion)).toBeGreaterThan(Number(from));
  });

  test('from a version that is forgotten ends with Expired', async () => {
    const short = await serveForTest({ history: 5 });
    for (let count = 0; count < 6; count++) await short.ask('POST', maps, configMap(`m${count}`));

    const lines = await short.watch(`${maps}?watch=1&resourceVersion=1`);
    await short.served.close();

    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ type: 'ERROR', object: { code: 410, reason: 'Expired' } });
    expect(lines[0]?.object.message).toMatch(/^too old resource version: 1 \(\d+\)$/);
  });

  test('asked for initial events without a match is refused', async () => {
    const { code, body } = await client.ask('GET', `${maps}?watch=1&sendInitialEvents=true`);

    expect(code).toBe(422);
    expect(body.message).toContain('sendInitialEvents requires setting resourceVersionMatch to NotOlderThan');
  });

  test('with a version that is no number is refused', async () => {
    expect((await client.ask('GET', `${maps}?watch=1&resourceVersion=abc`)).code).toBe(500);
  });

  test('of a Table tells the columns once', async () => {
    await client.ask('POST', maps, configMap('a'));
    const headers = { Accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' };

    const lines = await client.watch(`${maps}?watch=1&timeoutSeconds=1`, headers);

    expect(lines.map(({ object }) => object.columnDefinitions === null)).toEqual([false, true]);
    expect(lines[0]?.object.rows[0].cells.slice(0, 2)).toEqual(['a', 0]);
  });

  test('two hundred watches and fifty writers lose and reorder nothing', async () => {
    const { body: list } = await client.ask('GET', maps);
    const from = list.metadata.resourceVersion;
    const watching = Array.from({ length: 200 }, () =>
      client.watch(`${maps}?watch=1&timeoutSeconds=6&resourceVersion=${from}`),
    );
    while (client.served.watches < 200) await new Promise((resolve) => setTimeout(resolve, 10));

    await Promise.all(
      Array.from({ length: 50 }, async (_, writer) => {
        await client.ask('POST', maps, configMap(`w${writer}`));
        for (let round = 0; round < 4; round++)
          await client.ask('PATCH', `${maps}/w${writer}`, { data: { n: `${round}` } }, merge);
      }),
    );
    const seen = await Promise.all(watching);

    const versions = seen[0]!.map(({ object }) => Number(object.metadata.resourceVersion));
    expect(versions).toHaveLength(250);
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
    expect(new Set(versions).size).toBe(250);
    for (const lines of seen)
      expect(lines.map(({ object }) => Number(object.metadata.resourceVersion))).toEqual(versions);
  }, 30_000);
});
