import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { awaitUsable } from '../../../src/backends/kind/await-usable.ts';
import { kubeconfigFor } from '../../../src/simulator/http/kubeconfig.ts';
import { serveSimulator } from '../../../src/simulator/http/serve.ts';
import type { ServedSimulator } from '../../../src/simulator/http/serve.ts';

let server: ServedSimulator;
let told: string[];

beforeEach(async () => {
  server = await serveSimulator({ port: 0, speed: 20, seed: 1, nodes: 2 });
  told = [];
});

afterEach(() => server.close());

function usable(limitMs: number, signal = new AbortController().signal): Promise<void> {
  const onProgress = (text: string): void => void told.push(text);
  return awaitUsable({ kubeconfig: kubeconfigFor(server.access), context: 'setpiece', signal, onProgress, limitMs });
}

async function ask(method: string, path: string, body?: unknown): Promise<void> {
  const headers = { 'Content-Type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json' };
  const answer = await fetch(`${server.access.url}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(answer.status).toBeLessThan(300);
}

const classes = '/apis/storage.k8s.io/v1/storageclasses';
const isDefault = (value: string): unknown => ({
  metadata: { annotations: { 'storageclass.kubernetes.io/is-default-class': value } },
});

describe('a cluster', () => {
  test('can be used when its nodes are Ready and there are a default class and a service account', async () => {
    await usable(5000);

    expect(told).toEqual([]);
  });

  test('cannot be used without a default class; that it has come is heard from the watch', async () => {
    await ask('PATCH', `${classes}/standard`, isDefault('false'));
    const waited = usable(10_000);
    while (told.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    const beganMs = performance.now();

    await ask('PATCH', `${classes}/standard`, isDefault('true'));
    await waited;

    expect(told).toEqual(['waiting: no default StorageClass yet']);
    expect(performance.now() - beganMs).toBeLessThan(450);
  });

  test('says what is missing when it does not become usable', async () => {
    await ask('DELETE', `${classes}/standard`);

    await expect(usable(400)).rejects.toThrow('the kind cluster does not become usable: no default StorageClass yet');
  });

  test('is not waited for any more after an interruption', async () => {
    await ask('DELETE', `${classes}/standard`);
    const controller = new AbortController();
    const waited = usable(20_000, controller.signal);
    setTimeout(() => controller.abort(), 200);

    await expect(waited).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  });
});
