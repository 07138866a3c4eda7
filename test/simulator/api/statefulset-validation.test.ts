import { describe, expect, test } from 'vitest';
import { createServer, mustCreate, send } from './server.ts';
import type { Manifest } from '../../../src/kubernetes/object.ts';
import type { Status } from '../../../src/kubernetes/status.ts';

type Spec = Record<string, unknown>;

const template = {
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'c', image: 'nginx:1.24' }] },
};

function set(spec: Spec, name = 'web'): Manifest {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, namespace: 'ns' },
    spec: { selector: { matchLabels: { app: 'web' } }, template, ...spec },
  };
}

const claim = {
  metadata: { name: 'data' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
};

/** Violations at create with the text behind `is invalid: ` (STS-VAL). */
const refusedAtCreate: readonly (readonly [id: string, spec: Spec, text: string])[] = [
  [
    'STS-VAL-04',
    { podManagementPolicy: 'foo' },
    `spec.podManagementPolicy: Invalid value: "foo": must be 'OrderedReady' or 'Parallel'`,
  ],
  [
    'STS-VAL-05',
    { updateStrategy: { type: 'foo' } },
    `spec.updateStrategy: Invalid value: {"Type":"foo","RollingUpdate":null}: must be 'RollingUpdate' or 'OnDelete'`,
  ],
  [
    'STS-VAL-08',
    { updateStrategy: { type: 'OnDelete', rollingUpdate: { partition: 0 } } },
    `spec.updateStrategy.rollingUpdate: Invalid value: {"Partition":0,"MaxUnavailable":null}: only allowed for updateStrategy 'RollingUpdate'`,
  ],
  [
    'STS-VAL-09',
    { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'x' } },
    'spec.persistentVolumeClaimRetentionPolicy.whenDeleted: Unsupported value: "x": supported values: "Retain", "Delete"',
  ],
  [
    'STS-VAL-10',
    { minReadySeconds: -1 },
    'spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0',
  ],
  [
    'STS-VAL-11',
    { ordinals: { start: -2 } },
    'spec.ordinals.start: Invalid value: -2: must be greater than or equal to 0',
  ],
  ['STS-VAL-14', { selector: {} }, 'spec.selector: Invalid value: {}: empty selector is invalid for statefulset'],
  [
    'STS-VAL-15',
    { selector: { matchLabels: { a: 'b' } } },
    'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
  ],
  [
    'STS-VAL-17',
    { template: { ...template, spec: { ...template.spec, activeDeadlineSeconds: 5 } } },
    'spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in StatefulSet is not Supported',
  ],
  [
    'STS-VAL-18',
    {
      template: {
        ...template,
        spec: { containers: [{ name: 'c', image: 'i', volumeMounts: [{ name: 'test', mountPath: '/t' }] }] },
      },
    },
    'spec.template.spec.containers[0].volumeMounts[0].name: Not found: "test"',
  ],
  [
    'STS-VAL-19',
    { volumeClaimTemplates: [{ ...claim, spec: { resources: claim.spec.resources } }] },
    'spec.volumeClaimTemplates[0].spec.accessModes: Required value: at least 1 access mode is required',
  ],
];

describe('creation of a StatefulSet', () => {
  test.each(refusedAtCreate)('is refused for %s', (_, spec, text) => {
    const { api } = createServer({ namespaces: ['ns'] });

    const created = api.create(set(spec));

    expect(created).toMatchObject({
      ok: false,
      status: { code: 422, message: `StatefulSet.apps "web" is invalid: ${text}` },
    });
  });

  test('is refused for a name with dots (STS-VAL-02)', () => {
    const { api } = createServer({ namespaces: ['ns'] });

    const created = api.create(set({}, 'abc.123'));

    expect(created).toMatchObject({
      ok: false,
      status: { message: expect.stringContaining('metadata.name: Invalid value: "abc.123": must not contain dots') },
    });
  });

  test('takes a claim template as a volume (STS-VAL-18)', () => {
    const { api } = createServer({ namespaces: ['ns'] });
    const container = { name: 'c', image: 'i', volumeMounts: [{ name: 'data', mountPath: '/d' }] };

    const created = api.create(
      set({ template: { ...template, spec: { containers: [container] } }, volumeClaimTemplates: [claim] }),
    );

    expect(created.ok).toBe(true);
  });

  test('keeps a RollingUpdate without the object that nobody gave (STS-DEF-04)', () => {
    const { api } = createServer({ namespaces: ['ns'] });

    const created = mustCreate(api, set({ updateStrategy: { type: 'RollingUpdate' } }));

    expect(created).toMatchObject({ spec: { updateStrategy: { type: 'RollingUpdate' } } });
    expect(created).not.toHaveProperty('spec.updateStrategy.rollingUpdate');
  });

  test('warns of a negative history limit (STS-VAL-23)', () => {
    const { api } = createServer({ namespaces: ['ns'] });

    const answer = send(api, {
      verb: 'create',
      group: 'apps',
      resource: 'statefulsets',
      body: set({ revisionHistoryLimit: -1 }),
    });

    expect(answer.code).toBe(201);
    expect(answer.warnings).toEqual([
      'spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended',
    ]);
  });
});

describe('update of a StatefulSet', () => {
  const patch = (body: object): ReturnType<typeof send> => {
    const { api } = createServer({ namespaces: ['ns'] });
    mustCreate(api, set({ serviceName: 'web', volumeClaimTemplates: [claim] }));
    return send(api, {
      verb: 'patch',
      group: 'apps',
      resource: 'statefulsets',
      name: 'web',
      patchType: 'merge',
      body: body as never,
    });
  };
  const forbidden =
    /^StatefulSet\.apps "web" is invalid: spec: Forbidden: updates to statefulset spec for fields other than/;

  test.each([
    { spec: { serviceName: 'other' } },
    { spec: { podManagementPolicy: 'Parallel' } },
    { spec: { volumeClaimTemplates: null } },
    {
      spec: {
        volumeClaimTemplates: [{ ...claim, spec: { ...claim.spec, resources: { requests: { storage: '2Gi' } } } }],
      },
    },
  ])('may not change %j (STS-VAL-20)', (body) => {
    const { code, body: status } = patch(body);

    expect(code).toBe(422);
    expect((status as Status).message).toMatch(forbidden);
  });

  test('tells of the selector and of the template that it no longer fits', () => {
    const { body } = patch({ spec: { selector: { matchLabels: { app: 'x' } } } });

    expect((body as Status).details?.causes?.map(({ field }) => field)).toEqual([
      'spec.template.metadata.labels',
      'spec',
    ]);
  });

  test.each([
    [{ spec: { replicas: 3 } }, 2],
    [{ spec: { replicas: 1 } }, 1],
    [{ metadata: { labels: { a: 'b' } } }, 1],
    [{ metadata: { annotations: { a: 'b' } } }, 1],
    [{ spec: { template: { spec: { terminationGracePeriodSeconds: 5 } } } }, 2],
    [{ status: { replicas: 7 } }, 1],
    [{ spec: { volumeClaimTemplates: [claim] } }, 1],
  ])('%j leaves generation at %i (STS-GEN-02)', (body, generation) => {
    const answer = patch(body);

    expect(answer.code).toBe(200);
    expect(answer.body).toMatchObject({ metadata: { generation } });
  });

  test('a write that changes nothing stores nothing (API-UPD-06)', () => {
    const { api, changes } = createServer({ namespaces: ['ns'] });
    const created = mustCreate(api, set({ volumeClaimTemplates: [claim] }));
    changes.length = 0;

    const answer = send(api, {
      verb: 'patch',
      group: 'apps',
      resource: 'statefulsets',
      name: 'web',
      patchType: 'merge',
      body: { spec: { replicas: 1 } },
    });

    expect(answer.body).toMatchObject({ metadata: { resourceVersion: created.metadata.resourceVersion } });
    expect(changes).toEqual([]);
  });
});

describe('status of a StatefulSet', () => {
  test.each([
    [{ replicas: -1 }, 'status.replicas: Invalid value: -1: must be greater than or equal to 0'],
    [
      { replicas: 1, readyReplicas: 2 },
      'status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas',
    ],
    [
      { replicas: 2, readyReplicas: 1, availableReplicas: 2 },
      'status.availableReplicas: Invalid value: 2: cannot be greater than status.readyReplicas',
    ],
  ])('%j is refused (STS-VAL-24)', (status, text) => {
    const { api } = createServer({ namespaces: ['ns'] });
    const created = mustCreate(api, set({}));

    const answer = send(api, {
      verb: 'update',
      group: 'apps',
      resource: 'statefulsets',
      name: 'web',
      subresource: 'status',
      body: { ...created, status },
    });

    expect((answer.body as Status).message).toContain(text);
  });

  test('a write of it leaves the spec, and of the spec leaves it (API-UPD-05)', () => {
    const { api } = createServer({ namespaces: ['ns'] });
    const created = mustCreate(api, set({}));
    const sent = { ...created, spec: { ...(created['spec'] as Spec), replicas: 9 }, status: { replicas: 4 } } as never;
    const request = { verb: 'update', group: 'apps', resource: 'statefulsets', name: 'web', body: sent } as const;

    const ofStatus = send(api, { ...request, subresource: 'status' });
    const unversioned = { ...(sent as Manifest), metadata: { name: 'web' }, status: { replicas: 5 } } as never;
    const ofSpec = send(api, { ...request, body: unversioned });

    expect(ofStatus.body).toMatchObject({
      spec: { replicas: 1 },
      status: { replicas: 4 },
      metadata: { generation: 1 },
    });
    expect(ofSpec.body).toMatchObject({ spec: { replicas: 9 }, status: { replicas: 4 }, metadata: { generation: 2 } });
  });
});
