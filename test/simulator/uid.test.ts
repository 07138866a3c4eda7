import { expect, test } from 'vitest';
import { createRandom } from '../../src/simulator/random.ts';
import { createUids } from '../../src/simulator/uid.ts';

const version4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('uids are version 4 UUIDs, different from each other and the same for the same seed', () => {
  const uids = createUids(createRandom(1).stream('uids'));
  const again = createUids(createRandom(1).stream('uids'));
  const seen = new Set<string>();

  for (let count = 0; count < 10_000; count++) {
    const uid = uids();
    expect(uid).toMatch(version4);
    expect(again()).toBe(uid);
    seen.add(uid);
  }

  expect(seen.size).toBe(10_000);
});

test('every free digit of a uid varies', () => {
  const uids = createUids(createRandom(1).stream('uids'));
  const digits = Array.from({ length: 36 }, () => new Set<string>());

  for (let count = 0; count < 500; count++) {
    for (const [position, digit] of uids().split('').entries()) digits[position]!.add(digit);
  }

  const fixed = new Map([
    [8, 1],
    [13, 1],
    [14, 1],
    [18, 1],
    [19, 4],
    [23, 1],
  ]);
  expect(digits.map(({ size }) => size)).toEqual(digits.map((_, position) => fixed.get(position) ?? 16));
});
