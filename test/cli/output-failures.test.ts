// Outputs that cannot be written, errors that nobody foresaw, and the summary that is written nevertheless.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { buildPackage } from './built-package.ts';
import { Desk } from './desk.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 200_000 });

let desk: Desk;
let good: string;

beforeAll(() => {
  buildPackage();
  desk = new Desk();
  good = desk.scenario('good', 'settled: { statefulset/web: Ready }');
});
afterAll(() => desk.clear());

describe.runIf(existsSync('/dev/full'))('a full disk', () => {
  test.each(['run', 'lint'])('%s: exits with 3 and one line, not as if an expectation had failed', (command) => {
    const { code, err } = desk.shell(`setpiece ${command} ${good} >/dev/full`);

    expect({ code, err }).toEqual({
      code: 3,
      err: 'error: the output cannot be written: no space is left on the device\n',
    });
  });

  test('the summary is written where it was asked for, and says the same', () => {
    desk.shell(`setpiece run ${good} --output full >/dev/full`);

    expect(desk.report('full/report.json')).toMatchObject({ exitCode: 3, counts: { pass: 1 } });
  });

  test('one report that cannot be written does not take the others with it', () => {
    const { code, err } = desk.call('run', good, '--reporter', 'line=/dev/full', '--reporter', 'json=other.json');

    expect(code).toBe(3);
    expect(err).toBe('error: the report cannot be written to /dev/full: no space is left on the device\n');
    expect(desk.report('other.json')).toMatchObject({
      exitCode: 3,
      reason: expect.stringContaining('/dev/full: no space is left') as string,
    });
  });
});

describe('reports that would destroy what is there', () => {
  test('two reporters do not write to one file', () => {
    const { code, err } = desk.call('run', good, '--reporter', 'json=same', '--reporter', 'junit=./same');

    expect({ code, err }).toEqual({
      code: 2,
      err: 'error: --reporter junit=./same: another reporter writes there already\n',
    });
  });

  test('a scenario is not overwritten by its report', () => {
    const { code, err } = desk.call('run', good, '--reporter', `line=${good}`);

    expect({ code, err }).toEqual({
      code: 2,
      err: `error: --reporter line=${good} would overwrite what is read; name another file\n`,
    });
    expect(desk.call('lint', good).code).toBe(0);
  });

  test('a stream that is merged is not emptied by a report', () => {
    desk.call('run', good, '--reporter', 'stream=run.jsonl');

    expect(desk.call('report', 'merge', 'run.jsonl', '--reporter', 'stream=run.jsonl').code).toBe(2);
    expect(desk.call('report', 'merge', 'run.jsonl').code).toBe(0);
  });
});

test('a run that the environment ends says why on standard error when all reports go to files', () => {
  const cluster = ['--backend', 'cluster', '--context', 'none', '--kubeconfig', 'none'];

  const { code, err } = desk.call('run', good, ...cluster, '--reporter', 'junit=junit.xml');

  expect(code).toBe(3);
  expect(err).toContain('error: kubeconfig none: there is no such file');
});

describe('errors that nobody awaits', () => {
  test.each(["throw new Error('boom')", "Promise.reject(new Error('boom'))"])(
    '%s exits with 70, a short message and the summary',
    (crash) => {
      desk.write('crash.cjs', `setTimeout(() => { ${crash}; }, 0);\n`);
      const options = `--require ${join(desk.folder, 'crash.cjs')}`;

      const { code, err } = desk.callWith({ NODE_OPTIONS: options }, 'run', good, '--reporter', 'json=crashed.json');

      expect(code).toBe(70);
      expect(err).toContain('setpiece itself broke (a bug of ours): Error: boom');
      expect(err.length).toBeLessThan(400);
      expect(desk.report('crashed.json')).toMatchObject({ exitCode: 70 });
    },
  );
});

describe('reports that cannot be', () => {
  test.each(['json', 'list', 'line'])('%s: a file that cannot be written is told before anything is run', (name) => {
    const { code, out, err } = desk.call('run', good, '--reporter', `${name}=web.yaml/below`);

    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain('the report cannot be written to web.yaml/below: a part of the path is a file');
  });

  test('the summary says why, where it can be written', () => {
    desk.call('run', good, '--reporter', 'line=web.yaml/below', '--output', 'why');

    expect(desk.report('why/report.json')).toMatchObject({ exitCode: 3, scenarios: [] });
  });

  test.runIf(existsSync('/proc/self'))('folders in /proc are refused, not tried for ever', () => {
    expect(desk.call('run', good, '--reporter', 'json=/proc/a/b/c.json').code).toBe(3);
    expect(desk.call('init', '/proc/a/b').err).toMatch(/cannot be written: no such file|permission denied/);
  });
});

describe('usage errors', () => {
  test.each([
    [['--sead', '3'], "unknown option '--sead'"],
    [['--reporter', 'lst'], 'there is no reporter'],
    [['--nodes', '1001'], 'a simulator has at most 1000 nodes'],
    [['nowhere'], 'nowhere does not exist'],
  ])('%j: the summary is in the folder that --output names', (words, message) => {
    const { code, out, err } = desk.call('run', ...words, '--output', 'usage');

    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(desk.report('usage/report.json')).toMatchObject({
      exitCode: 2,
      reason: expect.stringContaining(message) as string,
    });
  });

  test('a folder that cannot be made leaves the usage error as it is', () => {
    expect(desk.call('run', '--sead', '3', '--output', 'web.yaml/below')).toMatchObject({ code: 2 });
  });

  test.each(['nowhere', ''])('run and lint say the same of %j', (path) => {
    const ran = desk.call('run', path);

    expect(ran).toEqual(desk.call('lint', path));
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toMatch(/^error: .+\n$/);
  });
});

describe('traces that were changed', () => {
  test('records out of order, repeated, or of an edited scenario are refused, with 2', () => {
    desk.call('run', good, '--trace-dir', 'changed');
    const lines = desk.read('changed/good.simulator.1.jsonl').split('\n');
    const at = lines.findLastIndex((line) => line.includes('"type":"MODIFIED"'));
    desk.write('twice.jsonl', lines.toSpliced(at, 0, lines[at] ?? '').join('\n'));
    desk.write(
      'swapped.jsonl',
      lines
        .toSpliced(at, 1)
        .toSpliced(2, 0, lines[at] ?? '')
        .join('\n'),
    );
    desk.write('longer.scenario.yaml', `${desk.read(good)}  - name: more\n    delete: { target: pod/web-0 }\n`);
    desk.call('run', 'longer.scenario.yaml', '--trace-dir', 'longer');

    const checks = ['twice.jsonl', 'swapped.jsonl', 'longer/good.simulator.1.jsonl'].map((trace) =>
      desk.call('check', trace, good),
    );

    expect(checks.map(({ code }) => code)).toEqual([2, 2, 2]);
    expect(checks[0]?.err).toMatch(new RegExp(`twice.jsonl:${at + 2} OUT_OF_ORDER: resourceVersion \\d+ stands in`));
    expect(checks[1]?.err).toMatch(/swapped.jsonl:4 OUT_OF_ORDER: /);
    expect(checks[2]?.out).toContain('it has a step 2, the scenario has 1');
  });
});
