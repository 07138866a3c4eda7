import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { buildPackage } from './built-package.ts';
import { Desk } from './desk.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 200_000 });

let desk: Desk;

beforeAll(() => {
  buildPackage();
  desk = new Desk();
});
afterAll(() => desk.clear());

function bomb(): string {
  const levels = Array.from({ length: 12 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(', ')}]`);
  return `a0: &a0 [x, x, x]\n${levels.join('\n')}\nscenario: bomb\ntitle: bomb\nsteps: *a12\n`;
}

function bytes(): Uint8Array {
  return Uint8Array.from({ length: 4096 }, (_, at) => (at * 167 + 13) % 256);
}

describe('scenario files that are none', () => {
  test.each([
    ['ten megabytes', () => 'a: b\n'.repeat(2 << 20), 'file-too-large'],
    ['bytes', bytes, 'binary-file'],
    ['Latin-1', () => Uint8Array.from([0x61, 0x3a, 0xe4, 0x0a]), 'not-utf8'],
    ['a NUL in text', () => 'scenario: a\0b\n', 'binary-file'],
    ['an alias bomb', bomb, 'alias-not-allowed'],
    ['deep brackets', () => `scenario: ${'['.repeat(100_000)}`, 'too-deep'],
    ['deep blocks', () => Array.from({ length: 1000 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'), 'too-deep'],
    ['nothing', () => '', 'empty-file'],
    ['a list', () => '- a\n', 'wrong-type'],
    ['tabs', () => 'scenario: a\n\ttitle: b\n', 'tab'],
    ['one long line', () => `scenario: ${'x'.repeat(900_000)}\n`, ''],
  ])('%s: run and lint say what is wrong, and exit with 2', (what, content, code) => {
    const file = desk.write(`hostile-${what.replaceAll(' ', '-')}.scenario.yaml`, content());

    const ran = desk.call('run', file, '--reporter', 'list', '--reporter', 'json=hostile.json');
    const linted = desk.call('lint', file);

    expect([ran.code, linted.code]).toEqual([2, 2]);
    expect(ran.out).toContain(code);
    expect(linted.out).toContain(code);
    expect(ran.out.length).toBeLessThan(40_000);
    expect(desk.report('hostile.json')).toMatchObject({ exitCode: 2, counts: { invalid: 1 } });
  });

  test('manifests outside of the project, missing, or behind a link are refused, all at once', () => {
    const far = `${'../'.repeat(12)}etc/hostname`;
    symlinkSync('/etc/hostname', join(desk.folder, 'link.yaml'));
    const steps = ['/etc/hostname', far, 'link.yaml', 'missing.yaml', '.'].map(
      (path, at) => `  - name: step ${at}\n    apply: ${path}\n`,
    );
    const file = desk.write('outside.scenario.yaml', `scenario: outside\ntitle: outside\nsteps:\n${steps.join('')}`);

    const { code, out } = desk.call('run', file);

    expect(code).toBe(2);
    expect(out.match(/path-outside-project/g)).toHaveLength(3);
    expect(out.match(/missing-file/g)).toHaveLength(2);
  });

  test('a manifest of bytes, and one that is a bomb, are problems of the manifest', () => {
    desk.write('bytes.yaml', bytes());
    desk.write('bomb.yaml', bomb());
    const file = desk.write(
      'manifests.scenario.yaml',
      'scenario: manifests\ntitle: manifests\nsteps:\n  - name: a\n    apply: [ bytes.yaml, bomb.yaml ]\n',
    );

    const { code, out } = desk.call('run', file);

    expect(code).toBe(2);
    expect(out).toMatch(/bytes\.yaml/);
    expect(out).toMatch(/bomb\.yaml/);
  });
});

describe('paths that lead nowhere', () => {
  test.each([
    ['nothing-there', 'nothing-there does not exist'],
    ['empty', 'no *.scenario.yaml in the folder empty'],
    ['/dev/null', 'neither a file nor a folder'],
    ['circle', 'symbolic links lead in a circle'],
    ['x'.repeat(300), 'the name is too long'],
    ['package.json/below', 'does not exist'],
  ])('%s', (path, message) => {
    mkdirSync(join(desk.folder, 'empty'), { recursive: true });
    try {
      symlinkSync('circle', join(desk.folder, 'circle'));
    } catch {
      // It is there from the case before.
    }

    const ran = desk.call('run', path, '--reporter', 'list', '--reporter', 'json=nowhere.json');
    const linted = desk.call('lint', path);

    expect([ran.code, linted.code]).toEqual([2, 2]);
    expect(ran.out + ran.err).toContain(message);
    expect(linted.out + linted.err).toContain(message);
    expect(desk.report('nowhere.json')).toMatchObject({
      exitCode: 2,
      reason: expect.stringContaining(message) as string,
      scenarios: [],
    });
  });
});

describe('traces that are none', () => {
  test.each([
    ['missing', undefined, 'cannot be read: no such file or folder', 3],
    ['empty', '', 'EMPTY_FILE', 2],
    ['bytes', bytes(), 'BINARY_FILE', 2],
    ['another format', '{"setpieceTrace":99}\n', 'UNKNOWN_FORMAT', 2],
    ['no header', '{"at":0,"step":0,"window":"opened"}\n', 'no header', 2],
    ['YAML', 'scenario: a\ntitle: b\n', 'NOT_JSON', 2],
  ])('%s: check says why, and exits with 2, with 3 where there is no file', (what, content, message, exitCode) => {
    const scenario = desk.scenario('traced', 'settled: { statefulset/web: Ready }');
    const trace = `none-${what.replaceAll(' ', '-')}.jsonl`;
    if (content !== undefined) desk.write(trace, content);

    const { code, out, err } = desk.call(
      'check',
      trace,
      scenario,
      '--reporter',
      'list',
      '--reporter',
      'json=none.json',
    );

    expect(code).toBe(exitCode);
    expect(out + err).toContain(message);
    expect(desk.report('none.json')).toMatchObject({ exitCode, reason: expect.stringContaining(message) as string });
  });

  test('a damaged line in the middle is named by its number', () => {
    const scenario = desk.scenario('damaged', 'settled: { statefulset/web: Ready }');
    desk.call('run', scenario, '--trace-dir', 'traces');
    const lines = desk.read('traces/damaged.simulator.1.jsonl').split('\n');
    desk.write('half-a-line.jsonl', lines.with(9, (lines[9] ?? '').slice(0, 50)).join('\n'));
    desk.write('no-record.jsonl', lines.with(9, '{"at":1,"step":0}').join('\n'));

    const half = desk.call('check', 'half-a-line.jsonl', scenario);
    const none = desk.call('check', 'no-record.jsonl', scenario);

    expect([half.code, none.code]).toEqual([2, 2]);
    expect(half.err).toContain('half-a-line.jsonl:10 NOT_JSON');
    expect(none.err).toContain('no-record.jsonl:10 BAD_RECORD');
  });

  test('a trace that was cut in a line is never a pass', () => {
    const scenario = desk.scenario('shortened', 'settled: { statefulset/web: Ready }');
    desk.call('run', scenario, '--trace-dir', 'traces');
    const text = desk.read('traces/shortened.simulator.1.jsonl');
    desk.write('cut.jsonl', text.slice(0, text.length / 2));

    const { code, out } = desk.call('check', 'cut.jsonl', scenario, '--reporter', 'list');

    expect([2, 4]).toContain(code);
    expect(out).not.toContain('✓');
  });
});
