import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { buildPackage, packageRoot } from './built-package.ts';
import { Desk, expectNoStack } from './desk.ts';
import { manualTopics } from '../../src/scenario/generated/manual.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 200_000 });

let desk: Desk;

beforeAll(() => {
  buildPackage();
  desk = new Desk();
});
afterAll(() => desk.clear());

describe('exit codes, each with a JSON summary that says the same', () => {
  test.each([
    [0, 'passes', 'settled: { statefulset/web: Ready }', []],
    [1, 'fails', 'settled: { pod/web-7: Ready }', []],
    [2, 'is-invalid', 'settles: { pod/web-7: Ready }', []],
    [4, 'is-vacuous', 'never: [ pod/web-7: Terminating ]', ['--strict']],
    [0, 'is-vacuous', 'never: [ pod/web-7: Terminating ]', []],
  ] as const)('%i: a scenario that %s', (wanted, id, expectation, flags) => {
    const file = desk.scenario(id, expectation);

    const { code, out } = desk.call('run', file, ...flags, '--reporter', 'list', '--reporter', 'json=report.json');

    expect(code).toBe(wanted);
    expect(out).toMatch(new RegExp(`exit code ${wanted}\\n$`));
    expect(desk.report('report.json').exitCode).toBe(wanted);
  });

  test('3: a trace folder that cannot be', () => {
    const file = desk.scenario('untraced', 'settled: { statefulset/web: Ready }');
    desk.write('taken', '');

    const { code } = desk.call('run', file, '--trace-dir', 'taken/below', '--reporter', 'json=report.json');

    expect(code).toBe(3);
    expect(desk.report('report.json')).toMatchObject({ exitCode: 3, counts: { error: 1 } });
  });

  test('130: an interrupted run keeps what it has, tells it and leaves a trace', async () => {
    const manifest =
      'scale: { target: sts/web, to: 20000 }\n    expect: { within: 99h, settled: { statefulset/web: Ready } }';
    desk.scenario('long', 'settled: { statefulset/web: Ready }');
    const file = desk.write(
      'long.scenario.yaml',
      `${desk.read('long.scenario.yaml')}  - name: far\n    ${manifest}\n  - name: never reached\n    advance: 1s\n`,
    );
    const quick = desk.scenario('quick', 'settled: { statefulset/web: Ready }');
    const child = desk.start('run', quick, file, '--nodes', '300', '--output', 'cut', '--reporter', 'list');
    let out = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      // The first line tells that the quick one has passed, and that the long one is about to begin.
      if (out === '') setTimeout(() => child.kill('SIGINT'), 500);
      out += text;
    });

    const code = await new Promise((end) => child.on('close', end));

    expect(code).toBe(130);
    expectNoStack({ code: 130, out, err: '' });
    expect(out).toMatch(/! long +interrupted at t=/);
    expect(out).toMatch(/not run: .*far · never reached\n/);
    expect(desk.report('cut/report.json')).toMatchObject({ exitCode: 130, counts: { pass: 1, interrupted: 1 } });
    const trace = desk.read('cut/long.simulator.1.jsonl').trimEnd().split('\n');
    expect(JSON.parse(trace.at(-1) ?? '')).toMatchObject({ window: 'closed', reason: 'interrupted' });
  });
});

describe('options of run', () => {
  test('--output writes the report and a trace for every run', () => {
    const file = desk.scenario('both', 'settled: { statefulset/web: Ready }', 'matrix: [ { a: 1 }, { a: 2 } ]\n');

    desk.call('run', file, '--output', 'all', '--seed', '4');

    expect(readdirSync(join(desk.folder, 'all')).toSorted()).toEqual([
      'both.0.simulator.4.jsonl',
      'both.1.simulator.4.jsonl',
      'report.json',
    ]);
    expect(desk.report('all/report.json').scenarios.map(({ tracePath }) => tracePath)).toEqual([
      'all/both.0.simulator.4.jsonl',
      'all/both.1.simulator.4.jsonl',
    ]);
  });

  test('--trace-dir writes traces only; without it none are written', () => {
    const file = desk.scenario('traces-only', 'settled: { statefulset/web: Ready }');

    desk.call('run', file, '--trace-dir', 'only');
    const { out } = desk.call('run', file, '--reporter', 'json');

    expect(readdirSync(join(desk.folder, 'only'))).toEqual(['traces-only.simulator.1.jsonl']);
    expect(JSON.parse(out)).not.toHaveProperty('scenarios.0.tracePath');
  });

  test('--patience multiplies what `within` allows', () => {
    const file = desk.scenario('patient', 'within: 100ms, eventually: { statefulset/web: Ready }');

    expect(desk.call('run', file).code).toBe(1);
    expect(desk.call('run', file, '--patience', '100').code).toBe(0);
  });

  test('--quiet sets how long nothing must happen', () => {
    const file = desk.scenario('quiet', 'settled: { statefulset/web: Ready }');

    desk.call('run', file, '--quiet', '90s', '--output', 'quiet');

    expect(desk.report('quiet/report.json')).toMatchObject({ exitCode: 0, quietMs: 90_000 });
    expect(desk.read('quiet/quiet.simulator.1.jsonl').split('\n')[0]).toContain('"quietMs":90000');
  });

  test('--grep looks at ids and titles, --tag at tags; both together narrow', () => {
    const files = ['apple', 'pear'].map((id) =>
      desk.scenario(id, 'settled: { statefulset/web: Ready }', `tags: [${id}-tag, fruit]\n`),
    );
    const ids = (...flags: readonly string[]): readonly string[] => {
      desk.call('run', ...files, ...flags, '--reporter', 'json=ids.json');
      return desk.report('ids.json').scenarios.map(({ id }) => id);
    };

    expect(ids('--grep', '^app')).toEqual(['apple']);
    expect(ids('--grep', 'ABOUT pear')).toEqual(['pear']);
    expect(ids('--tag', 'fruit')).toEqual(['apple', 'pear']);
    expect(ids('--tag', 'apple-tag', '--tag', 'pear-tag')).toEqual(['apple', 'pear']);
    expect(ids('--tag', 'fruit', '--grep', 'pear')).toEqual(['pear']);
    expect(ids('--tag', 'none')).toEqual([]);
  });

  test('the replay line of a failure makes the same trace', () => {
    const file = desk.scenario('replayed', 'settled: { pod/web-7: Ready }');
    desk.call(
      'run',
      file,
      '--seed',
      '31',
      '--patience',
      '2',
      '--quiet',
      '7s',
      '--nodes',
      '2',
      '--reporter',
      'json=1.json',
    );
    const [first] = desk.report('1.json').scenarios;

    const again = desk.shell(`${first?.replay ?? ''} --reporter json=2.json`);

    expect(again.code).toBe(1);
    expect(desk.report('2.json').scenarios[0]?.traceHash).toBe(first?.traceHash);
  });

  test('several reporters write what each would write alone', () => {
    const file = desk.scenario('reported', 'settled: { statefulset/web: Ready }');

    const reporters = ['json', 'list', 'line=lines.txt'].flatMap((name) => ['--reporter', name]);

    const { code, out, err } = desk.call('run', file, ...reporters);

    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ exitCode: 0, counts: { pass: 1 } });
    expect(err).toMatch(/^✓ reported/);
    expect(desk.read('lines.txt')).toMatch(/^pass +reported/);
  });
});

describe('pipes and colours', () => {
  test.each(['explain codes', 'schema', 'run big.scenario.yaml --reporter json'])(
    '`setpiece %s | head -1` keeps the exit code and stays silent',
    (words) => {
      const rows = Array.from({ length: 40 }, (_, n) => `{ a: ${n} }`).join(', ');
      desk.scenario('big', 'settled: { statefulset/web: Ready }', `matrix: [ ${rows} ]\n`);

      const { out, err } = desk.shell(`setpiece ${words} | head -1; echo "code \${PIPESTATUS[0]}"`);

      expect(err).toBe('');
      expect(out).toMatch(/code 0\n$/);
    },
  );

  test('colours only where they are wanted, never in files', () => {
    const file = desk.scenario('coloured', 'settled: { pod/web-7: Ready }');
    const escape = '\u001B[';

    expect(desk.call('run', file).out).not.toContain(escape);
    expect(desk.callWith({ FORCE_COLOR: '1', NO_COLOR: '' }, 'run', file).out).toContain(escape);
    desk.callWith({ FORCE_COLOR: '1', NO_COLOR: '' }, 'run', file, '--reporter', 'list=plain.txt');
    expect(desk.read('plain.txt')).not.toContain(escape);
  });
});

describe('the manual and the first scenario', () => {
  test('schema prints the published schema', () => {
    const { code, out } = desk.call('schema');

    expect(code).toBe(0);
    expect(out).toBe(readFileSync(join(packageRoot, 'schema/scenario.schema.json'), 'utf8'));
  });

  test('explain lists the topics, and explains each with all its entries', () => {
    const overview = desk.call('explain').out;

    for (const { topic, title, rows } of manualTopics) {
      const { code, out } = desk.call('explain', topic);
      expect(code).toBe(0);
      expect(overview).toContain(`${topic} `);
      expect(out).toContain(title);
      expect(rows.filter(({ name }) => !out.includes(name))).toEqual([]);
    }
  });

  test.each(['apply', 'order', 'Ready', 'contains', 'dns', 'unknown-verb'])('explain %s shows the entry', (name) => {
    const { code, out } = desk.call('explain', name);

    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`^${name} +\\(`));
  });

  test('init in an empty folder writes a scenario that passes and that lint likes, and never overwrites', () => {
    const first = desk.call('init', 'fresh/scenarios');
    const before = desk.read('fresh/scenarios/first.scenario.yaml');
    const next = /next: (setpiece run .+)\n/.exec(first.out)?.[1] ?? 'false';

    const second = desk.call('init', 'fresh/scenarios');

    expect([first.code, second.code]).toEqual([0, 2]);
    expect(second.err).toContain('nothing is overwritten');
    expect(desk.read('fresh/scenarios/first.scenario.yaml')).toBe(before);
    expect(desk.shell(next).code).toBe(0);
    expect(desk.call('lint', 'fresh', '--strict').code).toBe(0);
  });

  test('init writes nothing when one of its files is there', () => {
    desk.write('half/manifests/web.yaml', 'mine');

    const { code } = desk.call('init', 'half');

    expect(code).toBe(2);
    expect(desk.read('half/manifests/web.yaml')).toBe('mine');
    expect(existsSync(join(desk.folder, 'half/first.scenario.yaml'))).toBe(false);
  });
});
