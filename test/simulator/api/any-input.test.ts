// Whatever is sent, an answer comes: a Status or an object, never an exception.

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kindOfObject, kinds } from '../../../src/kubernetes/kinds.ts';
import { isFields } from '../../../src/simulator/api/defaults/fields.ts';
import { richManifests } from './rich-manifests.ts';
import { createServer, send } from './server.ts';
import type { Json } from '../../../src/kubernetes/object.ts';
import type { ApiRequest, ApiResponse, ApiServer } from '../../../src/simulator/api/server.ts';

/** Names of members that rules look at, with values of any type behind them. */
const members = [
  'metadata',
  'spec',
  'status',
  'name',
  'namespace',
  'generateName',
  'uid',
  'resourceVersion',
  'labels',
  'annotations',
  'finalizers',
  'ownerReferences',
  'managedFields',
  'deletionTimestamp',
  'replicas',
  'selector',
  'matchLabels',
  'matchExpressions',
  'template',
  'containers',
  'initContainers',
  'volumes',
  'volumeMounts',
  'ports',
  'env',
  'image',
  'tolerations',
  'livenessProbe',
  'httpGet',
  'lifecycle',
  'resources',
  'requests',
  'limits',
  'updateStrategy',
  'rollingUpdate',
  'volumeClaimTemplates',
  'accessModes',
  'capacity',
  'hostPath',
  'type',
  'clusterIP',
  'clusterIPs',
  'nodePort',
  'data',
  'stringData',
  'conditions',
  'taints',
  'versions',
  'names',
  'involvedObject',
  'jobTemplate',
  'addressType',
  'endpoints',
  'revision',
  'affinity',
  'securityContext',
  '__proto__',
  'constructor',
  'items',
  'key',
  'operator',
  'values',
  'preconditions',
  'propagationPolicy',
  'gracePeriodSeconds',
  'deleteOptions',
  'target',
  'op',
  'path',
  'value',
  '$patch',
  '$setElementOrder/containers',
] as const;

const scalar = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    1e21,
    '',
    'web',
    'None',
    'A_B',
    '1Gi',
    '5%',
    'x'.repeat(300),
    '\u0000',
    'NodePort',
    'OnDelete',
  ),
  fc.string({ maxLength: 8 }),
  fc.integer(),
);
const { body } = fc.letrec<{ body: Json }>((tie) => ({
  body: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('body'), { maxLength: 3 }),
    // Through text, so that `__proto__` is an own member, as it is after parsing a request.
    fc
      .array(fc.tuple(fc.constantFrom(...members), tie('body')), { maxLength: 6 })
      .map(
        (entries) =>
          JSON.parse(
            `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`,
          ) as Json,
      ),
  ),
}));

const request = fc.record(
  {
    verb: fc.constantFrom<ApiRequest['verb']>('get', 'list', 'create', 'update', 'patch', 'delete', 'deletecollection'),
    kind: fc.constantFrom(...kinds),
    name: fc.constantFrom('a', 'web', '', '../x', '__proto__'),
    namespace: fc.constantFrom('ns', '', 'nowhere'),
    subresource: fc.option(fc.constantFrom('status', 'scale', 'eviction', 'binding', 'finalize', 'nope'), {
      nil: undefined,
      freq: 5,
    }),
    patchType: fc.option(fc.constantFrom<NonNullable<ApiRequest['patchType']>>('json', 'merge', 'strategic', 'apply'), {
      nil: undefined,
      freq: 9,
    }),
    body: fc.oneof(body, fc.string()),
    query: fc.record(
      {
        fieldManager: fc.constantFrom('me', ''),
        force: fc.boolean(),
        dryRun: fc.boolean(),
        labelSelector: fc.string(),
        fieldSelector: fc.string(),
        limit: fc.integer(),
        continue: fc.string(),
        resourceVersion: fc.string(),
        propagationPolicy: fc.string(),
        gracePeriodSeconds: fc.integer(),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['verb', 'kind'] },
);

function answerOf(api: ApiServer, sent: typeof request extends fc.Arbitrary<infer T> ? T : never): ApiResponse {
  const { kind, namespace, subresource, ...rest } = sent;
  const { group, version, plural: resource } = kind;
  const place = kind.namespaced && namespace !== undefined ? { namespace } : {};
  return api.handle({
    ...rest,
    ...place,
    ...(subresource === undefined ? {} : { subresource }),
    group,
    version,
    resource,
  } as ApiRequest);
}

/** The value with each of its members in turn left out, and replaced by each of the replacements. */
function* damaged(value: Json, replacements: readonly Json[]): Generator<Json> {
  if (Array.isArray(value)) {
    for (const [at, item] of (value as readonly Json[]).entries()) {
      for (const other of [...replacements, ...damaged(item, replacements)]) yield value.with(at, other) as Json;
    }
    return;
  }
  if (!isFields(value)) return;
  for (const [member, inner] of Object.entries(value)) {
    yield { ...value, [member]: undefined };
    for (const other of [...replacements, ...damaged(inner as Json, replacements)]) {
      yield { ...value, [member]: other };
    }
  }
}

describe('any request', () => {
  test('is answered', () => {
    const { api } = createServer({ namespaces: ['ns'] });

    fc.assert(
      fc.property(request, (sent) => {
        const { code, body: answer } = answerOf(api, sent);

        expect(code).toBeGreaterThanOrEqual(200);
        expect(code).toBeLessThan(600);
        expect(answer).toBeDefined();
      }),
      { numRuns: 2000 },
    );
  });

  const ways: readonly Pick<ApiRequest, 'patchType' | 'query'>[] = [
    {},
    { patchType: 'merge' },
    { patchType: 'apply', query: { fieldManager: 'm', force: true } },
  ];
  const replacements: readonly Json[] = [null, {}, [{}], [null], '', -1];

  test.each(richManifests.map((manifest) => [manifest.kind, manifest] as const))(
    'that damages one member of a %s is answered',
    (_, manifest) => {
      const kind = kindOfObject(manifest);
      if (kind === undefined) throw new Error(`${manifest.kind} is not known`);
      const { api } = createServer({ namespaces: ['ns'] });
      const { name = '', namespace } = manifest.metadata ?? {};
      const place = {
        group: kind.group,
        version: kind.version,
        resource: kind.plural,
        ...(namespace === undefined ? {} : { namespace }),
      };
      const whole = api.handle({ ...place, verb: 'create', body: manifest });

      // The ways to write take turns; what they store stays, so that later ones meet damaged objects. The name being taken is
      // found out after everything else, so a creation goes all the way.
      for (const [turn, body] of [...damaged(manifest as unknown as Json, replacements)].entries()) {
        const created = api.handle({ ...place, verb: 'create', body });
        const { patchType, ...way } = ways[turn % ways.length] ?? {};
        const written = api.handle({
          ...place,
          ...way,
          ...(patchType ? { patchType } : {}),
          verb: patchType ? 'patch' : 'update',
          name,
          body,
        });

        expect(created.code).toBeGreaterThanOrEqual(200);
        expect(written.code).toBeGreaterThanOrEqual(200);
      }

      expect(whole.code).toBe(201);
    },
  );

  const wholeSets: readonly (readonly [title: string, body: unknown])[] = [
    ['spec is a number', { metadata: { name: 'w' }, spec: 5 }],
    ['metadata is a list', { metadata: [], spec: {} }],
    ['replicas is a word', { metadata: { name: 'w' }, spec: { replicas: 'three' } }],
    ['labels hold a number', { metadata: { name: 'w', labels: { a: 1 } } }],
    ['containers hold a null', { metadata: { name: 'w' }, spec: { template: { spec: { containers: [null] } } } }],
    ['finalizers hold a null', { metadata: { name: 'w', finalizers: [null] } }],
    ['owners hold an empty object', { metadata: { name: 'w', ownerReferences: [{}] } }],
    ['the name is too long', { metadata: { name: 'w'.repeat(400) } }],
    [
      'a member is called __proto__',
      JSON.parse('{"metadata":{"name":"w","labels":{"__proto__":"x"}},"__proto__":{"spec":1}}'),
    ],
    ['it is nested a hundred thousand times', '['.repeat(100_000)],
    ['the text is cut', '{"metadata":{"name":"w"'],
  ];

  test.each(wholeSets)('is refused when %s', (_, sent) => {
    const { api } = createServer({ namespaces: ['ns'] });

    const answer = send(api, { verb: 'create', group: 'apps', resource: 'statefulsets', body: sent as Json });

    expect(answer.body).toMatchObject({ kind: 'Status', status: 'Failure' });
    expect([400, 422]).toContain(answer.code);
  });
});
