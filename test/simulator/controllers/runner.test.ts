import { expect, test } from 'vitest';
import { createClock, type Clock } from '../../../src/simulator/clock.ts';
import { createRandom } from '../../../src/simulator/random.ts';
import { startController } from '../../../src/simulator/controllers/runner.ts';
import type { Result } from '../../../src/simulator/api/server.ts';
import type { Controller, Informer, Pass, Plant, WorkQueue } from '../../../src/simulator/controllers/controller.ts';
import type { KubernetesObject } from '../../../src/kubernetes/object.ts';

const ms = 1000;
const ok: Result = { ok: true, value: {} as KubernetesObject };

/** Runs a controller whose passes are the given generator; nothing here needs an API server or an informer. */
function run(reconcile: (key: string, clock: Clock) => Pass, workers = 2) {
  const clock = createClock();
  const plant = {
    clock,
    random: createRandom(1),
    profile: { name: 'test', latencies: { apiCall: { low: 2 * ms, high: 10 * ms } } },
  } as unknown as Plant;
  let queue!: WorkQueue;
  const controller: Controller = {
    name: 'test-controller',
    workers,
    start: (_informer, own) => {
      queue = own;
    },
    reconcile: (key) => reconcile(key, clock),
  };
  startController(controller, {} as Informer, plant);
  return { clock, queue };
}

test('calls of a pass happen one after another, each after its latency', () => {
  const at: number[] = [];
  const { clock, queue } = run(function* (_key, own): Pass {
    for (let count = 0; count < 3; count++) {
      yield () => {
        at.push(own.now);
        return ok;
      };
    }
    return { kind: 'done' };
  });

  queue.enqueue('a');
  while (clock.step(Infinity));

  expect(at).toHaveLength(3);
  const gaps = at.map((time, position) => time - (at[position - 1] ?? 0));
  expect(gaps.every((gap) => gap >= 2 * ms && gap <= 10 * ms)).toBe(true);
});

test('a list of calls is one concurrent batch, answered in its own order', () => {
  const order: number[] = [];
  let answered: readonly unknown[] = [];
  let took = 0;
  const { clock, queue } = run(function* (_key, own): Pass {
    const results: readonly Result[] = yield Array.from({ length: 20 }, (_, position) => () => {
      order.push(position);
      return { ok: true, value: position as unknown as KubernetesObject } satisfies Result;
    });
    answered = results.map((result) => (result.ok ? result.value : undefined));
    took = own.now;
    return { kind: 'done' };
  });

  queue.enqueue('a');
  while (clock.step(Infinity));

  expect(answered).toEqual(Array.from({ length: 20 }, (_, position) => position));
  expect(order).not.toEqual(answered);
  expect(took).toBeLessThanOrEqual(10 * ms);
});

test('an empty list is answered at once', () => {
  let took = -1;
  const { clock, queue } = run(function* (_key, own): Pass {
    const results: readonly Result[] = yield [];
    took = own.now + results.length;
    return { kind: 'done' };
  });

  queue.enqueue('a');
  while (clock.step(Infinity));

  expect(took).toBe(0);
});

test('no pass begins inside the handler that enqueues, and wake-ups of one moment are one pass', () => {
  let passes = 0;
  const { clock, queue } = run(function* (): Pass {
    passes++;
    yield () => ok;
    return { kind: 'done' };
  });

  queue.enqueue('a');
  queue.enqueue('a');
  expect(passes).toBe(0);
  while (clock.step(Infinity));

  expect(passes).toBe(1);
});

test('no more passes run at once than there are workers, and never two of one key', () => {
  const running = new Set<string>();
  let most = 0;
  let passes = 0;
  const { clock, queue } = run(function* (key): Pass {
    expect(running.has(key)).toBe(false);
    running.add(key);
    most = Math.max(most, running.size);
    if (passes < 50) queue.enqueue(key);
    yield () => ok;
    yield [() => ok, () => ok];
    running.delete(key);
    passes++;
    return { kind: 'done' };
  }, 3);

  for (let count = 0; count < 8; count++) queue.enqueue(`key-${count}`);
  while (clock.step(Infinity));

  expect(most).toBe(3);
  expect(passes).toBeGreaterThanOrEqual(50);
  expect(running.size).toBe(0);
});

test('an error comes back after its back-off, a success resets it', () => {
  const starts: number[] = [];
  const { clock, queue } = run(function* (_key, own): Pass {
    starts.push(own.now);
    yield [];
    if (starts.length !== 4) return { kind: 'error', message: 'not yet' };
    queue.enqueue('a');
    return { kind: 'done' };
  });

  queue.enqueue('a');
  for (let steps = 0; steps < 40 && starts.length < 6; steps++) clock.step(Infinity);

  // 5, 10 and 20 ms; a success, whose wake-up follows at once; 5 ms again.
  expect(starts.map((start) => start / ms)).toEqual([0, 5, 15, 35, 35, 40]);
});

test('a pass that asks to come back is a deadline until then', () => {
  let passes = 0;
  const { clock, queue } = run(function* (): Pass {
    passes++;
    yield [];
    return passes === 1 ? { kind: 'done', requeueAfter: 30_000 * ms } : { kind: 'done' };
  });

  queue.enqueue('a');
  clock.advanceTo(1);
  expect([clock.pending('work'), clock.pending('deadline')]).toEqual([0, 1]);
  clock.advanceTo(30_000 * ms);

  expect(passes).toBe(2);
});
