import { describe, expect, test } from 'vitest';
import { createServer, mustCreate, send } from './server.ts';
import { kindKey } from '../../../src/kubernetes/kind.ts';
import type { Manifest } from '../../../src/kubernetes/object.ts';
import type { Status } from '../../../src/kubernetes/status.ts';
import type { TestServer } from './server.ts';

const podKey = kindKey({ apiVersion: 'v1', kind: 'Pod' });
const configMapKey = kindKey({ apiVersion: 'v1', kind: 'ConfigMap' });

function podManifest(metadata: object = {}): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'ns', ...metadata },
    spec: { containers: [{ name: 'c', image: 'i' }] },
  };
}

function scheduledPod(server: TestServer, metadata: object = {}): void {
  mustCreate(server.api, podManifest(metadata));
  server.api.update(podKey, 'ns/p', (pod) => ({ ...pod, spec: { ...(pod['spec'] as object), nodeName: 'n' } }), {
    subresource: 'binding',
  });
  server.changes.length = 0;
}

/** Type, grace, generation: what watchers see of a pod that goes. */
function seen({ changes }: TestServer): readonly string[] {
  return changes.map(
    ({ type, object: { metadata } }) => `${type} ${metadata.deletionGracePeriodSeconds} ${metadata.generation}`,
  );
}

describe('deletion of a pod', () => {
  test('leaves it for its grace, whose end is the deletion timestamp (API-GRACE-02)', () => {
    const server = createServer({ namespaces: ['ns'] });
    scheduledPod(server);

    const deleted = server.api.delete(podKey, 'ns/p');

    expect(seen(server)).toEqual(['MODIFIED 30 2']);
    expect(deleted).toMatchObject({ ok: true, value: { metadata: { deletionTimestamp: '2026-01-01T00:00:30Z' } } });
  });

  test('with grace 0 is a modification and then a removal (API-GRACE-03)', () => {
    const server = createServer({ namespaces: ['ns'] });
    scheduledPod(server);

    server.api.delete(podKey, 'ns/p', { gracePeriodSeconds: 0 });

    expect(seen(server)).toEqual(['MODIFIED 0 2', 'DELETED 0 2']);
  });

  test('is immediate for a pod without a node (POD-TERM-08)', () => {
    const server = createServer({ namespaces: ['ns'] });
    mustCreate(server.api, podManifest());
    server.changes.length = 0;

    server.api.delete(podKey, 'ns/p', { gracePeriodSeconds: 60 });

    expect(seen(server)).toEqual(['MODIFIED 0 2', 'DELETED 0 2']);
  });

  test('can be shortened and not prolonged (API-GRACE-04)', () => {
    const server = createServer({ namespaces: ['ns'] });
    scheduledPod(server);

    for (const gracePeriodSeconds of [20, 25, 20, 5]) server.api.delete(podKey, 'ns/p', { gracePeriodSeconds });
    server.clock.advanceTo(10_000_000);
    const late = server.api.delete(podKey, 'ns/p', { gracePeriodSeconds: 2 });

    expect(seen(server)).toEqual(['MODIFIED 20 2', 'MODIFIED 5 2', 'MODIFIED 1 2']);
    expect(late).toMatchObject({ value: { metadata: { deletionTimestamp: '2026-01-01T00:00:10Z' } } });
  });

  test('ends with grace 0, as the kubelet ends it', () => {
    const server = createServer({ namespaces: ['ns'] });
    scheduledPod(server);

    server.api.delete(podKey, 'ns/p');
    server.api.delete(podKey, 'ns/p', { gracePeriodSeconds: 0 });

    expect(seen(server)).toEqual(['MODIFIED 30 2', 'MODIFIED 0 2', 'DELETED 0 2']);
  });

  test('waits for finalizers after its grace (API-GRACE-05)', () => {
    const server = createServer({ namespaces: ['ns'] });
    scheduledPod(server, { finalizers: ['example.com/f'] });

    server.api.delete(podKey, 'ns/p', { gracePeriodSeconds: 0 });
    server.api.update(podKey, 'ns/p', (pod) => ({ ...pod, metadata: { ...pod.metadata, finalizers: [] } }));

    expect(seen(server)).toEqual(['MODIFIED 0 2', 'DELETED 0 2']);
  });
});

describe('deletion with finalizers', () => {
  const configMap = (finalizers: readonly string[]): Manifest => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'c', namespace: 'ns', finalizers },
  });

  test('keeps the object; taking the last one removes it without a modification (API-DEL-03, -04)', () => {
    const server = createServer({ namespaces: ['ns'] });
    mustCreate(server.api, configMap(['example.com/f']));
    server.changes.length = 0;

    server.api.delete(configMapKey, 'ns/c');
    const begun = server.store.get(configMapKey, 'ns/c');
    const last = server.api.update(configMapKey, 'ns/c', (object) => ({
      ...object,
      metadata: { ...object.metadata, finalizers: [] },
    }));

    expect(server.changes.map(({ type }) => type)).toEqual(['MODIFIED', 'DELETED']);
    expect(server.changes[1]?.object.metadata.finalizers).toEqual(['example.com/f']);
    expect(last).toMatchObject({ ok: true, value: { metadata: { resourceVersion: begun?.metadata.resourceVersion } } });
  });

  test('takes no new ones (API-UPD-07)', () => {
    const server = createServer({ namespaces: ['ns'] });
    mustCreate(server.api, configMap(['example.com/f']));
    server.api.delete(configMapKey, 'ns/c');

    const updated = server.api.update(configMapKey, 'ns/c', (object) => ({
      ...object,
      metadata: { ...object.metadata, finalizers: ['example.com/f', 'example.com/g'] },
    }));

    expect(updated).toMatchObject({
      status: {
        message:
          'ConfigMap "c" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"example.com/g"}',
      },
    });
  });

  test.each([
    ['Orphan', ['orphan']],
    ['Foreground', ['foregroundDeletion']],
  ] as const)('%s is told to the collector by a finalizer (API-GC-04, -06)', (propagationPolicy, finalizers) => {
    const server = createServer({ namespaces: ['ns'] });
    mustCreate(server.api, configMap([]));

    const deleted = server.api.delete(configMapKey, 'ns/c', { propagationPolicy });

    expect(deleted).toMatchObject({ ok: true, value: { metadata: { finalizers, deletionGracePeriodSeconds: 0 } } });
  });
});

describe('an answer to DELETE', () => {
  test('is a Status for what is gone, the object for what stays (API-DEL-02)', () => {
    const { api } = createServer({ namespaces: ['ns'] });
    mustCreate(api, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'ns' } });
    mustCreate(api, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'd', namespace: 'ns' } });

    const gone = send(api, { verb: 'delete', resource: 'configmaps', name: 'c' });
    const held = send(api, {
      verb: 'delete',
      resource: 'configmaps',
      name: 'd',
      query: { propagationPolicy: 'Foreground' },
    });

    expect(gone).toMatchObject({ code: 200, body: { status: 'Success', details: { name: 'c', kind: 'configmaps' } } });
    expect(gone.body).not.toHaveProperty('code');
    expect(held).toMatchObject({ code: 200, body: { kind: 'ConfigMap' } });
  });

  test('refuses two ways of saying what happens to dependents (API-DEL-07)', () => {
    const { api } = createServer({ namespaces: ['ns'] });

    const answer = send(api, {
      verb: 'delete',
      resource: 'configmaps',
      name: 'c',
      body: { propagationPolicy: 'Orphan', orphanDependents: true },
    });

    expect((answer.body as Status).message).toContain('orphanDependents and deletionPropagation cannot be both set');
  });
});

describe('a namespace', () => {
  const key = kindKey({ apiVersion: 'v1', kind: 'Namespace' });

  test('stays Terminating until its finalizers are gone, and takes nothing new (API-NS-03, -04)', () => {
    const { api, store } = createServer({ namespaces: ['ns'] });

    const deleted = api.delete(key, 'ns');
    const late = api.create(podManifest());
    api.update(key, 'ns', (namespace) => ({ ...namespace, spec: {} }), { subresource: 'finalize' });

    expect(deleted).toMatchObject({ ok: true, value: { status: { phase: 'Terminating' } } });
    expect(deleted).not.toHaveProperty('value.metadata.deletionGracePeriodSeconds');
    expect(late).toMatchObject({ status: { code: 403, details: { causes: [{ reason: 'NamespaceTerminating' }] } } });
    expect(store.get(key, 'ns')).toBeUndefined();
  });

  test('that the cluster needs stays (API-NS-07)', () => {
    const { api } = createServer({ namespaces: ['default'] });

    const deleted = api.delete(key, 'default');

    expect(deleted).toMatchObject({
      status: { code: 403, message: 'namespaces "default" is forbidden: this namespace may not be deleted' },
    });
  });
});
