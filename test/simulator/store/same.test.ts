import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { same, sameExcept } from '../../../src/simulator/store/same.ts';

const seed = 20_260_101;
const json = fc.jsonValue({ maxDepth: 4 });

/** Members sorted, so that two texts are equal exactly if the values are. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

test('two values are the same exactly if their canonical texts are', () => {
  fc.assert(
    fc.property(json, json, (left, right) => {
      expect(same(left, right)).toBe(canonical(left) === canonical(right));
      expect(same(left, JSON.parse(JSON.stringify(left)))).toBe(true);
    }),
    { seed },
  );
});

test.each([
  [{ a: 1, b: undefined }, { a: 1 }, true],
  [{ a: 1 }, { a: 1, b: undefined }, true],
  [{ a: 1 }, { a: 1, b: null }, false],
  [{ a: undefined, b: 1 }, { a: 1, b: 1 }, false],
  [{ b: 2, a: 1 }, { a: 1, b: 2 }, true],
  [[1, 2], [2, 1], false],
  [[], {}, false],
  [{}, [], false],
  [null, {}, false],
  [{ a: { b: [] } }, { a: { b: [undefined] } }, false],
])('%j and %j: same is %s', (left, right, expected) => {
  expect(same(left, right)).toBe(expected);
});

test('a member can be left out of the comparison', () => {
  expect(sameExcept({ a: 1, version: '1' }, { a: 1, version: '2' }, 'version')).toBe(true);
  expect(sameExcept({ a: 1, version: '1' }, { a: 1 }, 'version')).toBe(true);
  expect(sameExcept({ a: 1, version: '1' }, { a: 2, version: '1' }, 'version')).toBe(false);
});
