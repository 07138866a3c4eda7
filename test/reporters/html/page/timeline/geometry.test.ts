import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alignSteps } from '../../../../../reporters/html/page/timeline/align-steps.ts';
import { buildLanes } from '../../../../../reporters/html/page/timeline/lane-model.ts';
import { nextRecord } from '../../../../../reporters/html/page/timeline/navigate.ts';
import { pickRecord } from '../../../../../reporters/html/page/timeline/pick.ts';
import { layRows } from '../../../../../reporters/html/page/timeline/rows.ts';
import { unaligned } from '../../../../../reporters/html/page/timeline/align-steps.ts';
import {
  axisTimes,
  clampRange,
  including,
  pan,
  wholeRange,
  zoom,
} from '../../../../../reporters/html/page/timeline/view-range.ts';
import { Stage } from '../../../../expectations/stage.ts';

const open = { collapsed: new Set<string>(), unchanged: true };

describe('the range in sight', () => {
  const range = fc
    .tuple(fc.integer({ min: -50_000, max: 50_000 }), fc.integer({ min: 1, max: 90_000 }))
    .map(([fromMs, span]) => ({ fromMs, toMs: fromMs + span }));

  test('never leaves the axis, whatever is done', () => {
    fc.assert(
      fc.property(
        range,
        fc.double({ min: 0.001, max: 1000, noNaN: true }),
        fc.integer({ min: -99_999, max: 99_999 }),
        (given, factor, byMs) => {
          const endMs = 20_000;
          const whole = wholeRange(endMs);
          const start = clampRange(given, endMs);
          const moved = [
            pan(start, { byMs, endMs }),
            zoom(start, { factor, aroundMs: start.fromMs, endMs }),
            including(start, { atMs: 7, endMs }),
          ];

          for (const { fromMs, toMs } of [start, ...moved]) {
            expect(toMs).toBeGreaterThan(fromMs);
            expect(fromMs).toBeGreaterThanOrEqual(whole.fromMs - 0.001);
            expect(toMs).toBeLessThanOrEqual(whole.toMs + 0.001);
          }
        },
      ),
    );
  });

  test('zooming keeps the time under the pointer', () => {
    const { fromMs, toMs } = zoom({ fromMs: 0, toMs: 1000 }, { factor: 0.5, aroundMs: 250, endMs: 1000 });

    expect([fromMs, toMs]).toEqual([125, 625]);
  });

  test('lines of the axis are at round times', () => {
    expect(axisTimes({ fromMs: -10, toMs: 2100 }, { widthPx: 500, spacingPx: 90 })).toEqual([0, 500, 1000, 1500, 2000]);
  });
});

describe('runs beside each other', () => {
  const step = (number: number, startMs: number, endMs: number) => ({ step: number, name: '', startMs, endMs });
  const fast = { steps: [step(0, 0, 100), step(1, 100, 150)], endMs: 150 };
  const slow = { steps: [step(0, 0, 300), step(1, 300, 320)], endMs: 320 };
  const { alignments, endMs } = alignSteps([fast, slow]);
  const [ofFast, ofSlow] = alignments;

  test('have each step begin at the same place', () => {
    expect([ofFast?.toAxis(100), ofSlow?.toAxis(300)]).toEqual([300, 300]);
    expect(endMs).toBe(350);
  });

  test('a run that is done with its step stands still at its end', () => {
    expect([ofFast?.fromAxis(50), ofFast?.fromAxis(200), ofFast?.fromAxis(310)]).toEqual([50, 100, 110]);
  });

  test('every time of a run comes back', () => {
    const times = Array.from({ length: 320 }, (_, ms) => ms);

    expect(times.map((ms) => ofSlow?.fromAxis(ofSlow.toAxis(ms)))).toEqual(times);
  });

  test('one that broke off early is aligned as far as it came', () => {
    const short = alignSteps([fast, { steps: [step(0, 0, 40)], endMs: 40 }]);

    expect(short.endMs).toBe(150);
    expect(short.alignments[1]?.toAxis(40)).toBe(40);
  });
});

function twoPods(names: readonly string[], metadata: object = {}): ReturnType<typeof buildLanes> {
  const stage = new Stage();
  stage.step = 0;
  for (const name of names) stage.put('Pod', name, { metadata: { ...metadata } }).wait(100);
  return buildLanes(stage.records, []);
}

describe('rows', () => {
  test('lanes of the same object share a row; generated names are paired in order of creation', () => {
    const labels = { labels: { 'pod-template-hash': '' }, generateName: 'herd-' };
    const { rows } = layRows([twoPods(['herd-x', 'herd-y'], labels), twoPods(['herd-b', 'herd-a'], labels)], open);

    expect(rows.flatMap((row) => (row.kind === 'lane' ? [row.name] : []))).toEqual([
      'herd-x | herd-b',
      'herd-y | herd-a',
    ]);
  });

  test('a heading hides its lanes; unchanged lanes are counted', () => {
    const stage = new Stage();
    stage.pod('before');
    stage.step = 0;
    stage.pod('later');
    const model = buildLanes(stage.records, []);

    const { rows, hidden } = layRows([model], { collapsed: new Set(['pods of no controller']), unchanged: false });

    expect(rows).toMatchObject([{ kind: 'group', count: 1, collapsed: true }]);
    expect(hidden).toBe(1);
  });
});

describe('keys and pointer', () => {
  const model = twoPods(['web-0', 'web-1', 'web-2']);
  const { rows } = layRows([model], open);
  const view = {
    tracks: [{ name: '', model, alignment: unaligned }],
    rows,
    range: { fromMs: 0, toMs: 1000 },
    width: 1000,
    scrollTop: 0,
  };

  test.each([
    ['behind', 1, 2],
    ['behind', 2, undefined],
    ['before', 1, 0],
    ['below', 0, 1],
    ['above', 2, 1],
    ['above', 0, undefined],
    ['first', 2, 0],
    ['last', 0, 2],
  ] as const)('%s of record %d is %s', (direction, record, expected) => {
    expect(nextRecord({ track: 0, record }, direction, { rows, shown: [0, 1, 2] })?.record).toBe(expected);
  });

  test('the nearest record of the row is meant, if it is near', () => {
    const row = rows[2];
    const y = (row?.y ?? 0) + 5;

    expect(pickRecord(view, { x: 104, y })).toEqual({ track: 0, record: 1 });
    expect(pickRecord(view, { x: 160, y })).toBeUndefined();
    expect(pickRecord(view, { x: 4, y })).toBeUndefined();
  });
});
