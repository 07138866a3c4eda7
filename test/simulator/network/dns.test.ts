import { expect, test } from 'vitest';
import { createClock } from '../../../src/simulator/clock.ts';
import { resolveName } from '../../../src/simulator/network/dns.ts';
import { createStore } from '../../../src/simulator/store/store.ts';
import type { DnsQuestion } from '../../../src/simulator/network/dns.ts';
import type { Store } from '../../../src/simulator/store/store.ts';

const meta = { resourceVersion: '', creationTimestamp: '2026-01-01T00:00:00Z', namespace: 'ns' };

function service(store: Store, name: string, spec: object): void {
  store.create({ apiVersion: 'v1', kind: 'Service', metadata: { ...meta, name, uid: `svc-${name}` }, spec });
}

function slice(store: Store, serviceName: string, endpoints: readonly object[] | null): void {
  const labels = { 'kubernetes.io/service-name': serviceName };
  store.create({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { ...meta, name: `${serviceName}-abcde`, uid: `slice-${serviceName}`, labels },
    addressType: 'IPv4',
    endpoints,
    ports: endpoints && [{ name: 'web', port: 8080, protocol: 'TCP' }],
  });
}

function endpoint(ip: string, ready: boolean | undefined, hostname?: string): object {
  const conditions = ready === undefined ? {} : { ready, serving: ready, terminating: false };
  return { addresses: [ip], conditions, ...(hostname !== undefined && { hostname }) };
}

function cluster(): Store {
  const store = createStore({ clock: createClock() });
  service(store, 'nginx', { clusterIP: 'None', ports: [{ name: 'web', port: 80 }] });
  slice(store, 'nginx', [
    endpoint('10.244.0.8', true, 'web-0'),
    endpoint('10.244.0.7', undefined, 'web-1'),
    endpoint('10.244.0.9', false, 'web-2'),
    endpoint('10.244.0.6', true),
  ]);
  service(store, 'empty', { clusterIP: 'None' });
  slice(store, 'empty', null);
  service(store, 'front', {
    clusterIP: '10.96.7.7',
    clusterIPs: ['10.96.7.7'],
    ports: [{ name: 'http', port: 80, protocol: 'TCP' }],
  });
  return store;
}

function resolve(name: string, type: DnsQuestion['type'] = 'A', namespace = 'ns'): unknown {
  const { code, records } = resolveName(cluster(), { name, type, namespace });
  return code === 'NXDOMAIN' ? code : records;
}

test('a headless service answers with its ready endpoints, those without a condition among them', () => {
  expect(resolve('nginx.ns.svc.cluster.local')).toEqual(['10.244.0.6', '10.244.0.7', '10.244.0.8']);
});

test('a headless service without ready endpoints does not exist', () => {
  expect(resolve('empty.ns.svc.cluster.local')).toBe('NXDOMAIN');
});

test('a pod answers under its host name only while it is ready', () => {
  expect(resolve('web-0.nginx.ns.svc.cluster.local')).toEqual(['10.244.0.8']);
  expect(resolve('web-2.nginx.ns.svc.cluster.local')).toBe('NXDOMAIN');
  expect(resolve('web-9.nginx.ns.svc.cluster.local')).toBe('NXDOMAIN');
  expect(resolve('10-244-0-6.nginx.ns.svc.cluster.local')).toEqual(['10.244.0.6']);
});

test('SRV of a headless service names every ready endpoint with its own port', () => {
  expect(resolve('_web._tcp.nginx.ns.svc.cluster.local', 'SRV')).toEqual([
    '0 33 8080 10-244-0-6.nginx.ns.svc.cluster.local',
    '0 33 8080 web-0.nginx.ns.svc.cluster.local',
    '0 33 8080 web-1.nginx.ns.svc.cluster.local',
  ]);
  expect(resolve('_other._tcp.nginx.ns.svc.cluster.local', 'SRV')).toBe('NXDOMAIN');
  expect(resolve('_web._udp.nginx.ns.svc.cluster.local', 'SRV')).toBe('NXDOMAIN');
});

test('a service with an address answers with it, and its named ports with the service port', () => {
  expect(resolve('front.ns.svc.cluster.local')).toEqual(['10.96.7.7']);
  expect(resolve('front.ns.svc.cluster.local', 'AAAA')).toEqual([]);
  expect(resolve('_http._tcp.front.ns.svc.cluster.local', 'SRV')).toEqual(['0 100 80 front.ns.svc.cluster.local']);
  expect(resolve('web-0.front.ns.svc.cluster.local')).toBe('NXDOMAIN');
});

test('short names are completed by the search list of the namespace', () => {
  expect(resolve('web-0.nginx')).toEqual(['10.244.0.8']);
  expect(resolve('WEB-0.nginx.ns')).toEqual(['10.244.0.8']);
  expect(resolve('web-0.nginx', 'A', 'other')).toBe('NXDOMAIN');
  expect(resolve('web-0.nginx.')).toBe('NXDOMAIN');
});

test('an address under pod is answered without a look at the pods', () => {
  expect(resolve('10-244-0-99.ns.pod.cluster.local')).toEqual(['10.244.0.99']);
  expect(resolve('web-0.ns.pod.cluster.local')).toBe('NXDOMAIN');
});

test.each(['example.com', 'missing.ns.svc.cluster.local', 'nginx.other.svc.cluster.local', 'svc.cluster.local'])(
  '%s does not exist in the cluster',
  (name) => {
    expect(resolve(name)).toBe('NXDOMAIN');
  },
);

test('SRV of a name without a port names every port of every ready endpoint behind it', () => {
  expect(resolve('nginx', 'SRV')).toEqual([
    '0 33 8080 10-244-0-6.nginx.ns.svc.cluster.local',
    '0 33 8080 web-0.nginx.ns.svc.cluster.local',
    '0 33 8080 web-1.nginx.ns.svc.cluster.local',
  ]);
  expect(resolve('web-1.nginx', 'SRV')).toEqual(['0 100 8080 web-1.nginx.ns.svc.cluster.local']);
  expect(resolve('web-2.nginx', 'SRV')).toBe('NXDOMAIN');
  expect(resolve('front', 'SRV')).toEqual(['0 100 80 front.ns.svc.cluster.local']);
  expect(resolve('empty', 'SRV')).toBe('NXDOMAIN');
});
