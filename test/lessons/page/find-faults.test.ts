import { expect, test } from 'vitest';
import { findFaults } from '../../../src/lessons/page/browser/editor/find-faults.ts';
import { sayFault } from '../../../src/lessons/page/browser/editor/say-fault.ts';
import { en } from '../../../src/lessons/page/browser/words/en.ts';
import { zh } from '../../../src/lessons/page/browser/words/zh.ts';

const set = 'apiVersion: apps/v1\nkind: StatefulSet\n';

function said(text: string, allowed: readonly string[] = []): readonly string[] {
  return findFaults(text, allowed).map(({ from, to, what }) => `${text.slice(from, to)} → ${sayFault(what, en)}`);
}

test('a manifest without faults has none', () => {
  const text = `${set}metadata: { name: web, labels: { a: b } }\nspec: { replicas: 3, template: { spec: { containers: [ { name: a } ] } } }\n`;

  expect(said(text, ['StatefulSet.apps'])).toEqual([]);
});

test.each([
  [
    'a field that is misspelt',
    `${set}spec:\n  replica: 3\n`,
    'replica → there is no field replica here; did you mean replicas?',
  ],
  ['a value of another type', `${set}spec:\n  replicas: many\n`, 'many → replicas wants int32'],
  [
    'an object in the place of a list',
    `${set}spec:\n  template:\n    spec:\n      containers:\n        name: a\n`,
    /^name: a\s* → containers wants \[\]Container$/,
  ],
  [
    'a kind that is misspelt',
    'apiVersion: apps/v1\nkind: StatefulSett\n',
    'StatefulSett → Kubernetes knows no apps/v1 StatefulSett; did you mean StatefulSet?',
  ],
  ['a kind of another group', 'apiVersion: v1\nkind: StatefulSet\n', 'v1 → Kubernetes knows no v1 StatefulSet'],
  ['a kind that the exercise does not take', 'apiVersion: v1\nkind: Pod\n', 'Pod → this file takes Service, not Pod'],
  ['text that is no YAML', 'a: [1\nb: 2\n', / → YAML: /],
])('%s is told at its place', (_what, text, expected) => {
  expect(said(text, text.includes('kind: Pod') ? ['Service'] : [])).toEqual([expect.stringMatching(expected)]);
});

test.each([
  '',
  '---\n---\n',
  'a',
  '- 1',
  '\u0000',
  '&a [*a]',
  'kind: 3\napiVersion: {}\n',
  `${set}spec:\n`,
  `${set}spec: *x\n`,
])('a text such as %j does not break it', (text) => {
  expect(() => findFaults(text, [])).not.toThrow();
});

test('every language says every fault', () => {
  for (const { what } of findFaults(`${set}spec: { replica: 1, replicas: a }\n---\napiVersion: v1\nkind: Pop\n`, [])) {
    expect(sayFault(what, zh)).not.toBe(sayFault(what, en));
  }
});
