import { expect, test } from 'vitest';
import { podManifest, startCluster } from '../cluster.ts';
import type { KindKey } from '../../../src/kubernetes/kind.ts';
import type { Loose, TestCluster } from '../cluster.ts';

const labels = { app: 'web' };

function service(spec: object = {}): Loose {
  const ports = [{ name: 'http', port: 80, targetPort: 'web' }];
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', labels: { tier: 'front' } },
    spec: { selector: labels, ports, ...spec },
  };
}

function pod(
  name: string,
  { port = 8080, ...container }: { readonly port?: number; readonly readinessProbe?: object } = {},
): Loose {
  return podManifest(name, {
    metadata: { labels },
    container: { ports: [{ name: 'web', containerPort: port }], ...container },
  });
}

const notReady = { readinessProbe: { exec: { command: ['false'] }, periodSeconds: 1 } };

function endpoints(cluster: TestCluster): Loose {
  return cluster.get('endpoints', 'web');
}

test('a Service without pods has Endpoints without subsets (EP-01, EP-02)', () => {
  const cluster = startCluster();
  cluster.create(service());
  cluster.run();

  expect(endpoints(cluster).metadata.labels).toEqual({
    tier: 'front',
    'endpoints.kubernetes.io/managed-by': 'endpoint-controller',
  });
  expect(endpoints(cluster).subsets).toBeUndefined();
});

test('ready pods are addresses, others are not ready; pods with other ports are another subset', () => {
  const cluster = startCluster();
  cluster.create(service());
  cluster.create(pod('a'));
  cluster.create(pod('b', notReady));
  cluster.create(pod('c', { port: 9090 }));
  cluster.run();
  const ipOf = (name: string): string => cluster.get('pod', name).status.podIP;

  const { subsets } = endpoints(cluster);
  expect(subsets).toMatchObject([
    {
      addresses: [{ ip: ipOf('a'), nodeName: 'kind-control-plane', targetRef: { kind: 'Pod', name: 'a' } }],
      notReadyAddresses: [{ ip: ipOf('b') }],
      ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
    },
    { addresses: [{ ip: ipOf('c') }], ports: [{ port: 9090 }] },
  ]);
});

test('a pod that is being deleted is dropped at once, unless addresses are published anyway (EP-02)', () => {
  const during = (spec: object): Loose => {
    const cluster = startCluster();
    cluster.create(service(spec));
    cluster.create(
      podManifest('a', {
        metadata: { labels },
        container: { command: ['sleep', '60'], ports: [{ name: 'web', containerPort: 1 }] },
      }),
    );
    cluster.run(5);
    cluster.remove('pod', 'a');
    cluster.run(1);
    return endpoints(cluster);
  };

  expect(during({}).subsets).toBeUndefined();
  expect(during({ publishNotReadyAddresses: true }).subsets).toHaveLength(1);
});

test('host names are told to the governing Service, whose Endpoints are marked headless', () => {
  const cluster = startCluster();
  cluster.create(service({ clusterIP: 'None' }));
  const template = { metadata: { labels }, spec: pod('x').spec };
  const spec = { serviceName: 'web', replicas: 2, selector: { matchLabels: labels }, template };
  cluster.create({ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'web' }, spec });
  cluster.run();

  expect(endpoints(cluster).metadata.labels).toHaveProperty(['service.kubernetes.io/headless'], '');
  expect(endpoints(cluster).subsets[0].addresses.map(({ hostname }: Loose) => hostname)).toEqual(['web-0', 'web-1']);
});

test('the Endpoints go with their Service, and come back when somebody deletes them', () => {
  const cluster = startCluster();
  cluster.create(service());
  cluster.create(pod('a'));
  cluster.run();
  const { uid } = endpoints(cluster).metadata;

  cluster.remove('endpoints', 'web');
  cluster.run();
  const again = endpoints(cluster);
  cluster.remove('service', 'web');
  cluster.run();

  expect(again.metadata.uid).not.toBe(uid);
  expect(again.subsets).toHaveLength(1);
  expect(endpoints(cluster)).toBeUndefined();
});

test('a Service without selector is left to its author', () => {
  const cluster = startCluster();
  cluster.create(service({ selector: undefined }));
  cluster.run();

  expect(endpoints(cluster)).toBeUndefined();
});

test('more than 1,000 addresses are cut, the ready ones first (EP-03)', () => {
  const cluster = startCluster({ nodes: 12 });
  cluster.create(service());
  for (let at = 0; at < 1_010; at++) cluster.create(pod(`p-${at}`));
  cluster.run();

  expect(endpoints(cluster).subsets[0].addresses).toHaveLength(1000);
  expect(endpoints(cluster).metadata.annotations['endpoints.kubernetes.io/over-capacity']).toBe('truncated');
});

test('the cluster has its own Services (KSVC-01, KSVC-02)', () => {
  const { store } = startCluster().simulator;
  const get = (kind: string, key: string): Loose => store.get(kind as KindKey, key);

  expect(get('endpoints', 'default/kubernetes').subsets[0].ports[0]).toMatchObject({ name: 'https', port: 6443 });
  expect(get('service', 'kube-system/kube-dns').spec.clusterIP).toBe('10.96.0.10');
});
