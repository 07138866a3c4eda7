import { expect, test } from 'vitest';
import { composeKindKey } from '../../../../src/kubernetes/kind.ts';
import { WrittenVersions } from '../../../../src/simulator/controllers/statefulset/written-versions.ts';
import { createInformer } from '../../../../src/simulator/controllers/informer.ts';
import { configMap, createControlPlane } from '../control-plane.ts';

test('a set is refused until the caches have seen what was written for it', () => {
  const plane = createControlPlane(() => []);
  const { clock, random, api, profile } = plane.plant;
  const kind = composeKindKey('', 'ConfigMap');
  const lag = profile.latencies.informerLag;
  const informer = createInformer({ clock, random, store: api.store, lag, process: 'test' });
  const before = informer.seen(kind);
  const written = new WrittenVersions();

  const created = plane.create(configMap('x'));
  written.record('ns/web', kind, created);
  const early = written.check('ns/web', informer, (key) => api.kind(key));
  const other = written.check('ns/other', informer, (key) => api.kind(key));
  plane.run();

  const { resourceVersion } = created.metadata;
  expect(early).toBe(
    `read version: ${before} is not as new as written version: ${resourceVersion} for group resource configmaps`,
  );
  expect(other).toBeUndefined();
  expect(written.check('ns/web', informer, (key) => api.kind(key))).toBeUndefined();
});
