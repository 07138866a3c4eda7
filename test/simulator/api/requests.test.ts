import { describe, expect, test } from 'vitest';
import { createServer, mustCreate, send } from './server.ts';
import { composeKindKey, kindKey } from '../../../src/kubernetes/kind.ts';
import type { Manifest } from '../../../src/kubernetes/object.ts';
import type { Status } from '../../../src/kubernetes/status.ts';
import type { TestServer } from './server.ts';

const configMapKey = kindKey({ apiVersion: 'v1', kind: 'ConfigMap' });

function configMap(name: string, more: object = {}): Manifest {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'ns' }, ...more };
}

function server(): TestServer {
  return createServer({ namespaces: ['ns', 'other'] });
}

describe('a path', () => {
  test.each([
    ['a group that nobody serves', { group: 'example.com', resource: 'things' }, 404, undefined],
    [
      'a version that is not served',
      { group: 'apps', version: 'v1beta1', resource: 'statefulsets' },
      404,
      'the server could not find the requested resource',
    ],
    [
      'an unknown subresource',
      { resource: 'pods', name: 'p', subresource: 'nope' },
      404,
      'the server could not find the requested resource',
    ],
    [
      'a namespace of a node',
      { resource: 'nodes', name: 'n' },
      404,
      'the server could not find the requested resource',
    ],
  ])('to %s leads nowhere', (_, request, code, message) => {
    const { api } = server();

    const answer = send(api, { verb: 'get', ...request });

    expect(answer.code).toBe(code);
    expect((answer.body as Status).message).toBe(message);
  });

  test('of namespaces takes no deletion of all (API-DELCOL-02)', () => {
    const { api } = server();

    expect(api.handle({ verb: 'deletecollection', group: '', version: 'v1', resource: 'namespaces' }).code).toBe(405);
  });
});

describe('a list', () => {
  test('is ordered by key, pages by limit, and counts what remains (API-LIST-03, -04)', () => {
    const { api } = server();
    for (const name of ['b', 'a-b', 'c', 'a']) mustCreate(api, configMap(name));
    const names = ({ body }: ReturnType<typeof send>): readonly string[] =>
      (body as unknown as { items: { metadata: { name: string } }[] }).items.map(({ metadata }) => metadata.name);

    const first = send(api, { verb: 'list', resource: 'configmaps', query: { limit: 3 } });
    const { continue: token, remainingItemCount } = (
      first.body as unknown as { metadata: { continue: string; remainingItemCount: number } }
    ).metadata;
    const second = send(api, { verb: 'list', resource: 'configmaps', query: { limit: 3, continue: token } });

    expect(names(first)).toEqual(['a', 'a-b', 'b']);
    expect(remainingItemCount).toBe(1);
    expect(names(second)).toEqual(['c']);
  });

  test('of all namespaces goes on behind the last key', () => {
    const { api } = server();
    for (const namespace of ['other', 'ns'])
      for (const name of ['b', 'a']) mustCreate(api, { ...configMap(name), metadata: { name, namespace } });
    const keys: string[] = [];
    let token: string | undefined = '';
    for (let page = 0; page < 6 && token !== undefined; page += 1) {
      const query = token === '' ? { limit: 1 } : { limit: 1, continue: token };
      const { body } = api.handle({ verb: 'list', group: '', version: 'v1', resource: 'configmaps', query });
      const list = body as unknown as {
        readonly items: readonly { readonly metadata: { readonly name: string; readonly namespace: string } }[];
        readonly metadata: { readonly continue?: string };
      };
      keys.push(...list.items.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`));
      token = list.metadata.continue;
    }

    expect(keys).toEqual(['ns/a', 'ns/b', 'other/a', 'other/b']);
  });

  test.each([
    [{ labelSelector: 'app=x' }, ['a']],
    [{ labelSelector: 'app!=x' }, ['b', 'c']],
    [{ fieldSelector: 'metadata.name=b' }, ['b']],
    [{ fieldSelector: 'metadata.name!=b', labelSelector: 'app' }, ['a', 'c']],
  ])('of %j is %j', (query, expected) => {
    const { api } = server();
    mustCreate(api, { ...configMap('a'), metadata: { name: 'a', namespace: 'ns', labels: { app: 'x' } } });
    mustCreate(api, configMap('b'));
    mustCreate(api, { ...configMap('c'), metadata: { name: 'c', namespace: 'ns', labels: { app: 'y' } } });

    const { body } = send(api, { verb: 'list', resource: 'configmaps', query });

    expect(
      (body as unknown as { items: { metadata: { name: string } }[] }).items.map(({ metadata }) => metadata.name),
    ).toEqual(expected);
  });

  test.each([
    [{ resourceVersion: 'abc' }, 400],
    [{ resourceVersionMatch: 'Exact' }, 422],
    [{ resourceVersion: '1', resourceVersionMatch: 'Sideways' }, 422],
    [{ resourceVersion: '999999' }, 504],
    [{ continue: '!' }, 400],
  ])('asked for with %j is refused with %i', (query, code) => {
    const { api } = server();

    expect(send(api, { verb: 'list', resource: 'configmaps', query }).code).toBe(code);
  });
});

describe('a write', () => {
  test('of an old version is a conflict, at both doors (API-UPD-01)', () => {
    const { api } = server();
    const { metadata } = mustCreate(api, configMap('c'));
    api.update(configMapKey, 'ns/c', (current) => ({ ...current, data: { a: 'b' } }));

    const put = send(api, { verb: 'update', resource: 'configmaps', name: 'c', body: { metadata } as never });
    const typed = api.update(configMapKey, 'ns/c', (current) => ({ ...current, data: {} }), {
      resourceVersion: metadata.resourceVersion,
    });
    const patched = send(api, {
      verb: 'patch',
      resource: 'configmaps',
      name: 'c',
      patchType: 'merge',
      body: { metadata: { resourceVersion: metadata.resourceVersion } },
    });

    expect([put.code, patched.code]).toEqual([409, 409]);
    expect(typed).toMatchObject({ ok: false, status: { code: 409, reason: 'Conflict' } });
  });

  test('without a version is refused where it must have one (API-UPD-02)', () => {
    const { api } = server();
    const lease = {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: 'l', namespace: 'ns' },
      spec: {},
    };
    mustCreate(api, lease);

    const answer = send(api, {
      verb: 'update',
      group: 'coordination.k8s.io',
      resource: 'leases',
      name: 'l',
      body: lease,
    });

    expect((answer.body as Status).message).toContain(
      'metadata.resourceVersion: Invalid value: 0x0: must be specified for an update',
    );
  });

  test('to a free name creates a Service and not a ConfigMap (API-CREATE-07)', () => {
    const { api } = server();
    const service = { metadata: { name: 's' }, spec: { ports: [{ port: 80 }] } };

    const created = send(api, { verb: 'update', resource: 'services', name: 's', body: service });
    const refused = send(api, { verb: 'update', resource: 'configmaps', name: 's', body: {} });

    expect([created.code, refused.code]).toEqual([201, 404]);
  });

  test('that renames is refused, by PUT and by PATCH (API-META-11)', () => {
    const { api } = server();
    mustCreate(api, configMap('c'));

    const put = send(api, { verb: 'update', resource: 'configmaps', name: 'c', body: { metadata: { name: 'd' } } });
    const patched = send(api, {
      verb: 'patch',
      resource: 'configmaps',
      name: 'c',
      patchType: 'merge',
      body: { metadata: { uid: 'zz' } },
    });

    expect((put.body as Status).message).toBe('the name of the object (d) does not match the name on the URL (c)');
    expect((patched.body as Status).message).toBe(
      'ConfigMap "c" is invalid: metadata.uid: Invalid value: "zz": field is immutable',
    );
    expect((patched.body as Status).details?.causes).toHaveLength(2);
  });

  test('may not bring a version of its own into a creation (API-CREATE-03)', () => {
    const { api } = server();

    const created = api.create({ ...configMap('c'), metadata: { name: 'c', namespace: 'ns', resourceVersion: '5' } });

    expect(created).toMatchObject({
      status: { code: 500, message: 'resourceVersion should not be set on objects to be created' },
    });
  });

  test('with a mistake of type inside a patch shows the whole document (API-ERR-22)', () => {
    const { api } = server();
    mustCreate(api, configMap('c'));

    const answer = send(api, {
      verb: 'patch',
      resource: 'configmaps',
      name: 'c',
      patchType: 'merge',
      body: { data: { a: 5 } },
    });

    expect(answer.code).toBe(422);
    expect((answer.body as Status).message).toMatch(
      /^ "" is invalid: patch: Invalid value: ".*": json: cannot unmarshal number into Go struct field ConfigMap\.data of type string$/,
    );
  });
});

describe('owners of an object', () => {
  const owner = (name: string, more: object = {}): never =>
    ({ apiVersion: 'v1', kind: 'Pod', name, uid: name, ...more }) as never;
  const owned = (ownerReferences: readonly never[]): Manifest => ({
    ...configMap('c'),
    metadata: { name: 'c', namespace: 'ns', ownerReferences },
  });

  test('are named once; a second mention is dropped with a warning (API-GC-01)', () => {
    const { api } = server();

    const answer = send(api, {
      verb: 'create',
      resource: 'configmaps',
      body: owned([owner('a'), owner('a')]),
    });

    expect(answer.body).toMatchObject({ metadata: { ownerReferences: [{ uid: 'a' }] } });
    expect(answer.warnings).toHaveLength(1);
  });

  test('are not controllers twice', () => {
    const { api } = server();

    const created = api.create(owned([owner('a', { controller: true }), owner('b', { controller: true })]));

    expect(created).toMatchObject({
      status: { message: expect.stringContaining('Found "true" in references for a and b') },
    });
  });
});

describe('a custom kind', () => {
  const definition: Manifest = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'things.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { kind: 'Thing', plural: 'things' },
      versions: [{ name: 'v1', served: true, storage: true, subresources: { status: {} } }],
    },
  };
  const thing = {
    apiVersion: 'example.com/v1',
    kind: 'Thing',
    metadata: { name: 't', namespace: 'ns' },
    spec: { size: 1 },
    status: { size: 9 },
  };

  test('is served with its definition, and no longer without it', () => {
    const { api } = server();
    const key = composeKindKey('example.com', 'Thing');

    const created = mustCreate(api, definition);
    const served = api.kind(key);
    api.delete(kindKey(created), 'things.example.com');

    expect(served).toMatchObject({ plural: 'things', namespaced: true });
    expect(api.store.get(kindKey(created), 'things.example.com')).toBeUndefined();
    expect(api.kind(key)).toBeUndefined();
  });

  test('keeps spec and status apart, and counts generations (API-META-05)', () => {
    const { api } = server();
    mustCreate(api, definition);
    const place = { group: 'example.com', resource: 'things', name: 't' };

    const created = mustCreate(api, thing);
    const status = send(api, {
      ...place,
      verb: 'patch',
      patchType: 'merge',
      subresource: 'status',
      body: { status: { size: 2 }, spec: { size: 7 } },
    });
    const spec = send(api, {
      ...place,
      verb: 'patch',
      patchType: 'merge',
      body: { spec: { size: 3 }, status: { size: 4 } },
    });
    const strategic = send(api, { ...place, verb: 'patch', patchType: 'strategic', body: {} });

    expect(created).not.toHaveProperty('status');
    expect(status.body).toMatchObject({ spec: { size: 1 }, status: { size: 2 }, metadata: { generation: 1 } });
    expect(spec.body).toMatchObject({ spec: { size: 3 }, status: { size: 2 }, metadata: { generation: 2 } });
    expect(strategic.code).toBe(415);
  });
});

describe('a Deployment', () => {
  test('counts changed annotations as a generation, and changed labels not (API-META-06)', () => {
    const { api } = server();
    const template = { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } };
    mustCreate(api, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'd', namespace: 'ns' },
      spec: { selector: { matchLabels: { a: 'b' } }, template },
    });
    const patch = (metadata: object): ReturnType<typeof send> =>
      send(api, {
        verb: 'patch',
        group: 'apps',
        resource: 'deployments',
        name: 'd',
        patchType: 'merge',
        body: { metadata } as never,
      });

    expect(patch({ labels: { x: 'y' } }).body).toMatchObject({ metadata: { generation: 1 } });
    expect(patch({ annotations: { x: 'y' } }).body).toMatchObject({ metadata: { generation: 2 } });
  });
});
