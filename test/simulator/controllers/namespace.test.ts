import { expect, test } from 'vitest';
import { createNamespaceController } from '../../../src/simulator/controllers/namespace.ts';
import {
  createRootCertificatePublisher,
  createServiceAccountsController,
} from '../../../src/simulator/controllers/namespace-defaults.ts';
import { configMap, createControlPlane, kindKeyOf, must, second, type ControlPlane } from './control-plane.ts';
import type { Manifest } from '../../../src/kubernetes/object.ts';

const namespace = kindKeyOf('namespace');

function createPlane(): ControlPlane {
  return createControlPlane((plant) => [
    createNamespaceController(plant),
    createServiceAccountsController(plant),
    createRootCertificatePublisher(plant),
  ]);
}

function pod(name: string, nodeName?: string): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'ns' },
    spec: { containers: [{ name: 'c', image: 'nginx:1.24' }], ...(nodeName === undefined ? {} : { nodeName }) },
  };
}

function conditions(plane: ControlPlane): ReadonlyMap<string, { readonly status: string; readonly message: string }> {
  const status = plane.get('namespace', 'ns', '')?.['status'] as {
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message: string }[];
  };
  return new Map((status.conditions ?? []).map((condition) => [condition.type, condition]));
}

test('a namespace gets its service account and root certificate, again when they are deleted (API-NS-02)', () => {
  const plane = createPlane();
  plane.run();
  expect(plane.plant.clock.now).toBeLessThan(second / 10);
  expect(plane.get('serviceaccount', 'default')).toBeDefined();
  expect(plane.get('configmap', 'kube-root-ca.crt')).toMatchObject({
    data: { 'ca.crt': expect.stringContaining('BEGIN') },
  });

  must(plane.plant.api.delete(kindKeyOf('serviceaccount'), 'ns/default'));
  must(plane.plant.api.delete(kindKeyOf('configmap'), 'ns/kube-root-ca.crt'));
  plane.run();

  expect(plane.get('serviceaccount', 'default')).toBeDefined();
  expect(plane.get('configmap', 'kube-root-ca.crt')).toBeDefined();
});

test('a namespace without pods is emptied five seconds after its deletion, and stays empty (API-NS-05)', () => {
  const plane = createPlane();
  plane.create(configMap('settings'));
  plane.run();
  const start = plane.plant.clock.now;

  must(plane.plant.api.delete(namespace, 'ns'));
  plane.run(4.9 * second);
  expect(plane.get('configmap', 'settings')).toBeDefined();
  plane.run();

  expect(plane.get('namespace', 'ns', '')).toBeUndefined();
  const last = plane.changes.at(-1)!;
  expect(last).toMatchObject({ type: 'DELETED', kind: 'namespace', object: { spec: { finalizers: ['kubernetes'] } } });
  expect(last.at - start).toBeLessThan(5.2 * second);
  expect([...plane.plant.api.store.kinds()]).toEqual([]);
});

test('pods go first, and nothing else until they are gone', () => {
  const plane = createPlane();
  plane.create(configMap('settings'));
  plane.create(pod('web-0', 'some-node'));
  plane.run();

  must(plane.plant.api.delete(namespace, 'ns'));
  plane.run(40 * second);

  // Nobody plays the kubelet here: the pod stays in its grace period.
  expect(plane.get('pod', 'web-0')?.metadata.deletionGracePeriodSeconds).toBe(30);
  expect(plane.get('configmap', 'settings')).toBeDefined();
  expect([...conditions(plane).values()].map(({ status }) => status)).toEqual(Array(5).fill('False'));

  must(plane.plant.api.delete(kindKeyOf('pod'), 'ns/web-0', { gracePeriodSeconds: 0 }));
  plane.run();

  expect(plane.get('namespace', 'ns', '')).toBeUndefined();
});

test('content that finalizers hold is told of, and awaited (API-NS-06)', () => {
  const plane = createPlane();
  const held = configMap('held');
  plane.create({ ...held, metadata: { ...held.metadata, finalizers: ['example.com/f'] } });
  plane.run();

  must(plane.plant.api.delete(namespace, 'ns'));
  plane.run(20 * second);

  expect(conditions(plane).get('NamespaceContentRemaining')).toMatchObject({
    status: 'True',
    message: 'Some resources are remaining: configmaps. has 1 resource instances',
  });
  expect(conditions(plane).get('NamespaceFinalizersRemaining')).toMatchObject({
    status: 'True',
    message: 'Some content in the namespace has finalizers remaining: example.com/f in 1 resource instances',
  });

  must(
    plane.plant.api.update(kindKeyOf('configmap'), 'ns/held', (current) => {
      const { finalizers: _, ...metadata } = current.metadata;
      return { ...current, metadata };
    }),
  );
  plane.run();
  expect(plane.get('namespace', 'ns', '')).toBeUndefined();
});

test('other namespaces keep what they have', () => {
  const plane = createPlane();
  plane.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } });
  plane.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'kept', namespace: 'other' } });
  plane.run();

  must(plane.plant.api.delete(namespace, 'ns'));
  plane.run();

  expect(plane.get('configmap', 'kept', 'other')).toBeDefined();
  expect(plane.get('namespace', 'other', '')).toBeDefined();
});
