// Watches that are cut off: nothing is lost or told out of order; what the server has forgotten leaves a gap.

import { describe, expect, test } from 'vitest';
import { BackendError } from '../../../src/backends/cluster.ts';
import { compareResourceVersions } from '../../../src/trace/resource-version.ts';
import { configMap, statefulSet } from '../contract/manifests.ts';
import { CuttableProxy } from './cuttable-proxy.ts';
import { serveBackend } from './served-backend.ts';
import type { Cluster, ClusterListener } from '../../../src/backends/cluster.ts';
import type { Simulator } from '../../../src/simulator/simulator.ts';

type Told = Parameters<ClusterListener>[0];

interface Stage {
  readonly cluster: Cluster;
  readonly proxy: CuttableProxy;
  readonly simulator: Simulator;
  readonly told: readonly Told[];
  readonly close: () => Promise<void>;
}

async function openBehindProxy(options: { readonly history?: number } = {}): Promise<Stage> {
  let proxy: CuttableProxy | undefined;
  const { backend, server } = await serveBackend(options, {
    through: async (url) => (proxy = await CuttableProxy.before(url)).url,
  });
  if (proxy === undefined) throw new Error('no proxy');
  const behind = proxy;
  const told: Told[] = [];
  const cluster = await backend.open({
    scenario: 'disconnect',
    seed: 1,
    nodes: 1,
    needs: new Set(),
    listener: (event) => told.push(event),
  });
  const close = async (): Promise<void> => {
    behind.admit();
    await backend.dispose();
    await behind.close();
  };
  return { cluster, proxy: behind, simulator: server.simulator, told, close };
}

function versions(told: readonly Told[]): readonly string[] {
  return told.flatMap((event) => (event.kind === 'observation' ? [event.object.metadata.resourceVersion] : []));
}

function disorder(told: readonly Told[]): readonly string[] {
  const seen = versions(told);
  return seen.filter((one, at) => at > 0 && compareResourceVersions(seen[at - 1] ?? '', one) >= 0);
}

describe('watches that are cut off', () => {
  test(
    'resume where they were: nothing is lost, nothing is told twice or out of order',
    { timeout: 60_000 },
    async () => {
      const { cluster, proxy, simulator, told, close } = await openBehindProxy();
      const written: string[] = [];
      simulator.subscribe(({ object }) => {
        if (object.metadata.namespace === cluster.namespace) written.push(object.metadata.resourceVersion);
      });

      await cluster.request({ verb: 'create', object: statefulSet('web', 3) });
      for (let cut = 0; cut < 6; cut += 1) {
        await cluster.until(undefined, cluster.nowMs + 120);
        proxy.cut();
      }
      await cluster.until(undefined, cluster.nowMs + 1500);
      const last = await cluster.request({ verb: 'create', object: configMap('last', 'one') });

      const { resourceVersion } = (last.body as { metadata: { resourceVersion: string } }).metadata;
      const expected = written.filter((version) => compareResourceVersions(version, resourceVersion) <= 0);
      const seen = new Set(versions(told));
      expect(proxy.cuts).toBeGreaterThan(100);
      expect(expected.length).toBeGreaterThan(30);
      expect(expected.filter((version) => !seen.has(version))).toEqual([]);
      expect(disorder(told)).toEqual([]);
      expect(told.filter(({ kind }) => kind === 'gap')).toEqual([]);
      await close();
    },
  );

  test(
    'what the server has forgotten meanwhile leaves a gap, and the state behind it is right',
    { timeout: 60_000 },
    async () => {
      const { cluster, proxy, simulator, told, close } = await openBehindProxy({ history: 5 });
      await cluster.request({ verb: 'create', object: configMap('settings', '0') });

      proxy.refuse();
      for (let write = 1; write <= 40; write += 1) {
        simulator.api.handle({
          verb: 'patch',
          group: '',
          version: 'v1',
          resource: 'configmaps',
          namespace: cluster.namespace,
          name: 'settings',
          patchType: 'merge',
          body: { data: { value: `${write}` } },
        });
      }
      proxy.admit();
      await cluster.until(undefined, cluster.nowMs + 3000);

      const gaps = told.flatMap((event) => (event.kind === 'gap' ? [event.gap] : []));
      const settings = told.flatMap((event) =>
        event.kind === 'observation' && event.object.metadata.name === 'settings' ? [event.object['data']] : [],
      );
      expect(gaps.map(({ of }) => of)).toContain('configmap');
      expect(gaps[0]?.reason).toContain('410');
      expect(settings.at(-1)).toEqual({ value: '40' });
      await close();
    },
  );

  test(
    'a wait that nobody interrupts survives a server that is away for two seconds',
    { timeout: 60_000 },
    async () => {
      const { cluster, proxy, told, close } = await openBehindProxy();
      await cluster.request({ verb: 'create', object: statefulSet('web', 1) });

      proxy.refuse();
      setTimeout(() => proxy.admit(), 2000);
      const ready = (): boolean =>
        told.some(
          (event) =>
            event.kind === 'observation' && JSON.stringify(event.object['status'])?.includes('"readyReplicas":1'),
        );
      const end = await cluster.until(ready, cluster.nowMs + 20_000);

      expect(end).toBe('done');
      expect(disorder(told)).toEqual([]);
      await close();
    },
  );

  test('a server that stays away ends the scenario, and the error says why', { timeout: 90_000 }, async () => {
    const { cluster, proxy, close } = await openBehindProxy();

    proxy.refuse();
    const failed: unknown = await cluster.until(() => false, cluster.nowMs + 60_000).catch((error: unknown) => error);

    expect(failed).toBeInstanceOf(BackendError);
    expect((failed as Error).message).toMatch(/could not be resumed for 30s: .*ECONNRESET/);
    await close();
  });
});
