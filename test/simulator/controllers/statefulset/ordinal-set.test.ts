import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { OrdinalSet } from '../../../../src/simulator/controllers/statefulset/ordinal-set.ts';

// Dense near 0, so that whole words fill up, and sparse up to the largest int32.
const ordinal = fc.oneof(fc.nat(70), fc.nat(2100), fc.nat(2_147_483_647));

test('an ordinal set finds the same neighbours as a sorted array', () => {
  const operations = fc.array(fc.record({ from: ordinal, length: fc.nat(80), present: fc.boolean() }), {
    maxLength: 40,
  });

  fc.assert(
    fc.property(operations, fc.array(ordinal, { minLength: 1, maxLength: 10 }), (changes, probes) => {
      const set = new OrdinalSet();
      const naive = new Set<number>();
      for (const { from, length, present } of changes) {
        for (let at = from; at <= Math.min(from + length, 2_147_483_647); at++) {
          set.set(at, present);
          if (present) naive.add(at);
          else naive.delete(at);
        }
      }
      const sorted = [...naive].sort((a, b) => a - b);

      expect(set.size).toBe(sorted.length);
      for (const probe of [...probes, ...changes.map(({ from }) => from)]) {
        let missing = probe;
        while (naive.has(missing)) missing += 1;
        expect(set.has(probe)).toBe(naive.has(probe));
        expect(set.next(probe)).toBe(sorted.find((at) => at >= probe) ?? Infinity);
        expect(set.previous(probe)).toBe(sorted.findLast((at) => at <= probe) ?? -1);
        expect(set.nextMissing(probe)).toBe(missing);
      }
    }),
  );
});
