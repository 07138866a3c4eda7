import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { indentationAfter } from '../../../src/lessons/page/browser/editor/indent.ts';
import { placeAt } from '../../../src/lessons/page/browser/editor/place-at.ts';
import { suggest } from '../../../src/lessons/page/browser/editor/suggestions.ts';
import type { Descriptions } from '../../../src/lessons/page/browser/editor/field-at.ts';

const descriptions = JSON.parse(readFileSync('schema/kubernetes-descriptions.json', 'utf8')) as Descriptions;

/** The place at the `|` of a text. */
function place(text: string): ReturnType<typeof placeAt> {
  return placeAt(text.replace('|', ''), text.indexOf('|'));
}

function labels(text: string, allowed: readonly string[] = []): readonly string[] {
  const found = place(text);
  return found === undefined ? [] : suggest(found, { allowed, descriptions }).map(({ label }) => label);
}

const set = 'apiVersion: apps/v1\nkind: StatefulSet\n';

describe('the place of a caret', () => {
  test.each([
    ['a field of the document', `${set}sp|`, ['path', 'name', 0]],
    ['a field below another', `${set}spec:\n  po|`, ['path', 'name', 2]],
  ])('%s is told with its column', (_what, text, [, part, column]) => {
    expect(place(text)).toMatchObject({ part, column, kind: 'StatefulSet', apiVersion: 'apps/v1' });
  });

  test.each([
    ['spec:\n  template:\n    spec:\n      containers:\n        - na|', 'spec.template.spec.containers.[]'],
    [
      'spec:\n  template:\n    spec:\n      containers:\n      - name: a\n        im|',
      'spec.template.spec.containers.[]',
    ],
    [
      'spec:\n  template:\n    spec:\n      containers:\n      - name: a\n        ports:\n        - con|',
      'spec.template.spec.containers.[].ports.[]',
    ],
    ['spec:\n  a:\n    b: 1\n\n  # words\n  |', 'spec'],
    ['spec:\n  podManagementPolicy: Pa|', 'spec.podManagementPolicy'],
    ['spec:\n  accessModes:\n  - Rea|', 'spec.accessModes.[]'],
    ['- - x|', '[].[]'],
  ])('%j is at %s', (text, path) => {
    expect(place(text)?.path.join('.')).toBe(path);
  });

  test('fields of its own level are siblings, above and below, those of others are not', () => {
    const found = place(
      `${set}spec:\n  replicas: 3\n  selector:\n    matchLabels: {}\n  |\n  serviceName: web\nstatus: {}\n`,
    );

    expect([...(found?.siblings ?? [])].sort()).toEqual(['replicas', 'selector', 'serviceName']);
  });

  test('each document of a file has a kind of its own', () => {
    const text = `apiVersion: v1\nkind: Service\nspec:\n  |\n---\n${set}`;

    expect(place(text)).toMatchObject({ kind: 'Service', apiVersion: 'v1' });
    expect(place(`${text.replace('|', '')}spec:\n  |`)).toMatchObject({ kind: 'StatefulSet' });
  });

  test.each(['# replicas|', '--- |', 'spec: { re|', 'a b c|'])('nothing is said in %j', (text) => {
    expect(place(text)).toBeUndefined();
  });

  test('is found in a text of a hundred thousand lines', () => {
    const text = `${set}spec:\n${'  a: 1\n'.repeat(100_000)}  |`;

    expect(place(text)?.path).toEqual(['spec']);
  });
});

describe('suggestions', () => {
  test('are the fields of the type, without those that are there and those that the cluster writes', () => {
    expect(labels(`${set}spec:\n  replicas: 1\n  |`)).toEqual(
      expect.arrayContaining(['podManagementPolicy', 'updateStrategy']),
    );
    expect(labels(`${set}spec:\n  replicas: 1\n  |`)).not.toContain('replicas');
    expect(labels(`${set}|`)).toEqual(['metadata', 'spec']);
    expect(labels(`${set}metadata:\n  |`)).not.toContain('managedFields');
  });

  test('follow lists and embedded types', () => {
    expect(labels(`${set}spec:\n  template:\n    spec:\n      containers:\n        - |`)).toContain('readinessProbe');
    expect(labels(`${set}spec:\n  volumeClaimTemplates:\n  - metadata:\n      name: d\n    |`)).toEqual(
      expect.arrayContaining(['spec', 'kind']),
    );
  });

  test('are the words that a field takes', () => {
    expect(labels(`${set}spec:\n  podManagementPolicy: |`)).toEqual(['OrderedReady', 'Parallel']);
    expect(labels(`${set}spec:\n  template:\n    spec:\n      hostNetwork: |`)).toEqual(['true', 'false']);
    expect(labels('apiVersion: v1\nkind: PersistentVolumeClaim\nspec:\n  accessModes:\n    - |')).toContain(
      'ReadWriteOnce',
    );
  });

  test('of kinds are those that the exercise takes', () => {
    const allowed = ['Service', 'StatefulSet.apps'];

    expect(labels('kind: |', allowed)).toEqual(['Service', 'StatefulSet']);
    expect(labels('apiVersion: apps/v1\nkind: |', allowed)).toEqual(['StatefulSet']);
    expect(labels('kind: StatefulSet\napiVersion: |', allowed)).toEqual(['apps/v1']);
  });

  test('are none below what is not known', () => {
    expect(labels('apiVersion: v1\nkind: Nothing\nspec:\n  |')).toEqual([]);
    expect(labels(`${set}spec:\n  nothing:\n    |`)).toEqual([]);
  });
});

test.each([
  ['spec:', 2],
  ['  - name: web', 4],
  ['    image: nginx:1.27', 4],
  ['  ports:  # of the pod', 4],
  ['# words:', 0],
])('behind %j a line begins at column %i', (line, column) => {
  expect(indentationAfter(line)).toBe(column);
});
