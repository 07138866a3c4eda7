import { describe, expect, test } from 'vitest';
import { ageOf, humanDuration } from '../../../src/kubernetes/table/human-duration.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('humanDuration', () => {
  test.each([
    [-1001, '<invalid>'],
    [-500, '0s'],
    [0, '0s'],
    [119 * second + 999, '119s'],
    [120 * second, '2m'],
    [121 * second, '2m1s'],
    [599 * second, '9m59s'],
    [10 * minute, '10m'],
    [179 * minute + 59 * second, '179m'],
    [3 * hour, '3h'],
    [7 * hour + 59 * minute, '7h59m'],
    [8 * hour, '8h'],
    [47 * hour + 59 * minute, '47h'],
    [48 * hour, '2d'],
    [7 * day + 23 * hour, '7d23h'],
    [8 * day, '8d'],
    [729 * day, '729d'],
    [730 * day, '2y'],
    [731 * day, '2y1d'],
    [2919 * day, '7y364d'],
    [2920 * day, '8y'],
  ])('%i ms is %s', (ms, shown) => {
    expect(humanDuration(ms)).toBe(shown);
  });
});

describe('ageOf', () => {
  test('counts across a leap day', () => {
    expect(ageOf('2028-02-28T00:00:00Z', '2028-03-01T00:00:00.500000Z')).toBe('2d');
  });

  test('is unknown without a timestamp', () => {
    expect(ageOf(null, '2026-01-01T00:00:00Z')).toBe('<unknown>');
  });

  test('agrees with the host on any moment', () => {
    for (let ms = Date.UTC(1999, 11, 30); ms < Date.UTC(2041, 0, 1); ms += 37 * day + 12_345_000) {
      const at = new Date(ms).toISOString();
      expect(ageOf(at, new Date(ms + 61 * second).toISOString())).toBe('61s');
    }
  });
});
