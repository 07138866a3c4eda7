import { describe, expect, test } from 'vitest';
import { createReplicaSetController } from '../../../src/simulator/controllers/replicaset/replicaset-controller.ts';
import { createResourceQuotaController } from '../../../src/simulator/controllers/resource-quota/resource-quota-controller.ts';
import { createControlPlane, second } from './control-plane.ts';
import type { Manifest } from '../../../src/kubernetes/object.ts';
import type { KindKey } from '../../../src/kubernetes/kind.ts';
import type { ControlPlane } from './control-plane.ts';

function quota(hard: object, more: object = {}): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'q', namespace: 'ns' },
    spec: { hard, ...more },
  };
}

function limited(hard: object, more: object = {}): ControlPlane {
  const plane = createControlPlane((plant) => [
    createResourceQuotaController(plant),
    createReplicaSetController(plant),
  ]);
  plane.create(quota(hard, more));
  plane.run(second);
  return plane;
}

function pod(name: string, resources: object = {}): Manifest {
  const containers = [{ name: 'c', image: 'nginx', resources }];
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'ns' }, spec: { containers } };
}

function simple(kind: string, name: string, spec?: object): Manifest {
  return { apiVersion: 'v1', kind, metadata: { name, namespace: 'ns' }, ...(spec !== undefined && { spec }) };
}

function refusal(plane: ControlPlane, manifest: Manifest): string | undefined {
  const created = plane.plant.api.create(manifest);
  return created.ok ? undefined : `${created.status.code} ${created.status.message}`;
}

function statusOf(plane: ControlPlane): unknown {
  return plane.get('ResourceQuota', 'q')?.['status'];
}

const requests = { requests: { cpu: '600m', memory: '64Mi' } };

describe('a quota', () => {
  test('is taken into the status by its controller, with what is used already', () => {
    const plane = createControlPlane((plant) => [createResourceQuotaController(plant)]);
    plane.create(pod('a', requests));
    plane.create(quota({ pods: '2', 'requests.cpu': '1', 'count/configmaps': '5' }));
    plane.run(second);

    expect(statusOf(plane)).toEqual({
      hard: { pods: '2', 'requests.cpu': '1', 'count/configmaps': '5' },
      used: { 'count/configmaps': '0', pods: '1', 'requests.cpu': '600m' },
    });
  });

  test('refuses the pod that is one too many, and notes the others at once', () => {
    const plane = limited({ pods: '1' });

    expect(refusal(plane, pod('a'))).toBeUndefined();
    expect(statusOf(plane)).toMatchObject({ used: { pods: '1' } });
    expect(refusal(plane, pod('b'))).toBe(
      '403 pods "b" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1',
    );
    expect(statusOf(plane)).toMatchObject({ used: { pods: '1' } });
  });

  test('adds requests and limits exactly, and names all that is exceeded', () => {
    const plane = limited({ cpu: '1', 'requests.memory': '100Mi' });

    expect(refusal(plane, pod('a', requests))).toBeUndefined();
    expect(refusal(plane, pod('b', requests))).toBe(
      '403 pods "b" is forbidden: exceeded quota: q, requested: cpu=600m,requests.memory=64Mi, ' +
        'used: cpu=600m,requests.memory=64Mi, limited: cpu=1,requests.memory=100Mi',
    );
  });

  test('asks each container for what it limits', () => {
    const plane = limited({ 'limits.cpu': '1', 'requests.memory': '1Gi' });

    expect(refusal(plane, pod('a', requests))).toBe(
      '403 pods "a" is forbidden: failed quota: q: must specify limits.cpu for: c',
    );
    expect(refusal(plane, pod('a'))).toBe(
      '403 pods "a" is forbidden: failed quota: q: must specify limits.cpu for: c; requests.memory for: c',
    );
  });

  test.each([
    [
      'ConfigMap',
      { configmaps: '0' },
      undefined,
      'configmaps "x" is forbidden: exceeded quota: q, requested: configmaps=1, used: configmaps=0, limited: configmaps=0',
    ],
    [
      'Secret',
      { 'count/secrets': '0' },
      undefined,
      'secrets "x" is forbidden: exceeded quota: q, requested: count/secrets=1, used: count/secrets=0, limited: count/secrets=0',
    ],
    [
      'Service',
      { 'services.nodeports': '1' },
      {
        type: 'NodePort',
        ports: [
          { port: 1, name: 'a' },
          { port: 2, name: 'b' },
        ],
      },
      'services "x" is forbidden: exceeded quota: q, requested: services.nodeports=2, used: services.nodeports=0, limited: services.nodeports=1',
    ],
    [
      'PersistentVolumeClaim',
      { 'requests.storage': '1Gi' },
      { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } } },
      'persistentvolumeclaims "x" is forbidden: exceeded quota: q, requested: requests.storage=2Gi, used: requests.storage=0, limited: requests.storage=1Gi',
    ],
  ])('counts a %s', (kind, hard, spec, message) => {
    expect(refusal(limited(hard), simple(kind, 'x', spec))).toBe(`403 ${message}`);
  });

  test('gets back what a deleted object used', () => {
    const plane = limited({ pods: '1', configmaps: '1' });
    plane.create(pod('a'));
    plane.create(simple('ConfigMap', 'x'));

    plane.plant.api.delete('pod' as KindKey, 'ns/a', { gracePeriodSeconds: 0 });
    plane.plant.api.delete('configmap' as KindKey, 'ns/x');
    plane.run(second);

    expect(statusOf(plane)).toMatchObject({ used: { pods: '0', configmaps: '0' } });
    expect(refusal(plane, pod('b'))).toBeUndefined();
  });

  test('with a scope is only about the pods in it', () => {
    const plane = limited({ pods: '0' }, { scopes: ['BestEffort'] });

    expect(refusal(plane, pod('a', requests))).toBeUndefined();
    expect(refusal(plane, pod('b'))).toContain('exceeded quota: q');
  });

  test('is not touched by a dry run', () => {
    const plane = limited({ configmaps: '1' });
    const body = simple('ConfigMap', 'x');
    const request = {
      verb: 'create',
      group: '',
      version: 'v1',
      resource: 'configmaps',
      namespace: 'ns',
      body,
    } as const;

    expect(plane.plant.api.handle({ ...request, query: { dryRun: true } }).code).toBe(201);
    expect(statusOf(plane)).toMatchObject({ used: { configmaps: '0' } });
  });

  test('keeps a ReplicaSet from its pods: it says so once a pass, and goes on when there is room (RS-05, RS-13)', () => {
    const plane = limited({ pods: '1' });
    const template = { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } };
    const spec = { replicas: 3, selector: { matchLabels: { app: 'a' } }, template };
    plane.create({ apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'r', namespace: 'ns' }, spec });
    plane.run(20 * second);

    expect(plane.get('ReplicaSet.apps', 'r')?.['status']).toMatchObject({
      conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate' }],
    });

    plane.plant.api.update('resourcequota' as KindKey, 'ns/q', (stored) => ({
      ...stored,
      spec: { hard: { pods: '5' } },
    }));
    plane.run(60 * second);

    expect(plane.plant.api.store.list('pod' as KindKey).size).toBe(3);
    expect(statusOf(plane)).toMatchObject({ hard: { pods: '5' }, used: { pods: '3' } });
  });
});
