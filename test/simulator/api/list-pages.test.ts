import { expect, test } from 'vitest';
import { createServer, mustCreate, send } from './server.ts';
import { kindKey } from '../../../src/kubernetes/kind.ts';
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

interface TestPage {
  readonly items: readonly { readonly metadata: { readonly name: string } }[];
  readonly metadata: { readonly resourceVersion: string; readonly continue: string };
}

function pageOf({ body }: ReturnType<typeof send>): TestPage {
  return body as unknown as TestPage;
}

test('pages behind the first show what the first page saw (API-LIST-04)', () => {
  const { api, store } = server();
  for (const name of ['a', 'b', 'c', 'd']) mustCreate(api, configMap(name, { data: { v: '1' } }));
  const first = pageOf(send(api, { verb: 'list', resource: 'configmaps', query: { limit: 1 } }));
  api.delete(configMapKey, 'ns/b');
  api.update(configMapKey, 'ns/c', (stored) => ({ ...stored, data: { v: '2' } }));
  mustCreate(api, configMap('bb'));

  const query = { limit: 2, continue: first.metadata.continue };
  const second = pageOf(send(api, { verb: 'list', resource: 'configmaps', query }));
  const exact = { resourceVersion: first.metadata.resourceVersion, resourceVersionMatch: 'Exact' };
  const then = pageOf(send(api, { verb: 'list', resource: 'configmaps', query: exact }));

  expect(second.items).toMatchObject([{ metadata: { name: 'b' } }, { metadata: { name: 'c' }, data: { v: '1' } }]);
  expect(second.metadata).toMatchObject({
    resourceVersion: first.metadata.resourceVersion,
    remainingItemCount: 1,
  });
  expect(then.items.map(({ metadata }) => metadata.name)).toEqual(['a', 'b', 'c', 'd']);
  expect(store.list(configMapKey).size).toBe(4);
});

test('whose moment is forgotten is refused with a token that goes on in the present (API-LIST-04)', () => {
  const { api } = server();
  for (const name of ['a', 'b', 'c']) mustCreate(api, configMap(name));
  const first = pageOf(send(api, { verb: 'list', resource: 'configmaps', query: { limit: 1 } }));
  for (let change = 0; change < 1100; change += 1) {
    api.update(configMapKey, 'ns/c', (stored) => ({ ...stored, data: { v: String(change) } }));
  }

  const refused = send(api, {
    verb: 'list',
    resource: 'configmaps',
    query: { limit: 1, continue: first.metadata.continue },
  });
  const { metadata, reason, message } = refused.body as Status & { metadata: { continue: string } };
  const rest = pageOf(send(api, { verb: 'list', resource: 'configmaps', query: { continue: metadata.continue } }));

  expect([refused.code, reason]).toEqual([410, 'Expired']);
  expect(message).toMatch(/^The provided continue parameter is too old to display a consistent list result\./);
  expect(rest.items).toMatchObject([{ metadata: { name: 'b' } }, { metadata: { name: 'c' }, data: { v: '1099' } }]);
  const exact = { resourceVersion: first.metadata.resourceVersion, resourceVersionMatch: 'Exact' };
  expect(send(api, { verb: 'list', resource: 'configmaps', query: exact }).body).toMatchObject({
    code: 410,
    message: 'The resourceVersion for the provided list is too old.',
  });
});
