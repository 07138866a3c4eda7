import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { sameJson, shareUnchanged } from '../../src/kubernetes/json-equal.ts';
import type { Json } from '../../src/kubernetes/object.ts';

const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;

test.each<[unknown, unknown, boolean]>([
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
  [{ a: 1, b: undefined }, { a: 1 }, true],
  [{ a: 1 }, { a: 1, b: null }, false],
  [[1, 2], [2, 1], false],
  [[], {}, false],
  [null, {}, false],
  [{ length: 0 }, [], false],
  [{}, { toString: 1 }, false],
])('%j and %j: %j', (a, b, same) => {
  expect(sameJson(a, b)).toBe(same);
  expect(sameJson(b, a)).toBe(same);
});

test('a copy is the same, and is replaced by what it copies', () => {
  fc.assert(
    fc.property(json, (value) => {
      const copy = structuredClone(value);

      expect(sameJson(value, copy)).toBe(true);
      expect(shareUnchanged(value, copy)).toBe(value);
    }),
  );
});

test('sharing never changes the value', () => {
  fc.assert(
    fc.property(json, json, (before, after) => {
      expect(sameJson(shareUnchanged(before, after), after)).toBe(true);
    }),
  );
});

test('parts that did not change are those of the value before', () => {
  const before = { spec: { a: [1, 2] }, status: { phase: 'Pending', list: [{ x: 1 }, { x: 2 }] } };
  const after = { spec: { a: [1, 2] }, status: { phase: 'Running', list: [{ x: 1 }, { x: 3 }] } };

  const shared = shareUnchanged(before, after);

  expect(shared).toEqual(after);
  expect(shared.spec).toBe(before.spec);
  expect(shared.status.list[0]).toBe(before.status.list[0]);
});
