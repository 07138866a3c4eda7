import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../../src/kubernetes/object.ts';
import { mergePatch } from '../../../src/kubernetes/patch/merge-patch.ts';

// The examples of RFC 7386, appendix A.
test.each<[Json, Json, Json]>([
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, null, null],
  [{ a: 'foo' }, 'bar', 'bar'],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
])('%j patched with %j is %j', (target, patch, result) => {
  expect(mergePatch(target, patch)).toEqual(result);
});

test('what is not touched is shared, and a patch without effect gives the same object', () => {
  const set = { metadata: { labels: { a: '1' } }, spec: { replicas: 3, template: { spec: {} } } };

  const scaled = mergePatch(set, { spec: { replicas: 5 } }) as typeof set;

  expect(scaled.spec.replicas).toBe(5);
  expect(scaled.metadata).toBe(set.metadata);
  expect(scaled.spec.template).toBe(set.spec.template);
  expect(mergePatch(set, { spec: { replicas: 3, gone: null }, metadata: { labels: { a: '1' } } })).toBe(set);
});

test('a member named __proto__ does no harm', () => {
  const patch = JSON.parse('{"__proto__":{"polluted":true},"metadata":{"__proto__":{"polluted":true}}}') as Json;

  const result = mergePatch({ metadata: {} }, patch);

  expect(JSON.stringify(result)).toBe('{"metadata":{"__proto__":{"polluted":true}},"__proto__":{"polluted":true}}');
  expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
});

test('a merge patch is idempotent, and never changes its target', () => {
  const { json } = fc.letrec<{ json: Json; object: Json }>((tie) => ({
    json: fc.oneof({ maxDepth: 4 }, fc.constant(null), fc.integer(), fc.string(), tie('object'), fc.array(tie('json'))),
    object: fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), tie('json')),
  }));

  fc.assert(
    fc.property(json, json, (target, patch) => {
      const before = JSON.stringify(target);

      const once = mergePatch(target, patch);

      expect(mergePatch(once, patch)).toEqual(once);
      expect(JSON.stringify(target)).toBe(before);
    }),
  );
});
