import { describe, expect, test } from 'vitest';
import { createServer, mustCreate, send } from './server.ts';
import { kindKey } from '../../../src/kubernetes/kind.ts';
import type { Manifest } from '../../../src/kubernetes/object.ts';
import type { Status } from '../../../src/kubernetes/status.ts';
import type { TestServer } from './server.ts';

const claimKey = kindKey({ apiVersion: 'v1', kind: 'PersistentVolumeClaim' });

function claim(spec: object = {}): Manifest {
  const complete = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1024Mi' } }, ...spec };
  return { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'c', namespace: 'ns' }, spec: complete };
}

function storageClass(name: string, isDefault: boolean, more: object = {}): Manifest {
  const annotations = { 'storageclass.kubernetes.io/is-default-class': String(isDefault) };
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name, annotations },
    provisioner: 'example.com/p',
    ...more,
  };
}

function server(): TestServer {
  return createServer({ namespaces: ['ns'] });
}

describe('a new claim', () => {
  test('is Pending, protected, and asks in canonical form (PVC-NEW-01)', () => {
    const { api } = server();

    const created = mustCreate(api, claim());

    expect(created).toMatchObject({
      metadata: { finalizers: ['kubernetes.io/pvc-protection'] },
      spec: { resources: { requests: { storage: '1Gi' } }, volumeMode: 'Filesystem' },
      status: { phase: 'Pending' },
    });
    expect(created.metadata).not.toHaveProperty('generation');
  });

  test('gets the newest default class, then the first by name (PVC-NEW-03)', () => {
    const { api, clock } = server();
    mustCreate(api, storageClass('a', true));
    mustCreate(api, storageClass('z', false));
    clock.advanceTo(5_000_000);
    mustCreate(api, storageClass('c', true));
    mustCreate(api, storageClass('b', true));

    expect(mustCreate(api, claim())).toMatchObject({ spec: { storageClassName: 'b' } });
  });

  test('keeps the empty class that it names (PVC-NEW-02)', () => {
    const { api } = server();
    mustCreate(api, storageClass('a', true));

    expect(mustCreate(api, claim({ storageClassName: '' }))).toMatchObject({ spec: { storageClassName: '' } });
  });

  test('is told everything that it lacks', () => {
    const { api } = server();

    const created = api.create(claim({ accessModes: [], resources: {} }));

    expect(created).toMatchObject({
      status: {
        message:
          'PersistentVolumeClaim "c" is invalid: [spec.accessModes: Required value: at least 1 access mode is required, spec.resources[storage]: Required value]',
      },
    });
  });
});

describe('an update of a claim', () => {
  const patch = (made: TestServer, spec: object): ReturnType<typeof send> =>
    send(made.api, {
      verb: 'patch',
      resource: 'persistentvolumeclaims',
      name: 'c',
      patchType: 'merge',
      body: { spec } as never,
    });

  function boundClaim(className: object): TestServer {
    const made = server();
    mustCreate(made.api, storageClass('s', false, className));
    mustCreate(made.api, claim({ storageClassName: 's' }));
    made.api.update(claimKey, 'ns/c', (current) => ({
      ...current,
      spec: { ...(current['spec'] as object), volumeName: 'v' },
    }));
    made.api.update(
      claimKey,
      'ns/c',
      (current) => ({ ...current, status: { phase: 'Bound', capacity: { storage: '1Gi' } } }),
      { subresource: 'status' },
    );
    return made;
  }

  test('may not change its modes (PVC-UPD-01)', () => {
    const made = server();
    mustCreate(made.api, claim());

    const answer = patch(made, { accessModes: ['ReadWriteMany'] });

    expect((answer.body as Status).details?.causes?.[0]).toMatchObject({
      field: 'spec',
      message:
        'Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims',
    });
  });

  test.each([
    ['is not bound', () => serverWithClaim(), 'Only bound persistent volume claims can be expanded'],
    [
      'has a class that does not grow',
      () => boundClaim({}),
      'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
    ],
  ])('may not ask for more while it %s (EXPAND-01)', (_, make, why) => {
    const answer = patch(make(), { resources: { requests: { storage: '2Gi' } } });

    expect(answer).toMatchObject({ code: 403, body: { message: `persistentvolumeclaims "c" is forbidden: ${why}` } });
  });

  test('may ask for more when its class lets it, and not for less than it has (EXPAND-02)', () => {
    const made = boundClaim({ allowVolumeExpansion: true });

    const more = patch(made, { resources: { requests: { storage: '2Gi' } } });
    const less = patch(made, { resources: { requests: { storage: '512Mi' } } });

    expect(more.code).toBe(200);
    expect((less.body as Status).message).toContain(
      'spec.resources.requests.storage: Forbidden: field can not be less than status.capacity',
    );
  });

  function serverWithClaim(): TestServer {
    const made = server();
    mustCreate(made.api, claim());
    return made;
  }
});

describe('a volume', () => {
  const volume = (spec: object): Manifest => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'v' },
    spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, ...spec },
  });

  test('keeps its source (PV-NEW-02)', () => {
    const { api } = server();
    mustCreate(api, volume({ hostPath: { path: '/a' } }));

    const answer = api.handle({
      verb: 'patch',
      group: '',
      version: 'v1',
      resource: 'persistentvolumes',
      name: 'v',
      patchType: 'merge',
      body: { spec: { hostPath: { path: '/b' } } },
    });

    expect((answer.body as Status).message).toBe(
      'PersistentVolume "v" is invalid: spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation',
    );
  });

  test('needs a source', () => {
    const { api } = server();

    expect(api.create(volume({}))).toMatchObject({
      status: { message: 'PersistentVolume "v" is invalid: spec: Required value: must specify a volume type' },
    });
  });
});
