import { describe, expect, test } from 'vitest';
import { findDisorder } from '../../src/trace/find-disorder.ts';
import { observation } from './records.ts';
import { composeKindKey } from '../../src/kubernetes/kind.ts';
import type { WindowRecord } from '../../src/trace/record.ts';

const seen = (version: string, at = 0, step = 0): ReturnType<typeof observation> =>
  observation('MODIFIED', 'web-0', { version, at, step });
const marked = (window: WindowRecord['window'], at = 0, step = 0): WindowRecord => ({
  kind: 'window',
  at,
  step,
  window,
});

describe('disorder of a trace', () => {
  test('a trace in order has none', () => {
    expect(findDisorder([seen('9'), marked('opened'), seen('10', 5), marked('closed', 5), seen('11', 5, 1)], 0)).toBe(
      undefined,
    );
    expect(findDisorder([], 0)).toBe(undefined);
  });

  test.each([
    ['a record behind a newer one', [seen('10'), seen('9')], 'resourceVersion 9 stands behind 10'],
    ['a repeated record', [seen('10'), marked('opened'), seen('10')], 'resourceVersion 10 stands in the record before'],
    ['a version that is no number', [seen('9'), seen('1x')], 'the resourceVersion "1x" is no number'],
    ['a time that goes back', [seen('9', 100), seen('10', 99)], 'a record at 99 ms stands behind one at 100 ms'],
    ['a step that goes back', [seen('9', 0, 1), seen('10', 0, 0)], 'a record of step 0 stands behind one of step 1'],
    ['a repeated mark', [seen('9'), marked('closed'), marked('closed')], 'the window is closed twice'],
  ])('%s is found', (_what, records, message) => {
    const found = findDisorder(records, 0);

    expect(found?.index).toBe(records.length - 1);
    expect(found?.message).toContain(message);
  });

  test('behind a gap versions may begin anew: order across it cannot be known', () => {
    const gap = {
      kind: 'gap',
      at: 0,
      step: 0,
      gap: { of: composeKindKey('', 'Pod'), after: '5', before: '10', reason: 'lost' },
    } as const;

    expect(findDisorder([seen('10'), gap, seen('7'), seen('8')], 0)).toBe(undefined);
    expect(findDisorder([seen('10'), gap, seen('7'), seen('6')], 0)?.index).toBe(3);
  });

  test('times may go back as far as clocks may differ', () => {
    expect(findDisorder([seen('9', 1500), seen('10', 600)], 1000)).toBe(undefined);
  });
});
