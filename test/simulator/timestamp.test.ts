import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { epochSeconds, formatMicroTimestamp, formatTimestamp, parseTimestamp } from '../../src/simulator/timestamp.ts';

const seed = 20_260_101;

test('moments are written as the calendar of the host writes them', () => {
  fc.assert(
    fc.property(fc.integer({ min: -200 * 366 * 86_400, max: 400 * 366 * 86_400 }), (second) => {
      const expected = new Date((epochSeconds + second) * 1000).toISOString().replace('.000Z', 'Z');

      expect(formatTimestamp(second * 1_000_000)).toBe(expected);
      expect(parseTimestamp(expected)).toBe(second * 1_000_000);
    }),
    { seed },
  );
});

test.each(['2000-02-29', '2000-03-01', '2100-02-28', '2100-03-01', '2024-12-31', '2400-02-29'])(
  'the day %s, where leap rules meet, is read and written',
  (day) => {
    const text = `${day}T23:59:59Z`;

    expect(parseTimestamp(text)).toBe((Date.parse(text) / 1000 - epochSeconds) * 1_000_000);
    expect(formatTimestamp(parseTimestamp(text)!)).toBe(text);
  },
);

test('microseconds survive writing and reading', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e13 }), (micros) => {
      expect(parseTimestamp(formatMicroTimestamp(micros))).toBe(micros);
    }),
    { seed },
  );
});

test.each(['', 'now', '2026-01-01', '2026-01-01T00:00:00', '2026-13-01T00:00:00Z', '2026-01-01T24:00:00Z'])(
  'the text %j names no moment',
  (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  },
);
