// Nothing is left behind, and nothing that was there before is harmed: whatever way a scenario ends.

import { describe, expect, test } from 'vitest';
import { UnsupportedByBackend } from '../../../src/backends/cluster.ts';
import { kinds } from '../../../src/kubernetes/kinds.ts';
import { configMap, volume } from '../contract/manifests.ts';
import { address } from '../contract/stage.ts';
import { serveBackend } from './served-backend.ts';
import type { Backend, Capability, Cluster } from '../../../src/backends/cluster.ts';
import type { Simulator } from '../../../src/simulator/simulator.ts';

function open(backend: Backend, needs: readonly Capability[] = []): Promise<Cluster> {
  return backend.open({ scenario: 'Clean Up!', seed: 1, nodes: 1, needs: new Set(needs), listener: () => undefined });
}

/** Names of everything that is there, without what the system makes for itself. */
function there({ store }: Simulator): readonly string[] {
  const names: string[] = [];
  for (const { key, kind } of kinds) {
    if (kind === 'Event' || kind === 'Lease') continue;
    for (const { metadata } of store.list(key).values())
      names.push(`${kind} ${metadata.namespace ?? ''}/${metadata.name}`);
  }
  return names.toSorted();
}

describe('at the end of a scenario', () => {
  test('namespace and shared objects are gone, nodes and classes are what they were', { timeout: 60_000 }, async () => {
    const { backend, server } = await serveBackend({}, { onDispose: () => Promise.resolve() });
    const { simulator } = server;
    const before = there(simulator);
    const node = address('node', [...simulator.store.list(address('node', '').kind).values()][0]?.metadata.name ?? '');
    const looked = (): unknown => ({
      node: simulator.store.get(node.kind, node.name)?.['spec'],
      classes: [...simulator.store.list(address('storageclass.storage.k8s.io', '').kind).values()].map(
        ({ metadata }) => metadata.annotations,
      ),
    });
    const untouched = looked();

    const cluster = await open(backend, ['no-default-class', 'static-volumes', 'dns']);
    const { namespace } = cluster;
    await cluster.request({ verb: 'create', object: configMap('settings', 'one') });
    await cluster.request({ verb: 'apply', object: volume('left-a', { namespace, name: 'nobody' }) });
    await cluster.request({ verb: 'apply', object: volume('left-b', { namespace, name: 'nobody' }) });
    await cluster.request({
      verb: 'patch',
      target: node,
      type: 'merge',
      body: { spec: { unschedulable: true }, metadata: { labels: { mine: 'yes' } } },
    });
    const during = looked();
    await backend.dispose();
    await backend.dispose();

    expect(namespace).toMatch(/^setpiece-clean-up-[0-9a-f]{6}$/);
    expect(during).not.toEqual(untouched);
    expect(there(simulator)).toEqual(before);
    expect(looked()).toEqual(untouched);
    await server.close();
  });

  test('also when opening it fails half-way', { timeout: 60_000 }, async () => {
    const stop = new AbortController();
    const { backend, server } = await serveBackend(
      { speed: 1 },
      { setup: { signal: stop.signal }, onDispose: () => Promise.resolve() },
    );
    const before = there(server.simulator);

    stop.abort();
    await expect(open(backend)).rejects.toThrow('interrupted');
    await backend.dispose();

    expect(there(server.simulator)).toEqual(before);
    await server.close();
  });

  test('an interruption ends a long wait at once', { timeout: 60_000 }, async () => {
    const stop = new AbortController();
    const { backend } = await serveBackend({}, { setup: { signal: stop.signal } });
    const cluster = await open(backend);

    setTimeout(() => stop.abort(), 300);
    const beganMs = performance.now();
    await cluster.until(() => stop.signal.aborted, cluster.nowMs + 60_000);

    expect(performance.now() - beganMs).toBeLessThan(2000);
    await backend.dispose();
  });
});

describe('a cluster that is not disposable', () => {
  test('keeps its nodes and classes as they are: what would change them is refused', { timeout: 60_000 }, async () => {
    const { backend, server } = await serveBackend({}, { disposable: false });
    const node = address(
      'node',
      [...server.simulator.store.list(address('node', '').kind).values()][0]?.metadata.name ?? '',
    );
    const cluster = await open(backend, ['static-volumes']);

    const cordon = cluster.request({
      verb: 'patch',
      target: node,
      type: 'merge',
      body: { spec: { unschedulable: true } },
    });

    await expect(cordon).rejects.toThrow(UnsupportedByBackend);
    await expect(cordon).rejects.toThrow(/changed only on a cluster that is --disposable/);
    expect(backend.capabilities.has('no-default-class')).toBe(false);
    expect(backend.missing?.get('no-default-class')).toMatch(/--disposable/);
    expect((await cluster.request({ verb: 'create', object: volume('mine', { name: 'x' }) })).code).toBe(201);
    expect((await cluster.request({ verb: 'delete', target: address('persistentvolume', 'mine') })).code).toBe(200);
    await backend.dispose();
  });
});
