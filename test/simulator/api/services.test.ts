import { describe, expect, test } from 'vitest';
import { createServer, mustCreate, send } from './server.ts';
import type { Manifest } from '../../../src/kubernetes/object.ts';
import type { Status } from '../../../src/kubernetes/status.ts';
import type { TestServer } from './server.ts';

const port = { port: 80 };

function service(name: string, spec: object): Manifest {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'ns' }, spec };
}

function server(): TestServer {
  return createServer({ namespaces: ['ns'] });
}

/** The text of a refusal behind `is invalid: `. */
function refusalOf(result: { readonly ok: boolean; readonly status?: Status }): string | undefined {
  return result.status?.message?.replace(/^Service "\w+" is invalid: /, '');
}

describe('creation of a Service', () => {
  test('gives it an address of the range (SVC-02)', () => {
    const { api } = server();

    const { spec } = mustCreate(api, service('s', { ports: [port] })) as {
      spec?: { clusterIP?: string; clusterIPs?: string[] };
    };

    expect(spec?.clusterIP).toMatch(/^10\.96\.\d+\.\d+$/);
    expect(spec?.clusterIPs).toEqual([spec?.clusterIP]);
  });

  test.each([
    ['no ports', {}, 'spec.ports: Required value'],
    [
      'an unknown type',
      { type: 'Foo', ports: [port] },
      'spec.type: Unsupported value: "Foo": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
    ],
    [
      'port 0',
      { ports: [{ port: 0, targetPort: 1 }] },
      'spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive',
    ],
    [
      'a headless NodePort',
      { type: 'NodePort', clusterIP: 'None', ports: [port] },
      'spec.clusterIPs[0]: Invalid value: "None": may not be set to \'None\' for NodePort services',
    ],
    [
      'a node port of a ClusterIP',
      { ports: [{ port: 80, nodePort: 30000 }] },
      "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
    ],
    [
      'an address outside',
      { clusterIP: '9.9.9.9', ports: [port] },
      'spec.clusterIPs: Invalid value: ["9.9.9.9"]: failed to allocate IP 9.9.9.9: the provided IP (9.9.9.9) is not in the valid range. The range of valid IPs is 10.96.0.0/16',
    ],
    [
      'one name for two ports',
      {
        ports: [
          { name: 'web', port: 80 },
          { name: 'web', port: 81 },
        ],
      },
      'spec.ports[1].name: Duplicate value: "web"',
    ],
    ['no host of an ExternalName', { type: 'ExternalName' }, 'spec.externalName: Required value'],
  ])('is refused for %s', (_, spec, text) => {
    const { api } = server();

    expect(refusalOf(api.create(service('s', spec)) as never)).toBe(text);
  });

  test('wants names for several ports', () => {
    const { api } = server();

    const result = api.create(service('s', { ports: [{ port: 80 }, { port: 81 }] }));

    expect(refusalOf(result as never)).toBe('[spec.ports[0].name: Required value, spec.ports[1].name: Required value]');
  });

  test('takes an address and a node port only once, until its holder is gone (SVC-04, -05, -07)', () => {
    const { api } = server();
    const spec = { type: 'NodePort', clusterIP: '10.96.0.1', ports: [{ port: 80, nodePort: 30001 }] };
    mustCreate(api, service('first', spec));

    const refused = api.create(service('second', spec));
    send(api, { verb: 'delete', resource: 'services', name: 'first' });
    const taken = api.create(service('second', spec));

    expect(refusalOf(refused as never)).toBe(
      '[spec.clusterIPs: Invalid value: ["10.96.0.1"]: failed to allocate IP 10.96.0.1: provided IP is already allocated, ' +
        'spec.ports[0].nodePort: Invalid value: 30001: provided port is already allocated]',
    );
    expect(taken.ok).toBe(true);
  });

  test('of a dry run takes nothing', () => {
    const { api, store } = server();
    const spec = { clusterIP: '10.96.0.7', ports: [port] };

    const dry = send(api, {
      verb: 'create',
      resource: 'services',
      body: service('s', spec),
      query: { dryRun: true },
    });

    expect(dry.code).toBe(201);
    expect(dry.body).not.toHaveProperty('metadata.resourceVersion');
    expect(store.list('service' as never).size).toBe(0);
    expect(api.create(service('s', spec)).ok).toBe(true);
  });
});

describe('an update of a Service', () => {
  const patch = (api: TestServer['api'], spec: object): ReturnType<typeof send> =>
    send(api, { verb: 'patch', resource: 'services', name: 's', patchType: 'merge', body: { spec } as never });

  test('keeps the address (SVC-03)', () => {
    const { api } = server();
    const { spec } = mustCreate(api, service('s', { ports: [port] })) as { spec?: { clusterIP?: string } };

    const changed = patch(api, { clusterIP: 'None' });
    const put = send(api, {
      verb: 'update',
      resource: 'services',
      name: 's',
      body: service('s', {
        ports: [
          { name: 'a', port: 80 },
          { name: 'b', port: 81 },
        ],
      }),
    });

    expect(refusalOf({ ok: false, status: changed.body as Status })).toBe(
      'spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set',
    );
    expect(put.body).toMatchObject({ spec: { clusterIP: spec?.clusterIP } });
  });

  test('that asks for node ports gets them, and gives them back with the type', () => {
    const { api } = server();
    mustCreate(api, service('s', { ports: [port] }));

    const asked = patch(api, { type: 'NodePort' });
    const returned = patch(api, { type: 'ClusterIP' });

    expect(asked.body).toMatchObject({
      spec: { ports: [{ nodePort: expect.any(Number) }], externalTrafficPolicy: 'Cluster' },
    });
    expect(returned.body).not.toHaveProperty('spec.ports.0.nodePort');
  });
});
