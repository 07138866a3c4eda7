import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalQuantity, compareQuantities, isQuantity, parseQuantity } from '../../src/kubernetes/quantity.ts';

test.each([
  ['1000m', '1'],
  ['0.5', '500m'],
  ['0.1', '100m'],
  ['1024Mi', '1Gi'],
  ['1.5Gi', '1536Mi'],
  ['1Gi', '1Gi'],
  ['2000Mi', '2000Mi'],
  ['1024', '1024'],
  ['1000', '1k'],
  ['1000k', '1M'],
  ['0.5Ki', '512'],
  ['1Ki', '1Ki'],
  ['0.1Ki', '102400m'],
  ['1e3', '1e3'],
  ['12e5', '1200e3'],
  ['1E', '1E'],
  ['-1500m', '-1500m'],
  ['+2', '2'],
  ['.5', '500m'],
  ['5.', '5'],
  ['0.0000000001', '1n'],
  ['0', '0'],
  ['0Gi', '0'],
  ['9223372036854775808Ki', '9223372036854775807'],
])('the API server gives %s back as %s', (text, canonical) => {
  expect(canonicalQuantity(text)).toBe(canonical);
});

test.each(['', 'Gi', '1gi', '1 Gi', '1KB', '--1', '1.2.3', 'abc', '1e', '.', '0x10'])('%j is no quantity', (text) => {
  expect(parseQuantity(text)).toBeUndefined();
});

test('numbers are quantities, other values are not', () => {
  expect([isQuantity(1), isQuantity(0.5), isQuantity(NaN), isQuantity(true), isQuantity(null)]).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(canonicalQuantity(0.25)).toBe('250m');
});

test('quantities compare by value, whatever their suffix', () => {
  expect(compareQuantities('1Gi', '1024Mi')).toBe(0);
  expect(compareQuantities('1G', '1Gi')).toBeLessThan(0);
  expect(compareQuantities('1', '999m')).toBeGreaterThan(0);
  expect(compareQuantities('1', 'one')).toBeUndefined();
});

test('the canonical form has the same value and is its own canonical form', () => {
  const number = fc.tuple(fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: 0, max: 999 }));
  const suffix = fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'Ki', 'Mi', 'Gi', 'Ti', 'e3', 'E-2');

  fc.assert(
    fc.property(number, suffix, ([whole, fraction], suffix) => {
      const text = `${whole}.${fraction}${suffix}`;
      const canonical = canonicalQuantity(text);

      expect(canonical).toBeDefined();
      expect(compareQuantities(text, canonical!)).toBe(0);
      expect(canonicalQuantity(canonical!)).toBe(canonical);
    }),
  );
});
