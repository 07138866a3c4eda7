import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createClock } from '../../../src/simulator/clock.ts';
import { createWorkQueue, type WorkerQueue } from '../../../src/simulator/controllers/work-queue.ts';
import type { Clock } from '../../../src/simulator/clock.ts';

const seed = 20_260_101;
const ms = 1000;
const second = 1_000_000;

function freshQueue(): { readonly clock: Clock; readonly queue: WorkerQueue } {
  const clock = createClock();
  return { clock, queue: createWorkQueue({ clock, name: 'test', onReady: () => {} }) };
}

interface Entry {
  readonly kind: 'enqueue' | 'take' | 'done';
  readonly key: string;
}

/** Carries out a plan on a queue with any number of workers, then works off what is left; tells what happened. */
function carryOut(plan: readonly Entry[]): readonly Entry[] {
  const { queue } = freshQueue();
  const log: Entry[] = [];
  const inWork = new Set<string>();
  const give = (key: string) => {
    if (!inWork.delete(key)) return;
    log.push({ kind: 'done', key });
    queue.done(key);
  };
  const take = () => {
    const key = queue.take();
    if (key === undefined) return false;
    log.push({ kind: 'take', key });
    inWork.add(key);
    return true;
  };
  for (const { kind, key } of plan) {
    if (kind === 'take') take();
    else if (kind === 'done') give(key);
    else {
      log.push({ kind, key });
      queue.enqueue(key);
    }
  }
  do for (const key of inWork) give(key);
  while (take());
  return log;
}

test('a key is never in two workers, no wake-up is lost, and those that wait together are one pass', () => {
  const entry = fc.record({
    kind: fc.constantFrom<Entry['kind']>('enqueue', 'enqueue', 'take', 'done'),
    key: fc.constantFrom('a', 'b', 'c'),
  });
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 80 }), (plan) => {
      const log = carryOut(plan);

      for (const key of ['a', 'b', 'c']) {
        const own = log.filter((each) => each.key === key).map(({ kind }) => kind);
        // What stands before the first take, between two, and behind the last one.
        const passes = own.join(' ').split('take');
        expect(passes.slice(0, -1).every((before) => before.includes('enqueue'))).toBe(true);
        expect(passes.slice(1, -1).every((between) => between.includes('done'))).toBe(true);
        expect(passes.at(-1)).not.toContain('enqueue');
      }
    }),
    { seed, numRuns: 500 },
  );
});

test('no wake-up is lost: a key enqueued while it is in work comes again', () => {
  const { queue } = freshQueue();
  queue.enqueue('a');
  queue.enqueue('a');
  expect(queue.take()).toBe('a');

  queue.enqueue('a');
  queue.enqueue('a');
  expect(queue.take()).toBeUndefined();
  queue.done('a');

  expect(queue.take()).toBe('a');
  queue.done('a');
  expect(queue.take()).toBeUndefined();
});

test('back-off begins at 5 ms, doubles to 1000 s, and starts anew after a success', () => {
  const { clock, queue } = freshQueue();
  const waits: number[] = [];
  const fail = () => {
    const before = clock.now;
    queue.retry('a', 'failed');
    clock.step(Infinity);
    waits.push((clock.now - before) / ms);
    expect(queue.take()).toBe('a');
    queue.done('a');
  };

  for (let failures = 0; failures < 20; failures++) fail();
  queue.forget('a');
  fail();

  expect(waits.slice(0, 4)).toEqual([5, 10, 20, 40]);
  expect(waits.slice(17)).toEqual([655_360, 1_000_000, 1_000_000, 5]);
});

test('a back-off below 10 s is work, from there on it is a retry', () => {
  const { clock, queue } = freshQueue();
  const classes: string[] = [];
  for (let failures = 0; failures < 13; failures++) {
    queue.retry('a', 'no such claim');
    classes.push(clock.moving(1)[0]!.class);
    clock.step(Infinity);
    queue.done(queue.take()!);
  }

  // 5 ms * 2^10 is 5.12 s, 2^11 is 10.24 s.
  expect(classes.slice(9)).toEqual(['work', 'work', 'retry', 'retry']);
});

test('failing keys share a bucket of 100, refilled with 10 a second', () => {
  const { clock, queue } = freshQueue();
  for (let count = 0; count < 103; count++) queue.retry(`key-${count}`, 'failed');

  const waits = clock.moving(200).map(({ at }) => at / ms);

  expect(waits.filter((wait) => wait === 5)).toHaveLength(100);
  expect(waits.slice(100)).toEqual([100, 200, 300]);
});

test('of several waits of a key the first to end counts', () => {
  const { clock, queue } = freshQueue();
  queue.enqueueAfter('a', 30 * second);
  queue.enqueueAfter('a', 5 * second);
  queue.enqueueAfter('a', 20 * second);

  expect(clock.moving(9).map(({ at, class: timerClass }) => [at / second, timerClass])).toEqual([[5, 'deadline']]);
  clock.advanceTo(5 * second);

  expect(queue.take()).toBe('a');
});

test('waits name the key and the reason', () => {
  const { clock, queue } = freshQueue();
  queue.retry('ns/web', 'pvc data-web-0 is being deleted');

  expect(clock.moving(1)[0]!.label).toBe('test: ns/web: pvc data-web-0 is being deleted');
});

test('a wait that is taken back does not come, and a back-off is not taken back', () => {
  const { clock, queue } = freshQueue();
  queue.enqueueAfter('a', second);
  queue.retry('b', 'failed');

  queue.dropWait('a');
  queue.dropWait('b');
  queue.dropWait('c');

  expect(clock.pending('deadline')).toBe(0);
  clock.advanceTo(2 * second);
  expect(queue.take()).toBe('b');
  expect(queue.take()).toBeUndefined();
});
