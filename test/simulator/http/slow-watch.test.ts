import { get } from 'node:http';
import { expect, test } from 'vitest';
import { configMap, serveForTest } from './client.ts';

const maps = '/api/v1/namespaces/default/configmaps';

test('a watch whose reader takes nothing is dropped, and others go on', async () => {
  const client = await serveForTest();
  const { body: list } = await client.ask('GET', maps);
  const from = list.metadata.resourceVersion;
  const watch = `${maps}?watch=1&resourceVersion=${from}`;
  // Never read: what the server sends stays in the buffers of the connection, and then with the server.
  const asleep = get(`${client.served.access.url}${watch}`, (response) => response.pause());
  // A response that nobody listens to is thrown away as it comes: a listener that never reads keeps it.
  asleep.on('error', () => undefined);
  await expect.poll(() => client.served.watches).toBe(1);

  await client.ask('POST', maps, configMap('large'));
  for (let round = 0; round < 40; round++) {
    const data = { data: { x: `${round}`.padEnd(900_000, 'x') } };
    await client.ask('PATCH', `${maps}/large`, data, { 'Content-Type': 'application/merge-patch+json' });
  }

  await expect.poll(() => client.served.watches, { timeout: 10_000 }).toBe(0);
  const awake = await client.watch(`${watch}&timeoutSeconds=1`);
  expect(awake.filter(({ object }) => object.metadata.name === 'large')).toHaveLength(41);
  asleep.destroy();
  await client.served.close();
}, 30_000);
