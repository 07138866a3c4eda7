import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../../src/simulator/random.ts';

const seed = 20_260_101;

test('the same seed and stream give the same draws, whatever other streams draw', () => {
  fc.assert(
    fc.property(fc.integer(), fc.string(), fc.nat(20), (value, name, others) => {
      const alone = createRandom(value).stream(name);
      const root = createRandom(value);
      const beside = root.stream(name);
      const other = root.stream(`${name}!`);
      for (let draw = 0; draw < others; draw++) other.integer(0, 9);
      root.integer(0, 9);

      const expected = Array.from({ length: 10 }, () => alone.integer(0, 1_000_000));
      expect(Array.from({ length: 10 }, () => beside.integer(0, 1_000_000))).toEqual(expected);
    }),
    { seed },
  );
});

test('the draws of a seed are pinned: they must not change with the engine or by accident', () => {
  const random = createRandom(1);

  expect(Array.from({ length: 4 }, () => random.integer(0, 999_999))).toMatchInlineSnapshot(`
    [
      664067,
      420364,
      328749,
      601341,
    ]
  `);
  expect(random.stream('kubelet/kind-worker').text(5, 'bcdfghjklmnpqrstvwxz2456789')).toMatchInlineSnapshot(`"fqntd"`);
});

test('integers stay within their bounds, also beyond 31 bits', () => {
  const bounds = fc.tuple(fc.integer({ min: -1e15, max: 1e15 }), fc.nat(2 ** 40));
  fc.assert(
    fc.property(fc.integer(), bounds, (value, [low, range]) => {
      const random = createRandom(value);
      for (let draw = 0; draw < 20; draw++) {
        const drawn = random.integer(low, low + range);
        expect(Number.isSafeInteger(drawn) && drawn >= low && drawn <= low + range).toBe(true);
      }
    }),
    { seed },
  );
});

test('draws are spread evenly: no bucket of twenty is off by more than a tenth', () => {
  const random = createRandom(7).stream('spread');
  const buckets = Array.from({ length: 20 }, () => 0);

  for (let draw = 0; draw < 100_000; draw++) buckets[random.integer(0, 19)]!++;

  expect(Math.min(...buckets)).toBeGreaterThan(4500);
  expect(Math.max(...buckets)).toBeLessThan(5500);
});

test('streams of neighbouring names and seeds do not look alike', () => {
  const firsts = new Set<number>();
  for (let value = 0; value < 100; value++) {
    for (let ordinal = 0; ordinal < 100; ordinal++) {
      firsts.add(createRandom(value).stream(`pod/web-${ordinal}`).integer(0, 0x7ffffffe));
    }
  }

  // 10,000 draws of 2^31 values meet about 0.02 times.
  expect(firsts.size).toBeGreaterThan(9_998);
});
