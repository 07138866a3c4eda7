import { expect, test } from 'vitest';
import { hostPortsOf, requestsOf } from '../../../src/simulator/scheduler/requests.ts';
import type { ContainerSpec, Pod, PodSpec } from '../../../src/simulator/kubelet/pod.ts';

function container(cpu: string, more: Partial<ContainerSpec> = {}): ContainerSpec {
  return { name: 'c', image: 'nginx', resources: { requests: { cpu } }, ...more };
}

function podOf(spec: PodSpec): Pod {
  const metadata = { name: 'p', uid: 'u', resourceVersion: '1', creationTimestamp: '' };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec, status: { phase: 'Pending' } };
}

test('containers add up, and the pod takes one place', () => {
  const requests = requestsOf(podOf({ containers: [container('250m'), container('1')], overhead: { memory: '1Ki' } }));

  expect(Object.fromEntries(requests)).toEqual({ cpu: 1250, memory: 1024, pods: 1 });
});

test('an init container counts while it is larger than everything that runs later', () => {
  expect(requestsOf(podOf({ initContainers: [container('2')], containers: [container('500m')] })).get('cpu')).toBe(
    2000,
  );
  expect(requestsOf(podOf({ initContainers: [container('100m')], containers: [container('500m')] })).get('cpu')).toBe(
    500,
  );
});

test('a sidecar runs beside the containers and beside the init containers after it', () => {
  const sidecar = container('100m', { restartPolicy: 'Always' });

  expect(requestsOf(podOf({ initContainers: [sidecar], containers: [container('500m')] })).get('cpu')).toBe(600);
  const late = podOf({ initContainers: [sidecar, container('1')], containers: [container('500m')] });
  expect(requestsOf(late).get('cpu')).toBe(1100);
});

test('host ports are known by protocol, address and number', () => {
  const ports = [
    { containerPort: 80, hostPort: 8080 },
    { containerPort: 53, hostPort: 53, protocol: 'UDP', hostIP: '1.2.3.4' },
    { containerPort: 81 },
  ];

  expect(hostPortsOf({ containers: [container('0', { ports })] })).toEqual(['TCP/0.0.0.0:8080', 'UDP/1.2.3.4:53']);
});
