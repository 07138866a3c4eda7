import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatHeader, formatRecord, readTrace } from '../../src/trace/file.ts';
import { createTraceHash } from '../../src/trace/hash.ts';
import type { TraceRecord } from '../../src/trace/record.ts';
import { observation, request } from './records.ts';

function hashOf(records: readonly unknown[]): string {
  const hash = createTraceHash();
  for (const record of records) hash.add(record as TraceRecord);
  return hash.digest();
}

const first = observation('ADDED', 'web-0', { version: '1', status: { phase: 'Pending', count: 0.25 } });
const second = observation('MODIFIED', 'web-0', { version: '2', status: { phase: 'Running', list: [1, null, true] } });

describe('the trace hash', () => {
  test('is the same for the same records, 16 hexadecimal digits', () => {
    expect(hashOf([first, second])).toBe(hashOf([structuredClone(first), structuredClone(second)]));
    expect(hashOf([first])).toMatch(/^[0-9a-f]{16}$/);
    expect(hashOf([])).toMatch(/^[0-9a-f]{16}$/);
  });

  test('differs with the order of records and with any value', () => {
    const hashes = [
      [],
      [first],
      [first, second],
      [second, first],
      [first, first],
      [{ ...first, at: 0.001 }],
      [{ ...first, step: 1 }],
      [{ ...first, type: 'MODIFIED' }],
      [observation('ADDED', 'web-0', { version: '1', status: { phase: 'Pending', count: '0.25' } })],
      [observation('ADDED', 'web-0', { version: '1', status: { phase: 'Pending', count: 0.25, more: null } })],
    ].map(hashOf);

    expect(new Set(hashes).size).toBe(hashes.length);
  });

  test('does not depend on the order of members, nor on members that files leave out', () => {
    const { metadata, ...rest } = first.object;
    const turned = {
      ...rest,
      metadata: { ...Object.fromEntries(Object.entries(metadata).reverse()), managedFields: [{ manager: 'x' }] },
    };

    expect(hashOf([{ object: turned, type: 'ADDED', step: 0, at: 0, kind: 'observation', extra: undefined }])).toBe(
      hashOf([first]),
    );
  });

  test('tells member names from values, and lists from maps', () => {
    const status = [
      { a: 'b' },
      { b: 'a' },
      ['a', 'b'],
      ['b', 'a'],
      { a: ['b'] },
      [['a'], 'b'],
      [['a', 'b']],
      { ab: '' },
      {},
      [],
      '',
      null,
      0,
      false,
    ];
    const hashes = status.map((value) => hashOf([{ ...first, object: { ...first.object, status: value } }]));

    expect(new Set(hashes).size).toBe(status.length);
  });

  test('of a trace read back is that of the trace written', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.jsonValue(), fc.double({ min: 0, max: 1e7, noNaN: true }))), (values) => {
        const records: TraceRecord[] = [
          request(3, { version: '7' }),
          ...values.map(([status, at]) => observation('MODIFIED', 'web-0', { at, status })),
        ];

        const read = readTrace(records.map(formatRecord).join('\n'));

        expect(hashOf(read.records)).toBe(hashOf(records));
      }),
    );
  });
});

test('a header is one line', () => {
  const header = {
    setpieceTrace: 1,
    scenario: 'x',
    backend: 'simulator',
    versions: { setpiece: '1', kubernetes: '1' },
    namespace: 'n',
    quietMs: 5000,
    slackMs: 0,
    patience: 1,
  } as const;

  expect(readTrace(formatHeader(header)).header).toEqual(header);
});
