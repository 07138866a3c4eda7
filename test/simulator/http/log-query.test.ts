import { describe, expect, test } from 'vitest';
import { logText, readLogQuery } from '../../../src/simulator/http/log-query.ts';
import type { LogEntry } from '../../../src/simulator/kubelet/shell/main-log.ts';

const second = 1_000_000;
const entries: readonly LogEntry[] = [
  { at: second, text: 'one\ntw' },
  { at: 2 * second, text: 'o\n' },
  { at: 30 * second, text: 'three\nfour' },
];

function told(query: string): string {
  const read = readLogQuery(new URLSearchParams(query), 'web-0', 40 * second);
  if (!read.ok) throw new Error(read.status.message);
  return logText(entries, read.value);
}

describe('the lines of a log', () => {
  test.each([
    ['', 'one\ntwo\nthree\nfour'],
    ['tailLines=2', 'three\nfour'],
    ['tailLines=0', ''],
    ['sinceSeconds=15', 'three\nfour'],
    ['sinceTime=2026-01-01T00:00:02Z', 'three\nfour'],
    ['timestamps=true&sinceSeconds=15', '2026-01-01T00:00:30.000000Z three\n2026-01-01T00:00:30.000000Z four'],
  ])('%s', (query, text) => {
    expect(told(query)).toBe(text);
  });

  test.each([
    ['tailLines=-1', 'tailLines: Invalid value: -1: must be greater than or equal to 0'],
    ['limitBytes=0', 'limitBytes: Invalid value: 0: must be greater than 0'],
    ['sinceTime=yesterday', 'sinceTime: Invalid value: "yesterday"'],
    ['sinceTime=2026-01-01T00:00:02Z&sinceSeconds=1', 'at most one of `sinceTime` or `sinceSeconds`'],
  ])('%s is refused', (query, message) => {
    expect(() => told(query)).toThrow(message);
  });
});
