import { describe, expect, test } from 'vitest';

import { composeKindKey } from '../../src/kubernetes/kind.ts';
import { applyChanges } from '../../src/scenario/apply-changes.ts';
import { ManifestReader, readManifestFile, readManifests } from '../../src/scenario/manifests.ts';

const read = (text: string) => readManifests({ file: 'm.yaml', text });
const codes = (text: string) => read(text).problems.map(({ code }) => code);

describe('manifests', () => {
  test('are documents, lists and JSON', () => {
    const { objects, problems } = read(
      '# nothing\n---\napiVersion: v1\nkind: Service\nmetadata: { name: a }\n---\n{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Pod","metadata":{"name":"b"}},{"apiVersion":"v1","kind":"Pod","metadata":{"name":"c"}}]}\n---\n',
    );

    expect(problems).toEqual([]);
    expect(objects.map(({ manifest, span }) => [manifest.kind, manifest.metadata?.name, span.line])).toEqual([
      ['Service', 'a', 3],
      ['Pod', 'b', 7],
      ['Pod', 'c', 7],
    ]);
  });

  test('are YAML 1.1, as kubectl reads it, with times as text', () => {
    const { objects } = read(
      'apiVersion: v1\nkind: X\nspec: { mode: 0644, on: yes, at: 12:30:45, day: 2024-01-02, text: "0644" }\n',
    );

    expect(objects[0]?.manifest['spec']).toEqual({
      mode: 420,
      true: true,
      at: '12:30:45',
      day: '2024-01-02',
      text: '0644',
    });
  });

  test('may use anchors and merges', () => {
    const { objects, problems } = read('apiVersion: v1\nkind: X\na: &a { b: 1 }\nc: { <<: *a, d: 2 }\n');

    expect(problems).toEqual([]);
    expect(objects[0]?.manifest['c']).toEqual({ b: 1, d: 2 });
  });

  test.each([
    ['text', 'just text', ['bad-manifest']],
    ['a list', '- apiVersion: v1\n', ['bad-manifest']],
    ['no kind', 'apiVersion: v1\n', ['bad-manifest']],
    ['no apiVersion', 'kind: Pod\n', ['bad-manifest']],
    ['nothing', '# nothing\n', ['bad-manifest']],
    ['a list with something else', 'apiVersion: v1\nkind: List\nitems: [1]\n', ['bad-manifest']],
    ['a key twice', 'apiVersion: v1\nkind: X\na: 1\na: 2\n', ['duplicate-key']],
    ['broken YAML', 'apiVersion: v1\nkind: "X\n', ['yaml-syntax']],
    ['an unknown alias', 'apiVersion: v1\nkind: X\na: *nobody\n', ['bad-manifest']],
    ['a scenario', 'scenario: x\nsteps: []\n', ['scenario-as-manifest']],
  ])('%s is refused', (_, text, wanted) => {
    expect(codes(text)).toEqual(wanted);
  });

  test('wrong fields and unknown versions are left to the API server', () => {
    expect(codes('apiVersion: apps/v1beta1\nkind: StatefulSet\nclusterIp: None\n')).toEqual([]);
  });

  test('a file that is not there is reported where it is named', () => {
    const span = { file: 's.yaml', line: 3, column: 4, start: 20, end: 25 };

    expect(readManifestFile('nowhere.yaml', process.cwd(), span)).toEqual({
      objects: [],
      problems: [{ code: 'missing-file', severity: 'error', message: 'there is no file nowhere.yaml', span }],
    });
  });
});

describe('changes', () => {
  const { objects } = readManifestFile('test/fixtures/scenario-errors/manifests/web.yaml', process.cwd());
  const span = { file: 's.yaml', line: 1, column: 1, start: 0, end: 1 };

  test('merge lists by key and leave the manifest as it was', () => {
    const before = JSON.stringify(objects);
    const patch = {
      spec: {
        template: {
          spec: {
            containers: [
              { name: 'nginx', image: 'nginx:1.28' },
              { name: 'side', image: 'x' },
            ],
          },
        },
      },
    };

    const changed = applyChanges(objects, [{ of: composeKindKey('apps', 'statefulset'), name: 'web', patch, span }]);

    expect(changed.problems).toEqual([]);
    expect(changed.objects[1]?.manifest).toMatchObject({
      spec: {
        replicas: 3,
        template: { spec: { containers: [{ name: 'nginx', image: 'nginx:1.28' }, { name: 'side' }] } },
      },
    });
    expect(JSON.stringify(objects)).toBe(before);
  });

  test('of an object that is not there are a problem', () => {
    const { problems } = applyChanges(objects, [{ of: composeKindKey('', 'pod'), name: 'web', patch: {}, span }]);

    expect(problems.map(({ code }) => code)).toEqual(['no-such-object']);
  });
});

test('a reader gives the same objects while a text stays the same, and others when it does not', () => {
  const reader = new ManifestReader();
  const text = 'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\n';

  const first = reader.read({ file: 'a.yaml', text });

  expect(reader.read({ file: 'a.yaml', text })).toBe(first);
  expect(reader.read({ file: 'b.yaml', text }).objects[0]?.span.file).toBe('b.yaml');
  expect(reader.read({ file: 'a.yaml', text: text.replace('p }', 'q }') }).objects[0]?.manifest.metadata?.name).toBe(
    'q',
  );
});
