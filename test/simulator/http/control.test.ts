import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { configMap, serveForTest } from './client.ts';
import type { Client } from './client.ts';

const pods = '/api/v1/namespaces/default/pods';
const pod = { metadata: { name: 'p' }, spec: { containers: [{ name: 'c', image: 'nginx:1' }] } };

let client: Client;

beforeEach(async () => {
  client = await serveForTest();
});
afterEach(() => client.served.close());

describe('time', () => {
  test('stands still while it is paused, and goes by as much as it is told', async () => {
    const { body: before } = await client.ask('POST', '/setpiece/v1/time/pause');
    await client.ask('POST', pods, pod);
    const { body: still } = await client.ask('GET', `${pods}/p`);
    await client.advance(10_000);
    const { body: after } = await client.ask('GET', '/setpiece/v1/time');

    expect(still.status.phase).toBe('Pending');
    expect(after.nowMs - before.nowMs).toBe(10_000);
    expect((await client.ask('GET', `${pods}/p`)).body.status.phase).toBe('Running');
  });

  test('goes on by itself when it is resumed', async () => {
    await client.ask('POST', '/setpiece/v1/time/pause');
    await client.ask('POST', pods, pod);
    await client.ask('POST', '/setpiece/v1/time/resume');

    await expect.poll(async () => (await client.ask('GET', `${pods}/p`)).body.status.phase).toBe('Running');
  });

  test('follows the wall by its factor', async () => {
    await client.ask('POST', '/setpiece/v1/time/speed', { speed: '100x' });
    const { body: before } = await client.ask('GET', '/setpiece/v1/time');
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { body: after } = await client.ask('GET', '/setpiece/v1/time');

    expect(after.nowMs - before.nowMs).toBeGreaterThanOrEqual(9000);
    expect(after.speed).toBe('100x');
  });

  test('does not race through the years with a pod that crashes for ever', async () => {
    await client.ask('POST', pods, pod);
    await client.advance(5000);
    await client.ask('POST', '/setpiece/v1/faults', { how: 'crash', targets: ['pod/p'], times: 1_000_000 });
    const { body: before } = await client.ask('GET', '/setpiece/v1/time');
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { body: after } = await client.ask('GET', '/setpiece/v1/time');

    expect(after.nowMs).toBeGreaterThan(before.nowMs);
    // A retry comes every five minutes at the latest, and ten of them at most in a second of the wall.
    expect(after.nowMs - before.nowMs).toBeLessThan(10 * 300_000);
  });

  test('does not go by what is no number', async () => {
    expect((await client.ask('POST', '/setpiece/v1/time/advance', { ms: 'soon' })).code).toBe(400);
    expect((await client.ask('POST', '/setpiece/v1/time/speed', { speed: 'fast' })).code).toBe(400);
    expect((await client.ask('POST', '/setpiece/v1/nothing', {})).code).toBe(404);
  });
});

describe('faults', () => {
  test('a pod is made not ready, and recovers', async () => {
    await client.ask('POST', pods, pod);
    await client.advance(5000);
    const ready = async (): Promise<unknown> => {
      const { body } = await client.ask('GET', `${pods}/p`);
      return body.status.conditions.find(({ type }: { type: string }) => type === 'Ready')?.status;
    };

    const put = await client.ask('POST', '/setpiece/v1/faults', { how: 'notReady', targets: ['pod/p'] });
    await client.advance(20_000);
    const struck = await ready();
    await client.ask('POST', '/setpiece/v1/faults', { how: 'recover', targets: ['pod/p'] });
    await client.advance(20_000);

    expect(put.code).toBe(200);
    expect([struck, await ready()]).toEqual(['False', 'True']);
  });

  test.each([
    [{ how: 'explode', targets: ['pod/p'] }, 400],
    [{ how: 'crash', targets: [] }, 400],
    [{ how: 'crash', targets: ['nonsense/p'] }, 400],
    [{ how: 'stop', targets: ['pod/p'] }, 422],
  ])('%j is refused', async (fault, code) => {
    expect((await client.ask('POST', '/setpiece/v1/faults', fault)).code).toBe(code);
  });
});

test('the trace holds every change and every write since the beginning', async () => {
  await client.ask('POST', '/api/v1/namespaces/default/configmaps', configMap('traced'));
  await client.ask('DELETE', '/api/v1/namespaces/default/configmaps/absent');
  const { text } = await client.ask('GET', '/setpiece/v1/trace');
  const records = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

  expect(records.find(({ type, object }) => type === 'ADDED' && object.metadata.name === 'traced')).toMatchObject({
    step: -1,
  });
  expect(records.find(({ request }) => request?.verb === 'create')).toMatchObject({ response: { code: 201 } });
  expect(records.find(({ request }) => request?.target === 'configmaps/absent')).toMatchObject({
    response: { code: 404 },
  });
});
