import { expect, test } from 'vitest';
import { InvariantError } from '../../../src/simulator/invariant.ts';
import { AddressPool, parseAddress } from '../../../src/simulator/nodes/address-pool.ts';

test('each pod gets a new address, also after one was given back', () => {
  const pool = new AddressPool({ first: parseAddress('10.244.1.0'), prefix: 24 });

  const first = pool.take();
  pool.release(first);
  const second = pool.take();

  expect(pool.cidr).toBe('10.244.1.0/24');
  expect(first).toBe('10.244.1.2');
  expect(second).toBe('10.244.1.3');
});

test('a range goes round, leaves out what is taken, and says when nothing is left', () => {
  const pool = new AddressPool({ first: parseAddress('10.244.0.0'), prefix: 29 });

  const taken = Array.from({ length: 5 }, () => pool.take());
  pool.release('10.244.0.4');

  expect(new Set(taken).size).toBe(5);
  expect(pool.take()).toBe('10.244.0.4');
  expect(() => pool.take()).toThrow(InvariantError);
});
