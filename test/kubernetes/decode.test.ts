import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decode, decodingRefusal, strictErrors } from '../../src/kubernetes/decode.ts';
import { kinds } from '../../src/kubernetes/kinds.ts';
import { fieldsOf, typeOfKind } from '../../src/kubernetes/fields.ts';
import type { JsonObject } from '../../src/kubernetes/object.ts';

type Manifest = Parameters<typeof decode>[0];

function fixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../fixtures/api-answers/${name}.json`, import.meta.url), 'utf8'));
}

const refusal = (manifest: Manifest): string | undefined =>
  decodingRefusal(manifest, decode(manifest), { strict: true });
const set = (spec: JsonObject): Manifest => ({ apiVersion: 'apps/v1', kind: 'StatefulSet', spec });
const pod = (spec: JsonObject): Manifest => ({ apiVersion: 'v1', kind: 'Pod', spec });
const cannot = 'StatefulSet in version "v1" cannot be handled as a StatefulSet: ';

// Answers of a real API server, v1.36.2.
const answers = fixture('decoding') as {
  readonly name: string;
  readonly request: Manifest;
  readonly message: string | null;
  readonly warning: string | null;
}[];

test.each(answers.filter(({ message }) => message !== null))(
  '$name: refused in the words of the API server',
  (answer) => {
    expect(refusal(answer.request)).toBe(answer.message);
  },
);

test.each(answers.filter(({ warning }) => warning !== null))(
  '$name: the words of the API server',
  ({ request, warning }) => {
    const warnings = strictErrors(decode(request)).map((text) => `299 - ${JSON.stringify(text)}`);

    expect(warnings).toEqual([warning]);
  },
);

test.each(fixture('objects') as Manifest[])('a real $kind is decoded to itself', (object) => {
  const { value, unknownFields, problem } = decode(object);

  expect({ unknownFields, problem }).toEqual({ unknownFields: [], problem: undefined });
  expect(value).toEqual(object);
});

test('every built-in kind has fields', () => {
  for (const kind of kinds) {
    expect([...fieldsOf(typeOfKind(kind) ?? '').keys()]).toEqual(
      expect.arrayContaining(['apiVersion', 'kind', 'metadata']),
    );
  }
});

test('unknown fields are named with their place, and dropped', () => {
  const { value, unknownFields } = decode(
    pod({ containers: [{ name: 'a' }, { name: 'b', imag: 'x', env: [{ name: 'e', valu: '1' }] }], replicas: 1 }),
  );

  expect(unknownFields).toEqual(['spec.containers[1].imag', 'spec.containers[1].env[0].valu', 'spec.replicas']);
  expect(value['spec']).toEqual({ containers: [{ name: 'a' }, { name: 'b', env: [{ name: 'e' }] }] });
});

test('duplicate fields come from the text, and are told with the others', () => {
  const manifest = set({ replica: 1 });

  expect(decodingRefusal(manifest, decode(manifest), { strict: true, duplicateFields: ['spec.replicas'] })).toBe(
    `${cannot}strict decoding error: duplicate field "spec.replicas", unknown field "spec.replica"`,
  );
  expect(decodingRefusal(manifest, decode(manifest), { strict: false })).toBeUndefined();
});

test.each<[string, Manifest, string]>([
  [
    'a string for a number',
    set({ replicas: '3' }),
    `${cannot}json: cannot unmarshal string into Go struct field StatefulSetSpec.spec.replicas of type int32`,
  ],
  [
    'a fraction',
    set({ replicas: 1.5 }),
    `${cannot}json: cannot unmarshal number 1.5 into Go struct field StatefulSetSpec.spec.replicas of type int32`,
  ],
  [
    'a number that is too large',
    set({ replicas: 2 ** 31 }),
    `${cannot}json: cannot unmarshal number 2147483648 into Go struct field StatefulSetSpec.spec.replicas of type int32`,
  ],
  [
    'a list for an object',
    set({ template: [] }),
    `${cannot}json: cannot unmarshal array into Go struct field StatefulSetSpec.spec.template of type v1.PodTemplateSpec`,
  ],
  [
    'an object for a list',
    set({ volumeClaimTemplates: {} }),
    `${cannot}json: cannot unmarshal object into Go struct field StatefulSetSpec.spec.volumeClaimTemplates of type []v1.PersistentVolumeClaim`,
  ],
  [
    'a number deep inside',
    set({ template: { spec: { containers: [{ name: 7 }] } } }),
    `${cannot}json: cannot unmarshal number into Go struct field Container.spec.template.spec.containers.name of type string`,
  ],
  [
    'a boolean label',
    set({ template: { metadata: { labels: { a: true } } } }),
    `${cannot}json: cannot unmarshal bool into Go struct field ObjectMeta.spec.template.metadata.labels of type string`,
  ],
])('%s is refused', (_, manifest, message) => {
  expect(refusal(manifest)).toBe(message);
});

test('a type error hides strict errors, and the first one is told', () => {
  expect(refusal(set({ nope: 1, replicas: '3', serviceName: 4 }))).toContain(
    'StatefulSetSpec.spec.replicas of type int32',
  );
});

test.each<[JsonObject, string]>([
  [
    { containers: [{ name: 'a', resources: { limits: { cpu: 'much' } } }] },
    'quantities must match the regular expression',
  ],
  [
    { containers: [{ name: 'a', livenessProbe: { httpGet: { port: true } } }] },
    'cannot unmarshal bool into Go value of type int32',
  ],
])('values with a notation of their own are checked (%#)', (spec, message) => {
  expect(refusal(pod(spec))).toContain(message);
});

test('the value is what Go would write: no nulls, no empty lists and maps, canonical quantities', () => {
  const manifest = pod({
    nodeName: null,
    nodeSelector: {},
    tolerations: [],
    containers: [{ name: 'a', resources: { requests: { cpu: '1000m', memory: 1024 } }, securityContext: {} }],
    volumes: [{ name: 'v', emptyDir: { sizeLimit: '1024Mi' } }],
  });

  expect(decode(manifest).value['spec']).toEqual({
    containers: [{ name: 'a', resources: { requests: { cpu: '1', memory: '1024' } }, securityContext: {} }],
    volumes: [{ name: 'v', emptyDir: { sizeLimit: '1Gi' } }],
  });
});

test('an object without mistakes is shared, and a custom one is not looked at', () => {
  const manifest = set({ replicas: 3, selector: { matchLabels: { a: 'b' } } });
  const custom = { apiVersion: 'db.example.com/v1', kind: 'MongoCluster', spec: { members: null } };

  expect(decode(manifest).value).toBe(manifest);
  expect(decode(custom)).toEqual({ value: custom, unknownFields: [] });
});
