// Requests and their answers: what is accepted, what is refused, and how (API-CONC, API-PATCH, API-ERR).

import { expect } from 'vitest';
import { isStatus } from '../../../src/kubernetes/status.ts';
import { configMap, pod, service, statefulSet } from './manifests.ts';
import { address } from './stage.ts';
import type { Answer, ClusterRequest } from '../../../src/backends/cluster.ts';
import type { ContractCase } from './stage.ts';

const settings = address('configmap', 'settings');
const nobody = address('pod', 'nobody');
const web = address('statefulset.apps', 'web');

/** Members of a refusal that scenarios look at. */
function refusal({ body }: Answer): unknown {
  return isStatus(body) ? { reason: body.reason, name: body.details?.name, kind: body.details?.kind } : body;
}

/** Requests. */
export const requestCases: readonly ContractCase[] = [
  {
    name: 'apply creates an object, then changes it, then finds nothing to change',
    async run(stage) {
      const opened = await stage.open();

      const created = await opened.object({ verb: 'apply', object: configMap('settings', 'one') }, 201);
      const changed = await opened.object({ verb: 'apply', object: configMap('settings', 'two') }, 200);
      const same = await opened.object({ verb: 'apply', object: configMap('settings', 'two') }, 200);

      expect([created['data'], changed['data']]).toEqual([{ value: 'one' }, { value: 'two' }]);
      expect(changed.metadata.uid).toBe(created.metadata.uid);
      expect(changed.metadata.resourceVersion).not.toBe(created.metadata.resourceVersion);
      expect(same.metadata.resourceVersion).toBe(changed.metadata.resourceVersion);
    },
  },
  {
    name: 'the namespace of the run is put into objects',
    async run(stage) {
      const opened = await stage.open();

      const created = await opened.object({ verb: 'create', object: configMap('settings', 'one') }, 201);

      expect(created.metadata.namespace).toBe(opened.cluster.namespace);
    },
  },
  {
    name: 'a second create of one name is refused with 409 AlreadyExists',
    async run(stage) {
      const opened = await stage.open();
      await opened.send({ verb: 'create', object: configMap('settings', 'one') }, 201);

      const second = await opened.send({ verb: 'create', object: configMap('settings', 'two') }, 409);

      expect(refusal(second)).toEqual({ reason: 'AlreadyExists', name: 'settings', kind: 'configmaps' });
      const kept = await opened.object({ verb: 'get', target: settings }, 200);
      expect(kept['data']).toEqual({ value: 'one' });
    },
  },
  {
    name: 'replace takes the version that it saw, and is refused with 409 Conflict behind another write',
    async run(stage) {
      const opened = await stage.open();
      const created = await opened.object({ verb: 'create', object: configMap('settings', 'one') }, 201);
      const { resourceVersion } = created.metadata;
      const next = { ...configMap('settings', 'two'), metadata: { name: 'settings', resourceVersion } };

      await opened.send({ verb: 'replace', target: settings, object: next }, 200);
      const late = await opened.send({ verb: 'replace', target: settings, object: next }, 409);

      expect(refusal(late)).toMatchObject({ reason: 'Conflict', name: 'settings' });
    },
  },
  {
    name: 'a merge patch sets and removes members',
    async run(stage) {
      const opened = await stage.open();
      await opened.send({ verb: 'create', object: configMap('settings', 'one') }, 201);
      const body = { data: { value: null, other: 'set' } };

      const patched = await opened.object({ verb: 'patch', target: settings, type: 'merge', body }, 200);

      expect(patched['data']).toEqual({ other: 'set' });
    },
  },
  {
    name: 'a strategic patch merges containers by name, a merge patch replaces the list',
    async run(stage) {
      const opened = await stage.open();
      await opened.send({ verb: 'create', object: statefulSet('web', 0) }, 201);
      const body = {
        spec: { template: { spec: { containers: [{ name: 'side', image: 'registry.k8s.io/pause:3.9' }] } } },
      };
      const names = (set: unknown): readonly string[] =>
        (set as { spec: { template: { spec: { containers: { name: string }[] } } } }).spec.template.spec.containers.map(
          ({ name }) => name,
        );

      const merged = await opened.object({ verb: 'patch', target: web, type: 'strategic', body }, 200);
      const replaced = await opened.object({ verb: 'patch', target: web, type: 'merge', body }, 200);

      expect(names(merged).toSorted()).toEqual(['main', 'side']);
      expect(names(replaced)).toEqual(['side']);
    },
  },
  {
    name: 'a JSON patch does its operations',
    async run(stage) {
      const opened = await stage.open();
      await opened.send({ verb: 'create', object: configMap('settings', 'one') }, 201);
      const body = [
        { op: 'test', path: '/data/value', value: 'one' },
        { op: 'replace', path: '/data/value', value: 'two' },
      ];

      const patched = await opened.object({ verb: 'patch', target: settings, type: 'json', body }, 200);

      expect(patched['data']).toEqual({ value: 'two' });
    },
  },
  {
    name: 'scale is a patch of the subresource and changes the set',
    async run(stage) {
      const opened = await stage.open();
      await opened.send({ verb: 'create', object: statefulSet('web', 0) }, 201);
      const scale = { verb: 'patch', target: web, type: 'merge', subresource: 'scale' } as const;

      const scaled = await opened.object({ ...scale, body: { spec: { replicas: 1 } } }, 200);

      expect(scaled['spec']).toMatchObject({ replicas: 1 });
      const set = await opened.object({ verb: 'get', target: web }, 200);
      expect(set['spec']).toMatchObject({ replicas: 1 });
      const read = await opened.object({ verb: 'get', target: web, subresource: 'scale' }, 200);
      expect(read).toMatchObject({ kind: 'Scale', spec: { replicas: 1 } });
    },
  },
  {
    name: 'what is not there is answered 404 NotFound, whatever is asked of it',
    async run(stage) {
      const opened = await stage.open();
      const requests: readonly ClusterRequest[] = [
        { verb: 'get', target: nobody },
        { verb: 'delete', target: nobody },
        { verb: 'patch', target: nobody, type: 'merge', body: { metadata: { labels: { a: 'b' } } } },
        { verb: 'evict', target: nobody },
      ];

      for (const request of requests) {
        const answer = await opened.send(request, 404);
        expect([request.verb, refusal(answer)]).toEqual([
          request.verb,
          { reason: 'NotFound', name: 'nobody', kind: 'pods' },
        ]);
      }
    },
  },
  {
    name: 'kinds and versions that are not served are answered 404',
    async run(stage) {
      const opened = await stage.open();
      const old = { ...statefulSet('web', 1), apiVersion: 'apps/v1beta1' };
      const unknown = { apiVersion: 'example.com/v1', kind: 'Nothing', metadata: { name: 'x' } };

      await opened.send({ verb: 'apply', object: old }, 404);
      await opened.send({ verb: 'apply', object: unknown }, 404);
    },
  },
  {
    name: 'an invalid object is refused with 422 and a cause for each field',
    async run(stage) {
      const opened = await stage.open();
      const wrong = { ...statefulSet('web', -1) };

      const { body } = await opened.send({ verb: 'create', object: wrong }, 422);

      expect(body).toMatchObject({ kind: 'Status', reason: 'Invalid', details: { name: 'web', kind: 'StatefulSet' } });
      expect(isStatus(body) && body.details?.causes?.map(({ field }) => field)).toEqual(['spec.replicas']);
      await opened.send({ verb: 'get', target: web }, 404);
    },
  },
  {
    name: 'a member that the kind does not have is refused with 400, and said where it is',
    async run(stage) {
      const opened = await stage.open();
      const wrong = { ...pod('web'), spec: { containers: [{ name: 'main', image: 'x', imag: 'y' }] } };

      const { body } = await opened.send({ verb: 'create', object: wrong }, 400);

      expect(isStatus(body) && body.message).toContain('unknown field "spec.containers[0].imag"');
    },
  },
  {
    name: 'list answers the objects of the run’s namespace',
    async run(stage) {
      const opened = await stage.open();
      await opened.send({ verb: 'create', object: service('web') }, 201);
      await opened.send({ verb: 'create', object: service('db') }, 201);

      const list = await opened.object({ verb: 'list', kind: address('service', '').kind }, 200);

      const items = list['items'] as readonly { metadata: { name: string; namespace: string } }[];
      expect(list.kind).toBe('ServiceList');
      expect(items.map(({ metadata }) => metadata.name)).toEqual(['db', 'web']);
      expect(new Set(items.map(({ metadata }) => metadata.namespace))).toEqual(new Set([opened.cluster.namespace]));
    },
  },
];
