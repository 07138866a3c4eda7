import { describe, expect, test } from 'vitest';
import { assignSteps, isOrdered, orderRecords } from '../../src/trace/order.ts';
import type { TraceRecord } from '../../src/trace/record.ts';
import { observation, request } from './records.ts';

const seen = (at: number, version: string, step = 0): TraceRecord =>
  observation('MODIFIED', 'web-0', { at, version, step });
const show = (record: TraceRecord): string =>
  record.kind === 'observation' ? record.object.metadata.resourceVersion : `request@${record.at}`;

describe('the order of a trace', () => {
  test('is that of the resourceVersions, not of arrival', () => {
    const records = [seen(10, '100'), seen(11, '9'), seen(12, '98')];

    expect(isOrdered(records)).toBe(false);
    expect(orderRecords(records).map(show)).toEqual(['9', '98', '100']);
    expect(isOrdered(orderRecords(records))).toBe(true);
  });

  test('keeps a request behind everything that had arrived before it', () => {
    const records = [seen(10, '5'), request(20), seen(30, '4'), seen(31, '6'), request(40), seen(50, '7')];

    // Version 4 arrived late, but its neighbour 5 had arrived before the request.
    expect(orderRecords(records).map(show)).toEqual(['4', '5', 'request@20', '6', 'request@40', '7']);
  });
});

test('a request stands before what arrived at the same time', () => {
  const records = [seen(10, '5'), seen(20, '6'), request(20), seen(20, '7')];

  expect(orderRecords(records).map(show)).toEqual(['5', 'request@20', '6', '7']);
});

describe('the step of a record (W-5)', () => {
  const steps = (records: readonly TraceRecord[]): number[] => assignSteps(records).map(({ step }) => step);

  test('is that of the last request at or below it, whenever it arrived', () => {
    expect(
      steps([
        seen(0, '1', 7),
        request(5, { step: 0, version: '10' }),
        seen(6, '10'),
        seen(7, '11'),
        request(9, { step: 1, version: '20' }),
        seen(12, '19', 1),
        seen(12, '20', 0),
        seen(13, '25', 1),
      ]),
    ).toEqual([-1, 0, 0, 0, 1, 0, 1, 1]);
  });

  test('of several requests begins with the first', () => {
    expect(
      steps([
        request(1, { version: '10' }),
        request(1, { version: '12' }),
        seen(2, '10'),
        seen(2, '11'),
        seen(2, '12'),
      ]),
    ).toEqual([0, 0, 0, 0, 0]);
  });

  test('is that of the request before it when answers carry no version', () => {
    expect(steps([request(1, { step: 0 }), seen(2, '10', 5), request(3, { step: 1 }), seen(4, '11', 0)])).toEqual([
      0, 0, 1, 1,
    ]);
  });
});
