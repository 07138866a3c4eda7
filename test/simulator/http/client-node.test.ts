// The informer of the official JavaScript client against a served simulator.

import { get } from 'node:https';
import { CoreV1Api, KubeConfig, makeInformer } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kubeconfigFor } from '../../../src/simulator/http/kubeconfig.ts';
import { serveForTest } from './client.ts';
import type { V1ConfigMap } from '@kubernetes/client-node';
import type { Client } from './client.ts';

const namespace = 'default';

describe.each([
  ['http', false],
  ['https, with a certificate of its own and a token', true],
])('the JavaScript client over %s', (_what, secured) => {
  let client: Client;
  let config: KubeConfig;

  beforeAll(async () => {
    client = await serveForTest({ secured });
    config = new KubeConfig();
    config.loadFromString(kubeconfigFor(client.served.access));
  });
  afterAll(() => client.served.close());

  test('an informer sees what is written through the client, in order', async () => {
    const api = config.makeApiClient(CoreV1Api);
    const told: string[] = [];
    const informer = makeInformer(config, `/api/v1/namespaces/${namespace}/configmaps`, () =>
      api.listNamespacedConfigMap({ namespace }),
    );
    for (const event of ['add', 'update', 'delete'] as const) {
      informer.on(event, (object: V1ConfigMap) => {
        if (object.metadata?.name === 'mine') told.push(`${event} ${object.data?.['n']}`);
      });
    }
    await informer.start();

    await api.createNamespacedConfigMap({ namespace, body: { metadata: { name: 'mine' }, data: { n: '1' } } });
    await api.replaceNamespacedConfigMap({
      namespace,
      name: 'mine',
      body: { metadata: { name: 'mine' }, data: { n: '2' } },
    });
    await api.deleteNamespacedConfigMap({ namespace, name: 'mine' });

    await expect.poll(() => told).toEqual(['add 1', 'update 2', 'delete 2']);
    await informer.stop();
  });

  test('a refusal arrives as the client’s own error', async () => {
    const api = config.makeApiClient(CoreV1Api);

    await expect(api.readNamespacedPod({ namespace, name: 'nope' })).rejects.toMatchObject({ code: 404 });
  });
});

test('a secured server refuses who does not know the token', async () => {
  const { served } = await serveForTest({ secured: true });
  const { code } = await askInsecurely(`${served.access.url}/api/v1/namespaces`);
  await served.close();

  expect(code).toBe(401);
});

/** Asks without looking at the certificate. */
function askInsecurely(url: string): Promise<{ readonly code: number | undefined }> {
  return new Promise((resolve, reject) => {
    get(url, { rejectUnauthorized: false }, (response) => {
      response.resume();
      resolve({ code: response.statusCode });
    }).on('error', reject);
  });
}
