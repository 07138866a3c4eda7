import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Fifo } from '../../src/simulator/fifo.ts';

test('what was pushed comes out in the same order, through thousands of turns', () => {
  const runs = fc.array(fc.record({ pushes: fc.nat(2000), shifts: fc.nat(2500) }), { maxLength: 8 });
  fc.assert(
    fc.property(runs, (turns) => {
      const fifo = new Fifo<{ readonly value: number }>();
      let pushed = 0;
      let shifted = 0;
      for (const { pushes, shifts } of turns) {
        for (let count = 0; count < pushes; count++) fifo.push({ value: pushed++ });
        const out: (number | undefined)[] = [];
        for (let count = 0; count < shifts; count++) {
          const next = fifo.peek();
          if (fifo.shift() === next) out.push(next?.value);
        }
        expect(out).toEqual(out.map(() => (shifted < pushed ? shifted++ : undefined)));
        expect(out).toHaveLength(shifts);
        expect(fifo.length).toBe(pushed - shifted);
      }
    }),
    { seed: 20_260_101, numRuns: 30 },
  );
});
