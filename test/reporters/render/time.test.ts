import { expect, test } from 'vitest';
import { formatMoment, formatReal, formatSpan } from '../../../reporters/render/time.ts';

test.each([
  [0, '+0.0s'],
  [49, '+0.0s'],
  [-20, '+0.0s'],
  [-2000, '-2.0s'],
  [3149, '+3.1s'],
  [59_949, '+59.9s'],
  [59_950, '+1m'],
  [347_000, '+5m47s'],
  [3_600_000, '+1h'],
  [3_900_000, '+1h5m'],
])('the moment %d ms is %s', (ms, text) => {
  expect(formatMoment(ms)).toBe(text);
});

test('spans have no sign', () => {
  expect(formatSpan(41_000)).toBe('41.0s');
});

test.each([
  [0.4, '0 ms'],
  [999, '999 ms'],
  [1300, '1.3 s'],
  [125_000, '2m 5s'],
])('%d ms of real time are %s', (ms, text) => {
  expect(formatReal(ms)).toBe(text);
});
