import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareNatural, matchesPattern, ordinalOf, parentOf } from '../../src/kubernetes/names.ts';

test('numbers in names sort as numbers', () => {
  const names = ['web-10', 'web-2', 'Web-3', 'web', 'web-1', 'web-01', 'web-9007199254740993', 'web-9007199254740992'];

  expect(names.toSorted(compareNatural)).toEqual([
    'Web-3',
    'web',
    'web-01',
    'web-1',
    'web-2',
    'web-10',
    'web-9007199254740992',
    'web-9007199254740993',
  ]);
});

test('the natural order is total', () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'b', '-', '0', '1', '9') });
  fc.assert(
    fc.property(name, name, name, (a, b, c) => {
      expect(Math.sign(compareNatural(a, b))).toBe(-Math.sign(compareNatural(b, a)) + 0);
      expect(compareNatural(a, b) === 0).toBe(a === b);
      expect(compareNatural(a, b) > 0 || compareNatural(b, c) > 0 || compareNatural(a, c) <= 0).toBe(true);
    }),
  );
});

test.each([
  ['web-0', 0, 'web'],
  ['web-db-12', 12, 'web-db'],
  ['web-2147483647', 2_147_483_647, 'web'],
  ['web-99999999999', undefined, 'web'],
  ['web', undefined, undefined],
  ['web-x', undefined, undefined],
  ['-1', 1, ''],
])('%s has ordinal %j and parent %j', (name, ordinal, parent) => {
  expect(ordinalOf(name)).toBe(ordinal);
  expect(parentOf(name)).toBe(parent);
});

test.each([
  ['web-0', 'web-*', true],
  ['web-', 'web-*', true],
  ['web', 'web-*', false],
  ['www-web-0', '*-web-*', true],
  ['www-web', '*-web-*', false],
  ['aXbXc', 'a*b*c', true],
  ['aba', 'ab*ba', false],
  ['web-0', 'web-0', true],
  ['web-0', 'web', false],
  ['anything', '*', true],
  ['aab', '*a*b', true],
  ['w.b', 'w?b', false],
])('%s against %s: %j', (name, pattern, fits) => {
  expect(matchesPattern(name, pattern)).toBe(fits);
});
