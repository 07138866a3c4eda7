// The contract can fail: backends that break one promise each, and the cases that must notice.

import { createSimulatedBackend } from '../../src/backends/simulated.ts';
import { describe, expect, test } from 'vitest';
import { contractCases, runCase } from './contract.ts';
import type { Backend, Cluster, ClusterListener } from '../../src/backends/cluster.ts';

type Event = Parameters<ClusterListener>[0];

/** The simulator, whose events go through `tell`. */
function telling(tell: (event: Event, number: number, listener: ClusterListener) => void): Backend {
  const live = createSimulatedBackend();
  return {
    ...live,
    open: ({ listener, ...options }) => {
      let number = 0;
      return live.open({ ...options, listener: (event) => tell(event, (number += 1), listener) });
    },
  };
}

/** The simulator, with a member of its clusters replaced. */
function changed(member: Partial<Cluster>): Backend {
  const live = createSimulatedBackend();
  return {
    ...live,
    open: async (options) => {
      const cluster = await live.open(options);
      return new Proxy(cluster, {
        get: (_, name) => {
          const value: unknown = name in member ? member[name as keyof Cluster] : cluster[name as keyof Cluster];
          return typeof value === 'function' ? value.bind(cluster) : value;
        },
      });
    },
  };
}

async function failing(backend: Backend): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const one of contractCases) {
    if (one.capability !== undefined) continue;
    await runCase(one, backend).catch(() => failed.push(one.name));
  }
  return failed;
}

describe('the contract notices', () => {
  test('a backend that keeps it fails no case', async () => {
    expect(await failing(createSimulatedBackend())).toEqual([]);
  });

  test('an event that is lost', async () => {
    const lossy = telling((event, number, listener) => {
      if (number % 23 !== 0) listener(event);
    });

    expect(await failing(lossy)).toContain('every accepted write has its event, in the order of the writes');
  });

  test('an event that is told twice', async () => {
    const stuttering = telling((event, number, listener) => {
      listener(event);
      if (number % 23 === 0) listener(event);
    });

    expect(await failing(stuttering)).toContain('events come in the order of their resourceVersions, none twice');
  });

  test('events of other namespaces', async () => {
    const curious = telling((event, number, listener) => {
      if (event.kind !== 'observation') return;
      const { metadata } = event.object;
      const elsewhere = { ...event.object, metadata: { ...metadata, namespace: 'elsewhere' } };
      listener(number === 20 ? { ...event, object: elsewhere } : event);
    });

    expect(await failing(curious)).toContain('events are of the run’s own namespace, and of what belongs to none');
  });

  test('a dispose that does nothing, so that events go on', async () => {
    // The simulator's clusters are alone, so a leak shows only where the same cluster is opened again.
    const live = createSimulatedBackend();
    let only: Promise<Cluster> | undefined;
    const leaking: Backend = { ...live, open: (options) => (only ??= live.open(options)) };

    expect(await failing(leaking)).toContain(
      'a cluster that was disposed leaves nothing to the next, cluster-scoped objects included',
    );
  });

  test('faults that are taken and do nothing', async () => {
    const deaf = changed({ inject: () => Promise.resolve() });

    expect(await failing(deaf)).toEqual(['a fault that cannot be is refused as unsupported, with a reason']);
  });
});
