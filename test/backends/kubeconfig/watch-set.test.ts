// Time lets events go that wait for older ones, but not while sockets are unread: that would make disorder of our own slowness.

import { createServer } from 'node:http';
import { afterAll, expect, test } from 'vitest';
import { Connection } from '../../../src/backends/kubeconfig/connection.ts';
import { loadClient } from '../../../src/backends/kubeconfig/load-client.ts';
import { holdBackMs, WatchSet } from '../../../src/backends/kubeconfig/watch-set.ts';
import { kindOfWord } from '../../../src/kubernetes/kinds.ts';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WatchScope } from '../../../src/backends/kubeconfig/kind-watch.ts';

/** Watches by the plural of what they watch; told by hand. */
const streams = new Map<string, ServerResponse>();
const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://server');
  response.setHeader('Content-Type', 'application/json');
  if (searchParams.has('watch')) {
    streams.set(pathname.split('/').at(-1) ?? '', response);
    response.flushHeaders();
  } else {
    response.end(JSON.stringify({ metadata: { resourceVersion: '1' }, items: [] }));
  }
});
afterAll(() => server.closeAllConnections());

test('an event whose time is over while the process stood still waits until older ones are read', async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const connection = await connect();
  const watches = new WatchSet({
    connection,
    namespace: 'shop',
    now: () => performance.now(),
    onArrival: () => undefined,
    isOfRun: () => true,
  });
  await watches.add(scopeOf('pod'));
  await watches.add(scopeOf('service'));
  while (streams.size < 2) await watches.change(10);
  await watches.readSockets();
  tell('services', 'Service', '3');
  while (watches.order.next === undefined) await watches.change(1000);

  tell('pods', 'Pod', '2');
  standStill(holdBackMs + 20);
  const unread = watches.take();
  await watches.readSockets();
  const told = [watches.take(), watches.take()];
  watches.stop();
  connection.close();
  server.close();

  expect(unread).toBeUndefined();
  expect(told.map((event) => event?.version)).toEqual(['2', '3']);
});

async function connect(): Promise<Connection> {
  const config = new (await loadClient()).KubeConfig();
  const { port } = server.address() as AddressInfo;
  const cluster = { name: 'own', server: `http://127.0.0.1:${port}`, skipTLSVerify: true };
  config.loadFromClusterAndUser(cluster, { name: 'own' });
  return new Connection(config);
}

function scopeOf(word: string): WatchScope {
  const kind = kindOfWord(word);
  if (kind === undefined) throw new Error(`no kind is called ${word}`);
  return { kind, namespace: 'shop' };
}

/** Sends an event; it is in the socket before anything is read again. */
function tell(plural: string, kind: string, version: string): void {
  const metadata = { name: version, namespace: 'shop', uid: version, resourceVersion: version, creationTimestamp: '' };
  streams.get(plural)?.write(`${JSON.stringify({ type: 'ADDED', object: { apiVersion: 'v1', kind, metadata } })}\n`);
}

function standStill(ms: number): void {
  const endMs = performance.now() + ms;
  while (performance.now() < endMs);
}
