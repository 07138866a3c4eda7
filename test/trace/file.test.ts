import { describe, expect, test } from 'vitest';
import { formatHeader, formatRecord, readTrace } from '../../src/trace/file.ts';
import type { TraceHeader, TraceRecord } from '../../src/trace/record.ts';
import { composeKindKey } from '../../src/kubernetes/kind.ts';
import { observation, request } from './records.ts';

const header: TraceHeader = {
  setpieceTrace: 1,
  scenario: 'web-scales',
  backend: 'simulator',
  versions: { setpiece: '0.1.0', kubernetes: '1.36.2' },
  namespace: 'default',
  seed: 7,
  profile: 'default',
  quietMs: 5000,
  slackMs: 0,
  patience: 1,
};
const records: readonly TraceRecord[] = [
  { kind: 'window', at: 0.5, step: 0, window: 'opened' },
  request(1, { version: '2' }),
  observation('ADDED', 'web-0', { at: 1.25 }),
  { kind: 'fault', at: 2, step: 0, fault: { how: 'stop', targets: ['node/node-1'] } },
  { kind: 'gap', at: 3, step: 0, gap: { of: composeKindKey('', 'Pod'), after: '3', before: '9', reason: 'Gone' } },
  { kind: 'window', at: 4, step: 0, window: 'closed', reason: 'quiet' },
  { kind: 'remember', at: 4, step: 0, values: { lost: 'node-1', count: 3 } },
];

const file = [formatHeader(header), ...records.map(formatRecord), ''].join('\n');

describe('a trace file', () => {
  test('gives back what was written', () => {
    const read = readTrace(file);

    expect(read).toEqual({ header, records, problems: [] });
    expect(readTrace(new TextEncoder().encode(file))).toEqual(read);
  });

  test('has one line a record, moment first, without managedFields', () => {
    const full = observation('ADDED', 'web-0', { at: 1 });
    const object = { ...full.object, metadata: { ...full.object.metadata, managedFields: [{ manager: 'setpiece' }] } };

    expect(formatRecord({ ...full, object })).toBe(formatRecord(full));
    expect(formatRecord(full)).toMatch(/^\{"at":1,"step":0,"type":"ADDED","object":\{/);
  });

  test('may have no header: a recording of command lines and watch events', () => {
    const read = readTrace(
      '{"at":5,"step":0,"run":"kubectl scale sts web --replicas=5","stdout":"scaled","stderr":"","code":0}\n' +
        formatRecord(observation('ADDED', 'web-0')),
    );

    expect(read.header).toBeUndefined();
    expect(read.problems).toEqual([]);
    expect(read.records[0]).toEqual({
      kind: 'request',
      at: 5,
      step: 0,
      request: { verb: 'scale', options: { commandLine: 'kubectl scale sts web --replicas=5' } },
      response: { code: 0, body: { stdout: 'scaled', stderr: '', exitCode: 0 } },
    });
  });
});

describe('damage is reported by line', () => {
  const problems = (content: string | Uint8Array): string[] =>
    readTrace(content).problems.map(({ code, line }) => `${code} ${line}`);
  const lines = file.split('\n');

  test('an empty file', () => {
    expect(problems('')).toEqual(['EMPTY_FILE 1']);
    expect(problems('\n\n')).toEqual(['EMPTY_FILE 1']);
  });

  test('a binary file', () => {
    expect(problems(new Uint8Array([0x1f, 0x8b, 8, 0, 0xff]))).toEqual(['BINARY_FILE 1']);
    expect(problems('{}\n{"a":1}\u0000\n')).toEqual(['BINARY_FILE 2']);
  });

  test('a truncated last line; the records before it are read', () => {
    const cut = file.trimEnd().slice(0, -10);

    expect(problems(cut)).toEqual([`TRUNCATED_LINE ${lines.length - 1}`]);
    expect(readTrace(cut).records).toEqual(records.slice(0, -1));
  });

  test('a line that is no JSON, in the middle', () => {
    expect(problems([lines[0], 'oops', ...lines.slice(1)].join('\n'))).toEqual(['NOT_JSON 2']);
  });

  test('another format, and a header that lacks what it needs', () => {
    expect(problems('{"setpieceTrace":2}')).toEqual(['UNKNOWN_FORMAT 1']);
    expect(problems(JSON.stringify({ ...header, quietMs: 'soon' }))).toEqual(['BAD_HEADER 1']);
  });

  test.each([
    ['[]', 'expected a record, found []'],
    ['"x"', 'expected a record, found "x"'],
    ['{"step":0}', '`at` (milliseconds) is missing'],
    ['{"at":1,"step":0.5}', '`step` is not a whole number'],
    ['{"at":1,"step":0}', 'none of `object`, `request`, `fault`, `gap`, `window`, `values`'],
    ['{"at":1,"step":0,"type":"BOOKMARK","object":{}}', '`type` is ADDED, MODIFIED or DELETED, found "BOOKMARK"'],
    ['{"at":1,"step":0,"type":"ADDED","object":{"kind":"Pod"}}', '`object` is no Kubernetes object'],
    [
      '{"at":1,"step":0,"type":"ADDED","object":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"x"}}}',
      '`object` lacks `metadata.uid`',
    ],
    ['{"at":1,"step":0,"request":{}}', '`request` lacks its `verb`'],
    ['{"at":1,"step":0,"request":{"verb":"get"},"response":{}}', '`response` lacks its `code`'],
    ['{"at":1,"step":0,"fault":{}}', '`fault` lacks `how` or `targets`'],
    ['{"at":1,"step":0,"gap":{"of":"pod"}}', '`gap` lacks `after`'],
    ['{"at":1,"step":0,"window":"ajar"}', '`window` is `opened`, `idle` or `closed`'],
  ])('a record like %s', (line, message) => {
    expect(readTrace(`${line}\n`).problems).toEqual([{ code: 'BAD_RECORD', line: 1, message }]);
  });

  test('many problems are counted', () => {
    const found = readTrace('oops\n'.repeat(100)).problems;

    expect(found).toHaveLength(21);
    expect(found.at(-1)?.message).toContain('and 79 more problems');
  });
});
