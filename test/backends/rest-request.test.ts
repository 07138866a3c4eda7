import { expect, test } from 'vitest';
import { restRequest } from '../../src/backends/rest-request.ts';
import { composeKindKey } from '../../src/kubernetes/kind.ts';
import type { ApiClusterRequest } from '../../src/backends/rest-request.ts';

const set = { kind: composeKindKey('apps', 'StatefulSet'), name: 'web' };
const node = { kind: composeKindKey('', 'Node'), name: 'kind-worker' };
const place = { group: 'apps', version: 'v1', resource: 'statefulsets', namespace: 'run' };

test.each<[string, ApiClusterRequest, object]>([
  [
    'apply is server-side apply that takes over what others own',
    { verb: 'apply', object: { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'web' } } },
    {
      ...place,
      verb: 'patch',
      name: 'web',
      patchType: 'apply',
      query: { fieldManager: 'setpiece', fieldValidation: 'Strict', force: true },
    },
  ],
  [
    'a version that is not served goes out as written',
    { verb: 'create', object: { apiVersion: 'apps/v1beta1', kind: 'StatefulSet' } },
    { group: 'apps', version: 'v1beta1', resource: 'statefulsets', verb: 'create' },
  ],
  [
    'a kind that nobody knows goes out as discovery would name it',
    { verb: 'create', object: { apiVersion: 'x.example.com/v1', kind: 'Gadget' } },
    { group: 'x.example.com', version: 'v1', resource: 'gadgets', namespace: 'run' },
  ],
  [
    'a cluster-scoped object has no namespace',
    { verb: 'get', target: node },
    { group: '', version: 'v1', resource: 'nodes', name: 'kind-worker', verb: 'get' },
  ],
  [
    'a subresource is named',
    { verb: 'patch', target: set, type: 'merge', subresource: 'scale', body: { spec: { replicas: 5 } } },
    { ...place, name: 'web', subresource: 'scale', patchType: 'merge' },
  ],
  [
    'a deletion carries its options',
    { verb: 'delete', target: set, propagation: 'Orphan', graceSeconds: 0, preconditions: { uid: 'u' } },
    { verb: 'delete', body: { propagationPolicy: 'Orphan', gracePeriodSeconds: 0, preconditions: { uid: 'u' } } },
  ],
  [
    'an eviction is created at its subresource',
    { verb: 'evict', target: { kind: composeKindKey('', 'Pod'), name: 'web-0' }, graceSeconds: 3 },
    {
      verb: 'create',
      resource: 'pods',
      subresource: 'eviction',
      body: {
        kind: 'Eviction',
        metadata: { name: 'web-0', namespace: 'run' },
        deleteOptions: { gracePeriodSeconds: 3 },
      },
    },
  ],
])('%s', (_, request, wanted) => {
  expect(restRequest(request, { namespace: 'run' })).toMatchObject(wanted);
});

test('a cluster-scoped request has no namespace member at all', () => {
  expect(restRequest({ verb: 'get', target: node }, { namespace: 'run' })).not.toHaveProperty('namespace');
});
