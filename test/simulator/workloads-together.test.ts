// All workloads in one namespace: the same seed gives the same history, everything comes to rest, and the namespace goes with
// all that is in it.

import { expect, test } from 'vitest';
import { startCluster } from './cluster.ts';
import type { KindKey } from '../../src/kubernetes/kind.ts';
import type { Manifest } from '../../src/kubernetes/object.ts';
import type { TestCluster } from './cluster.ts';

const namespace = 'all';

function template(app: string, container: object = {}): object {
  const containers = [{ name: 'c', image: 'nginx:1.24', ...container }];
  return { metadata: { labels: { app } }, spec: { terminationGracePeriodSeconds: 2, containers } };
}

function workload(kind: string, name: string, spec: object): Manifest {
  const selector = { matchLabels: { app: name } };
  const metadata = { name, namespace };
  return { apiVersion: 'apps/v1', kind, metadata, spec: { selector, template: template(name), ...spec } };
}

const readinessProbe = { exec: { command: ['test', '-f', '/tmp/ready'] }, periodSeconds: 1 };
const jobPod = template('j', { command: ['sh', '-c', 'sleep 1; exit 0'] }) as { readonly spec: object };
const manifests: readonly Manifest[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace },
    spec: { clusterIP: 'None', selector: { app: 'web' }, ports: [{ port: 80 }] },
  },
  workload('StatefulSet', 'web', {
    serviceName: 'web',
    replicas: 2,
    template: template('web', { command: ['sh', '-c', 'sleep 2; touch /tmp/ready; serve'], readinessProbe }),
  }),
  workload('DaemonSet', 'agent', {}),
  workload('Deployment', 'front', { replicas: 2 }),
  {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'j', namespace },
    spec: { completions: 2, template: { spec: { ...jobPod.spec, restartPolicy: 'Never' } } },
  },
  {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'b', namespace },
    spec: { maxUnavailable: 1, selector: { matchLabels: { app: 'web' } } },
  },
];

function run(seed: number): TestCluster {
  const cluster = startCluster({ seed, nodes: 2 });
  for (const manifest of manifests) {
    cluster.create(manifest);
    cluster.run(1);
  }
  cluster.run(600);
  return cluster;
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'under seed %i everything gets there, comes to rest, and goes with its namespace',
  (seed) => {
    const cluster = run(seed);
    const { simulator } = cluster;
    const get = (kind: string, name: string): unknown => simulator.store.get(kind as KindKey, `${namespace}/${name}`);

    expect(get('statefulset.apps', 'web')).toMatchObject({ status: { readyReplicas: 2 } });
    expect(get('daemonset.apps', 'agent')).toMatchObject({ status: { numberReady: 2, desiredNumberScheduled: 2 } });
    expect(get('deployment.apps', 'front')).toMatchObject({ status: { readyReplicas: 2 } });
    expect(get('job.batch', 'j')).toMatchObject({ status: { succeeded: 2 } });
    expect(get('poddisruptionbudget.policy', 'b')).toMatchObject({ status: { disruptionsAllowed: 1 } });
    expect(get('endpoints', 'web')).toMatchObject({ subsets: [{ addresses: [{}, {}] }] });
    expect(simulator.moving()).toEqual([]);

    simulator.api.delete('namespace' as KindKey, namespace);
    cluster.run(600);

    expect(simulator.store.get('namespace' as KindKey, namespace)).toBeUndefined();
    const left = simulator.store.kinds().filter((kind) => simulator.store.by(kind, 'namespace', namespace).size > 0);
    expect(left).toEqual([]);
    expect(simulator.moving()).toEqual([]);
  },
);

test('the same seed gives the same history', () => {
  const told = (cluster: TestCluster): readonly string[] =>
    cluster.changes.map((change) => `${change.at} ${change.type} ${JSON.stringify(change.object)}`);

  expect(told(run(3))).toEqual(told(run(3)));
});
