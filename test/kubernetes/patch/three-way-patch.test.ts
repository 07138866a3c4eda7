import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../src/kubernetes/object.ts';
import { lastAppliedAnnotation, lastAppliedOf, withLastApplied } from '../../../src/kubernetes/patch/last-applied.ts';
import { mergePatch } from '../../../src/kubernetes/patch/merge-patch.ts';
import { strategicPatch } from '../../../src/kubernetes/patch/strategic-patch.ts';
import { threeWayPatch } from '../../../src/kubernetes/patch/three-way-patch.ts';

const deployment = (spec: JsonObject) => ({ apiVersion: 'apps/v1', kind: 'Deployment', spec });
const withContainers = (containers: Json) => deployment({ template: { spec: { containers } } });

test('a changed image is a patch with the order of the containers (API-CSA-03)', () => {
  const last = withContainers([{ name: 'c', image: 'nginx:1' }]);
  const live = withContainers([{ name: 'c', image: 'nginx:1', imagePullPolicy: 'Always' }]);

  expect(
    threeWayPatch({ lastApplied: last, modified: withContainers([{ name: 'c', image: 'nginx:2' }]), current: live }),
  ).toEqual({
    type: 'strategic',
    patch: {
      spec: {
        template: {
          spec: { '$setElementOrder/containers': [{ name: 'c' }], containers: [{ image: 'nginx:2', name: 'c' }] },
        },
      },
    },
  });
});

test('nothing to do is an empty patch', () => {
  const manifest = withContainers([{ name: 'c', image: 'nginx:1' }]);
  const live = deployment({
    replicas: 3,
    template: { spec: { containers: [{ name: 'c', image: 'nginx:1', tty: true }] } },
  });

  expect(threeWayPatch({ lastApplied: manifest, modified: manifest, current: live })).toEqual({
    type: 'strategic',
    patch: {},
  });
});

test('what the last manifest had and this one has not is removed; what only the live object has stays', () => {
  const last = deployment({
    paused: true,
    minReadySeconds: 3,
    template: { spec: { volumes: [{ name: 'v' }, { name: 'w' }] } },
  });
  const modified = deployment({ minReadySeconds: 5, template: { spec: { volumes: [{ name: 'w' }] } } });
  const live = deployment({
    paused: true,
    minReadySeconds: 3,
    replicas: 7,
    template: { spec: { volumes: [{ name: 'v' }, { name: 'w' }] } },
  });

  const { patch } = threeWayPatch({ lastApplied: last, modified, current: live });
  const result = strategicPatch(live, patch);

  expect(patch).toEqual({
    spec: {
      minReadySeconds: 5,
      paused: null,
      template: {
        spec: { '$setElementOrder/volumes': [{ name: 'w' }], volumes: [{ $patch: 'delete', name: 'v' }] },
      },
    },
  });
  expect(result).toMatchObject({
    ok: true,
    value: { spec: { minReadySeconds: 5, replicas: 7, template: { spec: { volumes: [{ name: 'w' }] } } } },
  });
});

test('a changed strategy and a changed volume say which keys stay', () => {
  const modified = deployment({
    strategy: { type: 'Recreate' },
    template: { spec: { volumes: [{ name: 'v', configMap: { name: 'x' } }] } },
  });
  const live = deployment({
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } },
    template: { spec: { volumes: [{ name: 'v', emptyDir: {} }] } },
  });

  const { patch } = threeWayPatch({ modified, current: live });
  const result = strategicPatch(live, patch);

  expect(patch).toMatchObject({ spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } });
  expect(result).toMatchObject({ ok: true, value: { spec: modified.spec } });
});

test('a custom kind gets a merge patch', () => {
  const custom = (spec: JsonObject) => ({ apiVersion: 'db.example.com/v1', kind: 'MongoCluster', spec });

  const made = threeWayPatch({
    lastApplied: custom({ members: 3, arbiter: true }),
    modified: custom({ members: 5, hosts: [{ name: 'b' }] }),
    current: custom({ members: 3, arbiter: true, hosts: [{ name: 'a' }], primary: 'rs0-0' }),
  });

  expect(made).toEqual({ type: 'merge', patch: { spec: { members: 5, arbiter: null, hosts: [{ name: 'b' }] } } });
});

test('the annotation holds the manifest, sorted, without itself (API-CSA-01)', () => {
  const manifest = { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'cm' }, data: { b: '2', a: '1' } };

  const annotated = withLastApplied(manifest, { namespace: 'shop' }) as typeof manifest & {
    metadata: { annotations: JsonObject };
  };

  expect(annotated.metadata.annotations[lastAppliedAnnotation]).toBe(
    '{"apiVersion":"v1","data":{"a":"1","b":"2"},"kind":"ConfigMap","metadata":{"annotations":{},"name":"cm","namespace":"shop"}}\n',
  );
  expect(withLastApplied(annotated)).toEqual(annotated);
  expect(lastAppliedOf(annotated)).toMatchObject({ data: { a: '1', b: '2' } });
  expect(lastAppliedOf(manifest)).toBeUndefined();
});

test('the patched object has all of the manifest, nothing of what was dropped, and the rest of the live object', () => {
  const labels = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('1', '2'), { noNullPrototype: true });
  const env = fc.uniqueArray(fc.record({ name: fc.constantFrom('X', 'Y', 'Z'), value: fc.constantFrom('1', '2') }), {
    selector: ({ name }) => name,
  });
  const version = fc.record({ labels, env });
  const object = ({ labels, env }: { labels: Record<string, string>; env: Json[] }) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { labels },
    spec: { containers: [{ name: 'c', env }] },
  });

  fc.assert(
    fc.property(version, version, version, (last, modified, live) => {
      const current = object({ labels: { ...live.labels, live: 'x' }, env: live.env });

      const { patch } = threeWayPatch({ lastApplied: object(last), modified: object(modified), current });
      const result = strategicPatch(current, patch);

      const keep = (name: string, versions: { last: string[]; modified: string[] }) =>
        versions.modified.includes(name) || !versions.last.includes(name);
      const names = { last: Object.keys(last.labels), modified: Object.keys(modified.labels) };
      const kept = Object.entries(current.metadata.labels).filter(([name]) => keep(name, names));
      const variables = {
        last: last.env.map(({ name }): string => name),
        modified: modified.env.map(({ name }): string => name),
      };
      const keptEnv = live.env.filter(({ name }) => keep(name, variables));
      const expectedEnv = new Map([...keptEnv, ...modified.env].map((variable) => [variable.name, variable]));
      const value = (result as unknown as { value: ReturnType<typeof object> }).value;
      const resultEnv = (value.spec.containers[0]?.env ?? []) as { name: string }[];
      expect(value.metadata.labels).toEqual({ ...Object.fromEntries(kept), ...modified.labels });
      expect(new Map(resultEnv.map((variable) => [variable.name, variable]))).toEqual(expectedEnv);
      expect(resultEnv.map(({ name }) => name).filter((name) => variables.modified.includes(name))).toEqual(
        variables.modified,
      );
      expect(mergePatch(value, {})).toBe(value);
    }),
  );
});

interface ContainerSpec {
  readonly name: string;
  readonly image: string;
}

function setWith(containers: readonly ContainerSpec[]): JsonObject & { apiVersion: string; kind: string } {
  const template = { spec: { containers: containers as unknown as JsonObject[] } };
  return { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'web' }, spec: { template } };
}

test('an element that the manifest no longer has is deleted by its key', () => {
  const lastApplied = setWith([
    { name: 'c', image: 'nginx:1' },
    { name: 'side', image: 'x' },
  ]);
  const modified = setWith([{ name: 'c', image: 'nginx:1' }]);

  expect(threeWayPatch({ lastApplied, modified, current: lastApplied }).patch).toMatchObject({
    spec: { template: { spec: { containers: [{ $patch: 'delete', name: 'side' }] } } },
  });
});

test('a patch against the live object makes its containers those of the manifest', () => {
  const containers = fc.uniqueArray(
    fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd'), image: fc.constantFrom('x:1', 'x:2') }),
    { selector: ({ name }) => name },
  );
  fc.assert(
    fc.property(containers, containers, (first, second) => {
      const current = setWith(first);
      const modified = setWith(second);
      const { patch } = threeWayPatch({ lastApplied: current, modified, current });

      expect(strategicPatch(current, patch)).toEqual({ ok: true, value: modified });
    }),
  );
});

test('a merge patch against the live object makes a custom one what the manifest says', () => {
  const members = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(fc.integer(), fc.array(fc.integer())));
  const type = { apiVersion: 'db.example.com/v1', kind: 'MongoCluster' };
  fc.assert(
    fc.property(members, members, (first, second) => {
      const current = { ...type, spec: first };
      const modified = { ...type, spec: second };
      const { patch } = threeWayPatch({ lastApplied: current, modified, current });

      expect(mergePatch(current, patch)).toEqual(modified);
    }),
  );
});
