import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveForTest } from './client.ts';
import type { Client } from './client.ts';

const first = '/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers';
const second = '/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers';
const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'd' };
const cpu = (averageUtilization: number): object => ({
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
});

let client: Client;

beforeAll(async () => {
  client = await serveForTest();
});
afterAll(() => client.served.close());

describe('autoscalers', () => {
  test('that are written in the one version are read in the other', async () => {
    const spec = { scaleTargetRef, maxReplicas: 3, targetCPUUtilizationPercentage: 60 };
    const body = { apiVersion: 'autoscaling/v1', kind: 'HorizontalPodAutoscaler', metadata: { name: 'a' }, spec };

    const made = await client.ask('POST', first, body);
    const read = await client.ask('GET', `${second}/a`);

    expect([made.code, made.body.apiVersion]).toEqual([201, 'autoscaling/v1']);
    expect(made.body.spec).toEqual({ ...spec, minReplicas: 1 });
    expect(read.body.apiVersion).toBe('autoscaling/v2');
    expect(read.body.spec.metrics).toEqual([cpu(60)]);
  });

  test('are patched, listed and watched in their version', async () => {
    const merge = { 'Content-Type': 'application/merge-patch+json' };
    await client.ask('PATCH', `${first}/a`, { spec: { targetCPUUtilizationPercentage: 70 } }, merge);

    const { body: list } = await client.ask('GET', first);
    const [watched] = await client.watch(`${first}?watch=1&timeoutSeconds=1`);

    expect((await client.ask('GET', `${second}/a`)).body.spec.metrics).toEqual([cpu(70)]);
    expect(list.apiVersion).toBe('autoscaling/v1');
    expect(list.items[0].spec.targetCPUUtilizationPercentage).toBe(70);
    expect(watched).toMatchObject({
      type: 'ADDED',
      object: { apiVersion: 'autoscaling/v1', spec: { targetCPUUtilizationPercentage: 70 } },
    });
  });

  test('that make no sense are refused', async () => {
    const spec = { scaleTargetRef, minReplicas: 4, maxReplicas: 3 };

    const { code, body } = await client.ask('POST', second, { metadata: { name: 'b' }, spec });

    expect(code).toBe(422);
    expect(body.details.causes[0].field).toBe('spec.maxReplicas');
  });

  test('are broken JSON in both versions alike', async () => {
    expect((await client.ask('POST', first, '{"spec":')).code).toBe(400);
    expect((await client.ask('POST', first, '[]')).code).toBe(400);
  });

  test('are told once in a dump', async () => {
    const { body } = await client.ask('GET', '/setpiece/v1/dump');
    const found = body.items.filter(({ kind }: { readonly kind: string }) => kind === 'HorizontalPodAutoscaler');

    expect(found).toHaveLength(1);
  });
});

test('an event of the newer group is the same event in the older one', async () => {
  const event = {
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata: { name: 'e' },
    eventTime: '2026-01-01T00:00:00.000000Z',
    regarding: { kind: 'Pod', name: 'p', namespace: 'default' },
    reportingController: 'example.com/tester',
    reportingInstance: 'tester-1',
    action: 'Test',
    reason: 'Tested',
    note: 'all is well',
    type: 'Normal',
  };

  expect((await client.ask('POST', '/apis/events.k8s.io/v1/namespaces/default/events', event)).code).toBe(201);
  const { body } = await client.ask('GET', '/api/v1/namespaces/default/events?fieldSelector=involvedObject.name=p');
  const { body: newer } = await client.ask(
    'GET',
    '/apis/events.k8s.io/v1/namespaces/default/events?fieldSelector=regarding.name=p',
  );

  expect(body.items[0]).toMatchObject({ message: 'all is well', reportingComponent: 'example.com/tester' });
  expect(newer.items[0]).toMatchObject({ note: 'all is well', reportingController: 'example.com/tester' });
});

describe('reviews', () => {
  test.each([
    ['/apis/authentication.k8s.io/v1/selfsubjectreviews', { userInfo: { username: 'kubernetes-admin' } }],
    ['/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', { allowed: true }],
    ['/apis/authorization.k8s.io/v1/subjectaccessreviews', { allowed: true }],
    ['/apis/authorization.k8s.io/v1/namespaces/default/localsubjectaccessreviews', { allowed: true }],
    ['/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', { incomplete: false }],
  ])('%s are answered', async (path, status) => {
    const { code, body } = await client.ask('POST', path, {});

    expect(code).toBe(201);
    expect(body.status).toMatchObject(status);
  });

  test('are found where they are, and not stored', async () => {
    const { body } = await client.ask('GET', '/apis/authorization.k8s.io/v1');

    expect(body.resources.map(({ name }: { readonly name: string }) => name)).toEqual([
      'localsubjectaccessreviews',
      'selfsubjectaccessreviews',
      'selfsubjectrulesreviews',
      'subjectaccessreviews',
    ]);
    expect((await client.ask('POST', '/apis/authorization.k8s.io/v1/localsubjectaccessreviews', {})).code).toBe(404);
  });
});
