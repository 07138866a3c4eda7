// The life of clusters: one for each run, nothing left behind.

import { expect } from 'vitest';
import { configMap, volume } from './manifests.ts';
import { address } from './stage.ts';
import type { ContractCase } from './stage.ts';

const settings = address('configmap', 'settings');
const kept = address('persistentvolume', 'contract-left');

/** Opening and disposing. */
export const lifeCases: readonly ContractCase[] = [
  {
    name: 'dispose can be called again, and nothing is told afterwards',
    async run(stage) {
      const opened = await stage.open();
      const { cluster, seen } = opened;
      await opened.send({ verb: 'create', object: configMap('settings', 'one') }, 201);

      await cluster.dispose();
      await cluster.dispose();
      const told = seen.length;
      await new Promise((resolve) => setImmediate(resolve));

      expect(seen).toHaveLength(told);
    },
  },
  {
    name: 'a cluster that was disposed leaves nothing to the next, cluster-scoped objects included',
    async run(stage) {
      const first = await stage.open();
      await first.send({ verb: 'create', object: configMap('settings', 'one') }, 201);
      const { namespace } = first.cluster;
      await first.send({ verb: 'create', object: volume(kept.name, { namespace, name: 'nobody' }) }, 201);

      await first.cluster.dispose();
      const second = await stage.open();

      await second.send({ verb: 'get', target: settings }, 404);
      await second.send({ verb: 'get', target: kept }, 404);
      expect(second.seen.filter(({ object }) => object.metadata.name === kept.name)).toEqual([]);
    },
  },
  {
    name: 'the backend says what it is',
    async run(stage) {
      const { backend } = stage;
      await stage.open();

      expect(backend.kubernetesVersion).toMatch(/^\d+\.\d+\.\d+/);
      expect(['simulator', 'kind', 'cluster', 'recorded']).toContain(backend.name);
      expect(backend.slackMs).toBeGreaterThanOrEqual(0);
      expect(backend.nodesMax).toBeGreaterThanOrEqual(1);
    },
  },
];
