import { expect, test } from 'vitest';
import { podManifest, startCluster } from '../cluster.ts';
import { resolveName } from '../../../src/simulator/network/dns.ts';
import type { Loose, PodChoice, TestCluster } from '../cluster.ts';

const kind = 'endpointslice.discovery.k8s.io';
const labels = { app: 'nginx' };

function createService(cluster: TestCluster, spec: object = {}): void {
  cluster.create({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'nginx', labels },
    spec: { clusterIP: 'None', selector: labels, ports: [{ name: 'web', port: 80 }], ...spec },
  });
}

function createMember(cluster: TestCluster, name: string, { container = {}, spec = {} }: PodChoice = {}): void {
  const member = { hostname: name, subdomain: 'nginx', ...spec };
  cluster.create(podManifest(name, { metadata: { labels }, spec: member, container }));
}

/** `3: web-0 TTF, web-1 FFF`: a slice's generation and its endpoints (ready, serving, terminating). */
function line(object: Loose): string {
  const letter = (holds: boolean): string => (holds ? 'T' : 'F');
  const endpoints = (object.endpoints ?? []).map(
    ({ targetRef, conditions: { ready, serving, terminating } }: Loose) => {
      return `${targetRef.name} ${letter(ready)}${letter(serving)}${letter(terminating)}`;
    },
  );
  return `${object.metadata.generation}: ${object.endpoints === null ? 'placeholder' : endpoints.join(', ')}`;
}

function slicesOf(cluster: TestCluster): readonly Loose[] {
  return [...cluster.simulator.store.list(kind as never).values()].filter(
    ({ metadata }) => metadata.namespace === 'default' && metadata.name !== 'kubernetes',
  );
}

function history(cluster: TestCluster, since = 0): readonly string[] {
  return cluster.of(kind, undefined, since).map(({ object }) => line(object));
}

test('the slice of a headless service follows its pods as recorded (network.md, 8)', () => {
  const cluster = startCluster();
  createService(cluster);
  cluster.run();
  for (const name of ['web-0', 'web-1', 'web-2']) {
    createMember(cluster, name);
    cluster.run();
  }
  cluster.remove('pod', 'web-1');
  cluster.run();
  createMember(cluster, 'web-1');
  cluster.run();

  expect(history(cluster)).toEqual([
    '1: placeholder',
    '2: web-0 TTF',
    '3: web-0 TTF, web-1 TTF',
    '4: web-0 TTF, web-1 TTF, web-2 TTF',
    '5: web-0 TTF, web-1 FTT, web-2 TTF',
    '6: web-0 TTF, web-2 TTF',
    '7: web-0 TTF, web-2 TTF, web-1 TTF',
  ]);
});

test('a slice says whose it is, and an endpoint which pod it is', () => {
  const cluster = startCluster();
  createService(cluster);
  createMember(cluster, 'web-0');
  cluster.run();

  const [slice] = slicesOf(cluster);
  expect(slice).toMatchObject({
    addressType: 'IPv4',
    ports: [{ name: 'web', port: 80, protocol: 'TCP' }],
    metadata: {
      generateName: 'nginx-',
      labels: {
        app: 'nginx',
        'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
        'kubernetes.io/service-name': 'nginx',
        'service.kubernetes.io/headless': '',
      },
      annotations: { 'endpoints.kubernetes.io/last-change-trigger-time': expect.stringMatching(/Z$/) },
      ownerReferences: [{ kind: 'Service', name: 'nginx', controller: true, blockOwnerDeletion: true }],
    },
  });
  expect(slice.endpoints).toEqual([
    {
      addresses: [cluster.get('pod', 'web-0').status.podIP],
      conditions: { ready: true, serving: true, terminating: false },
      hostname: 'web-0',
      nodeName: 'kind-control-plane',
      targetRef: { kind: 'Pod', namespace: 'default', name: 'web-0', uid: cluster.get('pod', 'web-0').metadata.uid },
    },
  ]);
});

test('only the governing service knows a pod by its host name', () => {
  const cluster = startCluster();
  createService(cluster);
  createMember(cluster, 'web-0', { spec: { subdomain: 'other' } });
  cluster.run();

  expect(slicesOf(cluster)[0].endpoints[0].hostname).toBeUndefined();
});

test('the last pod leaves a placeholder in the same slice', () => {
  const cluster = startCluster();
  createService(cluster);
  createMember(cluster, 'web-0');
  cluster.run();
  const [{ metadata }] = slicesOf(cluster);

  cluster.remove('pod', 'web-0');
  cluster.run();

  expect(slicesOf(cluster).map(({ metadata: { name } }) => name)).toEqual([metadata.name]);
  expect(history(cluster).at(-1)).toMatch(/^\d+: placeholder$/);
  expect(slicesOf(cluster)[0].ports).toBeNull();
});

test('a pod that is not ready is listed as such, and does not resolve', () => {
  const cluster = startCluster();
  createService(cluster);
  createMember(cluster, 'web-0', { container: { readinessProbe: { httpGet: { port: 80 }, initialDelaySeconds: 5 } } });
  const resolve = () => {
    const question = { name: 'web-0.nginx', type: 'A', namespace: 'default' } as const;
    return resolveName(cluster.simulator.store, question).code;
  };
  cluster.run(3);
  const early = resolve();
  cluster.run();

  expect(history(cluster)).toEqual(['1: placeholder', '2: web-0 FFF', '3: web-0 TTF']);
  expect([early, resolve()]).toEqual(['NXDOMAIN', 'NOERROR']);
});

test('published addresses are ready whatever their pods are', () => {
  const cluster = startCluster();
  createService(cluster, { publishNotReadyAddresses: true });
  createMember(cluster, 'web-0', { container: { readinessProbe: { httpGet: { port: 80 }, initialDelaySeconds: 5 } } });
  cluster.run();
  const mark = cluster.changes.length;
  cluster.remove('pod', 'web-0');
  cluster.run();

  expect(history(cluster)).toContain('2: web-0 TFF');
  expect(history(cluster, mark)[0]).toBe('4: web-0 TTT');
});

test('a service that is made after its pods has them all in its first slice', () => {
  const cluster = startCluster();
  for (const name of ['web-0', 'web-1']) createMember(cluster, name);
  cluster.run();

  createService(cluster);
  cluster.run();

  expect(history(cluster)).toEqual(['1: web-0 TTF, web-1 TTF']);
});

test('a pod whose label is changed leaves the service and can come back', () => {
  const cluster = startCluster();
  createService(cluster);
  createMember(cluster, 'web-0');
  cluster.run();
  const relabel = (app: string) => {
    cluster.change('pod', 'web-0', (pod) => ({ ...pod, metadata: { ...pod.metadata, labels: { app } } }));
    cluster.run();
  };

  relabel('other');
  relabel('nginx');

  expect(history(cluster).slice(2)).toEqual(['3: placeholder', '4: web-0 TTF']);
});

test('a slice that somebody else edits or deletes is put right', () => {
  const cluster = startCluster();
  createService(cluster);
  createMember(cluster, 'web-0');
  cluster.run();

  const name = () => slicesOf(cluster)[0].metadata.name;
  cluster.change(kind, name(), (slice) => ({ ...slice, endpoints: [] }));
  cluster.run();
  const edited = slicesOf(cluster).map(line);
  cluster.remove(kind, name());
  cluster.run();

  expect(edited).toEqual(['4: web-0 TTF']);
  expect(slicesOf(cluster).map(line)).toEqual(['1: web-0 TTF']);
});

test('a change of the service that says nothing new writes no slice', () => {
  const cluster = startCluster();
  createService(cluster);
  createMember(cluster, 'web-0');
  cluster.run();
  const mark = cluster.changes.length;

  cluster.change('service', 'nginx', (service) => ({
    ...service,
    metadata: { ...service.metadata, annotations: { note: 'x' } },
  }));
  cluster.run();

  expect(history(cluster, mark)).toEqual([]);
});

test('more than 100 endpoints go into a second slice', () => {
  const cluster = startCluster({ capacity: { pods: '500' } });
  createService(cluster);
  for (let ordinal = 0; ordinal < 130; ordinal++) createMember(cluster, `web-${ordinal}`);
  cluster.run();

  const sizes = slicesOf(cluster).map(({ endpoints }) => endpoints.length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(130);
  expect(Math.max(...sizes)).toBe(100);
});

test('a named target port is resolved pod by pod, into slices of their own', () => {
  const cluster = startCluster();
  createService(cluster, { ports: [{ name: 'web', port: 80, targetPort: 'http' }] });
  for (const [name, containerPort] of [
    ['web-0', 8080],
    ['web-1', 9090],
  ] as const) {
    createMember(cluster, name, { container: { ports: [{ name: 'http', containerPort }] } });
  }
  cluster.run();

  const ports = slicesOf(cluster).map((slice) => `${slice.endpoints[0].targetRef.name} ${slice.ports[0].port}`);
  expect(ports.sort()).toEqual(['web-0 8080', 'web-1 9090']);
});

test('the slices of a deleted service go with it', () => {
  const cluster = startCluster();
  createService(cluster);
  createMember(cluster, 'web-0');
  cluster.run();

  cluster.remove('service', 'nginx');
  cluster.run();

  expect(slicesOf(cluster)).toEqual([]);
});
