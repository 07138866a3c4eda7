import { expect, test } from 'vitest';
import { MainLog } from '../../../../src/simulator/kubelet/shell/main-log.ts';

test('a log keeps this run and the one before', () => {
  const log = new MainLog();
  for (const text of ['first', 'second', 'third']) {
    log.begin();
    log.write({ at: 0, text });
  }

  expect(log.entries('previous')).toEqual([{ at: 0, text: 'second' }]);
  expect(log.entries('current')).toEqual([{ at: 0, text: 'third' }]);
});

test('a log that grows forgets its oldest pieces', () => {
  const log = new MainLog();
  const text = 'x'.repeat(1000);
  for (let at = 0; at < 5000; at++) log.write({ at, text });

  const kept = log.entries('current');
  expect(kept.length).toBeLessThanOrEqual(1000);
  expect(kept.at(-1)?.at).toBe(4999);
});
