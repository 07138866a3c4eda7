import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createClock, type Timer, type TimerClass } from '../../src/simulator/clock.ts';

const seed = 20_260_101;
const classes = fc.constantFrom<TimerClass>('work', 'deadline', 'retry', 'periodic');

test('timers run in order of time, and those of one time in the order in which they were set', () => {
  const timers = fc.array(
    fc.record({ delay: fc.integer({ min: 0, max: 40 }), nested: fc.integer({ min: 0, max: 5 }) }),
  );
  fc.assert(
    fc.property(timers, (set) => {
      const clock = createClock();
      const ran: { readonly at: number; readonly due: number; readonly sequence: number }[] = [];
      let sequence = 0;
      const arm = (delay: number, nested: number) => {
        const own = sequence++;
        const due = clock.now + delay;
        clock.after(delay, 'work', 'test', () => {
          ran.push({ at: clock.now, due, sequence: own });
          if (nested > 0) arm(nested, nested - 1);
        });
      };
      for (const { delay, nested } of set) arm(delay, nested);

      while (clock.step(Infinity));

      expect(ran).toHaveLength(sequence);
      expect(ran.every(({ at, due }) => at === due)).toBe(true);
      const sorted = ran.toSorted((a, b) => a.due - b.due || a.sequence - b.sequence);
      expect(ran).toEqual(sorted);
    }),
    { seed },
  );
});

test('cancelled timers never run, and the counts by class are those of the timers that are left', () => {
  const plan = fc.array(
    fc.record({ delay: fc.integer({ min: 0, max: 1000 }), timerClass: classes, keep: fc.boolean() }),
    {
      maxLength: 300,
    },
  );
  fc.assert(
    fc.property(plan, fc.integer({ min: 0, max: 1000 }), (set, until) => {
      const clock = createClock();
      const ran = new Set<number>();
      const timers: Timer[] = set.map(({ delay, timerClass }, position) =>
        clock.after(delay, timerClass, `${position}`, () => ran.add(position)),
      );
      for (const [position, { keep }] of set.entries()) if (!keep) clock.cancel(timers[position]!);

      clock.advanceTo(until);

      expect(clock.now).toBe(until);
      const kept = [...set.entries()].filter(([, { keep }]) => keep);
      expect([...ran].toSorted((a, b) => a - b)).toEqual(
        kept.filter(([, { delay }]) => delay <= until).map(([position]) => position),
      );
      for (const timerClass of ['work', 'deadline', 'retry', 'periodic'] as const) {
        const left = kept.filter(([, entry]) => entry.timerClass === timerClass && entry.delay > until);
        expect(clock.pending(timerClass)).toBe(left.length);
      }
      const moving = kept.filter(([, entry]) => entry.timerClass !== 'periodic' && entry.delay > until);
      expect(clock.moving(1000).map(({ label }) => label)).toEqual(
        moving.toSorted(([a, x], [b, y]) => x.delay - y.delay || a - b).map(([position]) => `${position}`),
      );
    }),
    { seed },
  );
});

test('a step does not go beyond its limit, and cancelling a timer that ran does nothing', () => {
  const clock = createClock();
  const timer = clock.after(10, 'work', 'soon', () => {});
  clock.after(20, 'deadline', 'later', () => {});

  expect(clock.step(9)).toBe(false);
  expect(clock.now).toBe(0);
  expect(clock.step(10)).toBe(true);
  clock.cancel(timer);

  expect(clock.pending('work')).toBe(0);
  expect(clock.pending('deadline')).toBe(1);
  expect(clock.moving(5).map(({ label }) => label)).toEqual(['later']);
});

test('a delay in the past means now', () => {
  const clock = createClock();
  clock.advanceTo(100);
  let at = -1;

  clock.after(-50, 'work', 'late', () => (at = clock.now));
  clock.step(100);

  expect(at).toBe(100);
});

test('timestamps count from the epoch and change with the second', () => {
  const clock = createClock();

  expect([clock.timestamp, clock.microTimestamp]).toEqual(['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000000Z']);
  clock.advanceTo(1_999_999);
  expect([clock.timestamp, clock.microTimestamp]).toEqual(['2026-01-01T00:00:01Z', '2026-01-01T00:00:01.999999Z']);
  clock.advanceTo(2_000_000);
  expect(clock.timestamp).toBe('2026-01-01T00:00:02Z');
});
