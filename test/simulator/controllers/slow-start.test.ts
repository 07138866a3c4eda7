import { expect, test } from 'vitest';
import { slowStartBatches } from '../../../src/simulator/controllers/slow-start.ts';

const places = (count: number): number[] => Array.from({ length: count }, (_, place) => place);

test('batches double until they have 500 members', () => {
  const batches = slowStartBatches(places(1600), (place) => place);

  expect(batches.map(({ length }) => length)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 500, 500, 89]);
});

test('members that need nothing take up a place', () => {
  expect(slowStartBatches([0, 4, 5, 9], (place) => place)).toEqual([[0], [4, 5], [9]]);
});
