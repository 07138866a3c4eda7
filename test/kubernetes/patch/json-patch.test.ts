import { expect, test } from 'vitest';
import type { Json } from '../../../src/kubernetes/object.ts';
import { jsonPatch } from '../../../src/kubernetes/patch/json-patch.ts';

const set = { metadata: { labels: { a: '1' } }, spec: { replicas: 2, containers: [{ name: 'a' }, { name: 'b' }] } };
const rejected = 'the server rejected our request due to an error in our request';

test('operations are applied in order, on a value of their own', () => {
  const before = JSON.stringify(set);

  const result = jsonPatch(set, [
    { op: 'test', path: '/spec/replicas', value: 2 },
    { op: 'replace', path: '/spec/replicas', value: 3 },
    { op: 'add', path: '/spec/containers/-', value: { name: 'c' } },
    { op: 'remove', path: '/spec/containers/0' },
    { op: 'add', path: '/metadata/annotations', value: { 'a/b': 'x' } },
    { op: 'copy', from: '/metadata/annotations/a~1b', path: '/metadata/name' },
  ]);

  expect(result).toEqual({
    ok: true,
    value: {
      metadata: { labels: { a: '1' }, annotations: { 'a/b': 'x' }, name: 'x' },
      spec: { replicas: 3, containers: [{ name: 'b' }, { name: 'c' }] },
    },
  });
  expect(JSON.stringify(set)).toBe(before);
});

test('what stays equal is shared', () => {
  const result = jsonPatch(set, [{ op: 'replace', path: '/spec/replicas', value: 3 }]) as unknown as {
    value: typeof set;
  };
  const same = jsonPatch(set, [{ op: 'replace', path: '/spec/replicas', value: 2 }]) as unknown as {
    value: typeof set;
  };

  expect(result.value.metadata).toBe(set.metadata);
  expect(result.value.spec.containers).toBe(set.spec.containers);
  expect(same.value).toBe(set);
});

test.each<[string, Json, string]>([
  [
    'a test that fails',
    { op: 'test', path: '/spec/replicas', value: 9 },
    'the value at /spec/replicas is not the expected one',
  ],
  ['a missing parent', { op: 'replace', path: '/spec/nope/0', value: 9 }, 'there is nothing at /spec/nope/0'],
  ['a missing member', { op: 'remove', path: '/spec/nope' }, 'there is nothing at /spec/nope'],
  [
    'a place past the end',
    { op: 'add', path: '/spec/containers/7', value: {} },
    'there is nothing at /spec/containers/7',
  ],
  ['an unknown operation', { op: 'frob', path: '/spec' }, 'unknown operation "frob"'],
  [
    'a path without a slash',
    { op: 'remove', path: 'spec' },
    '"spec" is no JSON pointer: it must be empty or start with `/`',
  ],
  ['no path', { op: 'remove' }, 'undefined is no JSON pointer: it must be empty or start with `/`'],
  ['the prototype', { op: 'add', path: '/spec/__proto__/x', value: 1 }, '`__proto__` is no name of a member'],
  ['a move without from', { op: 'move', path: '/spec/x' }, '`from` is missing'],
])('%s is refused as the API server does, with the place', (_, operation, detail) => {
  const result = jsonPatch(set, [{ op: 'test', path: '/spec/replicas', value: 2 }, operation]);

  expect(result).toEqual({ ok: false, reason: 'failed', message: rejected, operation: 1, detail });
  expect(({} as Record<string, unknown>)['x']).toBeUndefined();
});

test('what is no list of operations cannot be decoded', () => {
  expect(jsonPatch(set, { op: 'add' })).toEqual({
    ok: false,
    reason: 'undecodable',
    message: 'json: cannot unmarshal object into Go value of type jsonpatch.Patch',
  });
  expect(jsonPatch(set, ['x'])).toMatchObject({ ok: false, reason: 'undecodable' });
  expect(
    jsonPatch(
      set,
      Array.from({ length: 10_001 }, () => ({})),
    ),
  ).toMatchObject({ ok: false, reason: 'tooLarge' });
});
