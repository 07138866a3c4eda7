import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { buildPackage } from './built-package.ts';
import { Desk } from './desk.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 200_000 });

let desk: Desk;

beforeAll(() => {
  buildPackage();
  desk = new Desk();
  desk.scenario('passes', 'settled: { statefulset/web: Ready }', 'guarantees: []\n');
  desk.scenario('fails', 'order: [ pod/web-1: Created, pod/web-0: Ready ]');
});
afterAll(() => desk.clear());

test('one run writes every kind of report, each to its file, and the screen is not disturbed', () => {
  const files = {
    json: 'r.json',
    junit: 'r.xml',
    'junit-steps': 's.xml',
    markdown: 'r.md',
    'trace-event': 't.json',
    stream: 'm.jsonl',
  };
  const flags = Object.entries(files).flatMap(([name, file]) => ['--reporter', `${name}=out/${file}`]);

  const { code, out } = desk.call('run', ...flags, '--reporter', 'list', '--reporter', 'github=out/github.txt');

  expect(code).toBe(1);
  expect(out).toMatch(/1 failed · 1 passed .*exit code 1\n$/);
  expect(desk.read('out/r.xml')).toContain('<testcase name="fails: about fails"');
  expect(desk.read('out/s.xml')).toContain('name="1. start"');
  expect(desk.read('out/r.md')).toContain('❌ <code>fails</code> on simulator');
  expect(desk.read('out/github.txt')).toMatch(/^::error file=fails\.scenario\.yaml,line=6,col=\d+/);
});

test('the trace-event report has a process for each run, and the slices of a lane do not overlap', () => {
  desk.call('run', 'passes.scenario.yaml', '--reporter', 'trace-event=t.json');

  const { traceEvents } = JSON.parse(desk.read('t.json')) as {
    traceEvents: {
      ph: string;
      name: string;
      pid: number;
      tid: number;
      ts: number;
      dur: number;
      args?: { name: string };
    }[];
  };
  const lane = traceEvents.find(({ ph, args }) => ph === 'M' && args?.name === 'pod/web-2');
  const slices = traceEvents.filter(({ ph, tid }) => ph === 'X' && tid === lane?.tid);

  expect(slices.map(({ name }) => name)).toEqual(['Pending', 'Pending scheduled', 'Ready']);
  const overlaps = slices.filter(({ ts, dur }, at) => ts + dur > (slices[at + 1]?.ts ?? Infinity) + 1);
  expect(overlaps).toEqual([]);
});

describe('report merge', () => {
  test('shards become one report that says what one run would have said', () => {
    desk.call('run', '--shard', '1/2', '--reporter', 'stream=a.jsonl');
    desk.call('run', '--shard', '2/2', '--reporter', 'stream=b.jsonl');
    desk.call('run', '--reporter', 'json=whole.json');

    const { code, out } = desk.call(
      'report',
      'merge',
      'a.jsonl',
      'b.jsonl',
      '--reporter',
      'list',
      '--reporter',
      'json=merged.json',
    );

    expect(code).toBe(1);
    expect(out).toMatch(/1 failed · 1 passed .*exit code 1\n$/);
    const [merged, whole] = [desk.report('merged.json'), desk.report('whole.json')];
    expect(merged.counts).toEqual(whole.counts);
    const hashes = (report: typeof merged): readonly string[] =>
      report.scenarios.map(({ id, traceHash }) => `${id} ${traceHash}`).toSorted();
    expect(hashes(merged)).toEqual(hashes(whole));
  });

  test('a run that was killed counts for what it has, and the merged report is no pass', () => {
    desk.call('run', 'passes.scenario.yaml', '--reporter', 'stream=whole.jsonl');
    const lines = desk.read('whole.jsonl').split('\n');
    desk.write('cut.jsonl', lines.slice(0, -2).join('\n'));
    desk.write('half.jsonl', `${lines.slice(0, 30).join('\n')}\n{"kind":"rec`);

    const cut = desk.call('report', 'merge', 'cut.jsonl');
    const half = desk.call('report', 'merge', 'half.jsonl');

    expect([cut.code, half.code]).toEqual([3, 3]);
    expect(cut.out).toContain('1 passed');
    expect(half.out).toContain('half.jsonl ends before its run does: what was under way is missing');
  });

  test('what is no stream, and a run that is told twice, are usage errors', () => {
    desk.call('run', 'passes.scenario.yaml', '--reporter', 'stream=once.jsonl');
    const twice = desk.call('report', 'merge', 'once.jsonl', 'once.jsonl');
    desk.write('no.jsonl', 'hello\nworld\n');

    expect(twice).toMatchObject({ code: 2, err: 'error: passes on simulator with seed 1 is in once.jsonl twice\n' });
    expect(desk.call('report', 'merge', 'no.jsonl').err).toContain('no.jsonl:1 is no message of a run');
    expect(desk.call('report', 'merge', 'none.jsonl').err).toContain('none.jsonl cannot be read: no such file');
    expect(desk.call('report', 'merge').code).toBe(2);
  });
});

test('a reporter whose file cannot be written makes exit code 3 and does not stop the others', () => {
  desk.write('file', '');

  const { code, err } = desk.call(
    'run',
    'passes.scenario.yaml',
    '--reporter',
    'junit=file/x.xml',
    '--reporter',
    'json=ok.json',
  );

  expect(code).toBe(3);
  expect(err).toContain('file/x.xml');
  expect(readFileSync(join(desk.folder, 'file'), 'utf8')).toBe('');
});
