import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareResourceVersions, isResourceVersion } from '../../src/trace/resource-version.ts';

test('versions compare as numbers of any length', () => {
  expect(compareResourceVersions('9', '10')).toBeLessThan(0);
  expect(compareResourceVersions('10', '9')).toBeGreaterThan(0);
  expect(compareResourceVersions('812', '812')).toBe(0);
  expect(compareResourceVersions('9007199254740993', '9007199254740992')).toBeGreaterThan(0);
});

test('versions sort as their numbers do', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 1n << 80n }), fc.bigInt({ min: 0n, max: 1n << 80n }), (a, b) => {
      expect(Math.sign(compareResourceVersions(`${a}`, `${b}`))).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});

test('what is no number stands behind all numbers', () => {
  expect(compareResourceVersions('abc', '99')).toBeGreaterThan(0);
  expect(compareResourceVersions('99', '')).toBeLessThan(0);
  expect(['0', '12', '', '012', '-1', 'x', 12].map(isResourceVersion)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});
