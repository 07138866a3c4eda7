import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDuration, parseDurationMs } from '../../src/kubernetes/duration.ts';

test.each([
  ['1m30s', 90_000],
  ['500ms', 500],
  ['3m', 180_000],
  ['2h', 7_200_000],
  ['3.1s', 3100],
  ['1h1m1s1ms', 3_661_001],
  ['0s', 0],
])('%s is %i ms', (text, ms) => {
  expect(parseDurationMs(text)).toBe(ms);
});

test.each(['', '30', 's', '1s1m', '1m1m', '-1s', '1 s', '1d', '1.s', 's1', '3mins'])('%j is no duration', (text) => {
  expect(parseDurationMs(text)).toBeUndefined();
});

test.each([
  [3100, '3.1s'],
  [90_000, '1m30s'],
  [4, '4ms'],
  [0, '0ms'],
  [0.25, '0.25ms'],
  [999.6, '1s'],
  [59_999.9, '1m'],
  [7_500_000, '2h5m'],
  [-1500, '-1.5s'],
])('%d ms are written %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test('what is written is read back', () => {
  fc.assert(
    fc.property(fc.nat(), (ms) => {
      expect(parseDurationMs(formatDuration(ms))).toBe(ms);
    }),
  );
});
