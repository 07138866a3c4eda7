// The command as people call it: built, in a process of its own.

import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { buildPackage, command } from './built-package.ts';
import type { JsonReport } from '../../reporters/json.ts';

const { CI: _ci, FORCE_COLOR: _force, ...inherited } = process.env;
let folder: string;

// Each test starts several processes, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function setpiece(words: readonly string[], env: Readonly<Record<string, string>> = {}): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...inherited, NO_COLOR: '1', ...env },
  });
  return { code: status, out: stdout, err: stderr };
}

function write(name: string, text: string): string {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), text);
  return name;
}

function scenario(id: string, expectation: string): string {
  return write(
    `${id}.scenario.yaml`,
    `scenario: ${id}\ntitle: ${id}\ntags: [of-${id}]\nsteps:\n  - name: start\n    apply: first/manifests/web.yaml\n    expect:\n      ${expectation}\n`,
  );
}

beforeAll(() => {
  buildPackage();
  folder = mkdtempSync(join(tmpdir(), 'setpiece-cli-'));
  setpiece(['init', 'first']);
}, 200_000);

afterAll(() => rmSync(folder, { recursive: true }));

describe('setpiece run', () => {
  test('the scenario that init writes passes, and its line says so', () => {
    const { code, out, err } = setpiece(['run', 'first']);

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^✓ first +simulator seed 1 +t=\d.* records {3}trace [0-9a-f]{12}\n\n1 passed/);
  });

  test('one seed gives one trace, another seed another', () => {
    const hash = (seed: string): string | undefined => {
      const { out } = setpiece(['run', 'first', '--seed', seed, '--reporter', 'json']);
      return (JSON.parse(out) as JsonReport).scenarios[0]?.traceHash;
    };

    expect(hash('7')).toBe(hash('7'));
    expect(hash('7')).not.toBe(hash('8'));
  });

  test('a wrong expectation exits with 1 and shows the rule, the place, the history and the replay', () => {
    const file = scenario('wrong', 'order: [ pod/web-1: Created, pod/web-0: Ready ]');

    const { code, out } = setpiece(['run', file, '--seed', '3']);

    expect(code).toBe(1);
    expect(out).toContain('✗ wrong › start');
    expect(out).toContain('order violated: ');
    expect(out).toContain('wrong.scenario.yaml:8:');
    expect(out).toMatch(/\+0\.0s .* Created/);
    expect(out).toContain('replay: setpiece run wrong.scenario.yaml --seed 3');
    expect(out).not.toMatch(/\n\s+at .*\.js:/);
  });

  test('the steps behind one that failed are said not to have run', () => {
    const file = write(
      'stops.scenario.yaml',
      `scenario: stops\ntitle: stops\nsteps:\n  - name: one\n    apply: first/manifests/web.yaml\n    expect: { settled: { pod/web-9: Ready } }\n  - name: two\n    scale: { target: sts/web, to: 1 }\n`,
    );

    const { code, out } = setpiece(['run', file]);

    expect(code).toBe(1);
    expect(out).toContain('not run: two');
  });

  test('a vacuous pass is named, and red only under --strict', () => {
    const file = scenario('vacuous', 'never: [ pod/web-7: Terminating ]');

    expect(setpiece(['run', file]).code).toBe(0);
    const strict = setpiece(['run', file, '--strict']);

    expect(strict.code).toBe(4);
    expect(strict.out).toContain('∅ vacuous  vacuous › start › never');
  });

  test('a refusal that nobody expected fails loudly', () => {
    const manifest = `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: x }\nspec: { serviceName: x, replicas: -1 }\n`;
    write('bad.yaml', manifest);
    const file = write(
      'refused.scenario.yaml',
      `scenario: refused\ntitle: refused\nsteps:\n  - name: start\n    apply: bad.yaml\n    expect: { settled: { statefulset/x: Ready } }\n`,
    );

    const { code, out } = setpiece(['run', file]);

    expect(code).toBe(1);
    expect(out).toContain('REFUSED: apply statefulset/x must be accepted');
    expect(out).toMatch(/seen: refused with code 422 Invalid: StatefulSet.apps "x" is invalid/);
  });

  test('an accepted request that should have been rejected fails', () => {
    const file = scenario('accepted', 'rejected: { code: 422 }');

    const { code, out } = setpiece(['run', file]);

    expect(code).toBe(1);
    expect(out).toContain('rejected differs');
  });

  test('what the backend lacks is a skip with its reason', () => {
    const file = write(
      'skipped.scenario.yaml',
      `scenario: skipped\ntitle: skipped\nneeds: { kubernetes: ">=2", nodes: 5000 }\nsteps:\n  - name: run\n    advance: 1s\n`,
    );

    const { code, out } = setpiece(['run', file]);

    expect(code).toBe(0);
    expect(out).toContain('- skipped   skipped: needs 5000 nodes; simulator has at most ');
    expect(out).toContain('; needs Kubernetes >=2; simulator is 1.');
    expect(out).toContain('1 skipped');
  });

  test('an invalid file exits with 2 and shows every problem with its frame', () => {
    const file = write(
      'invalid.scenario.yaml',
      'scenario: invalid\ntitle: x\nsteps:\n  - name: a\n    scal: { target: sts/web, to: 3 }\n',
    );

    const { code, out } = setpiece(['run', file]);

    expect(code).toBe(2);
    expect(out).toContain('invalid.scenario.yaml:5:5  unknown-verb');
    expect(out).toContain('did you mean `scale`?');
  });

  test('a target that selects nothing is a mistake in the scenario', () => {
    const file = write(
      'target.scenario.yaml',
      'scenario: target\ntitle: x\nsteps:\n  - name: a\n    delete: { target: pod/none-* }\n',
    );

    const { code, out } = setpiece(['run', file]);

    expect(code).toBe(2);
    expect(out).toContain('the target `pod/none-*` selects nothing when step "a" starts');
  });

  test('filters choose by id, title and tag; nothing left is an error', () => {
    scenario('blue', 'settled: { statefulset/web: Ready }');
    scenario('green', 'settled: { statefulset/web: Ready }');

    expect(setpiece(['run', 'blue.scenario.yaml', 'green.scenario.yaml', '--tag', 'of-blue']).out).toMatch(
      /✓ blue[^]*1 passed/,
    );
    expect(setpiece(['run', 'blue.scenario.yaml', 'green.scenario.yaml', '--grep', '^green']).out).toMatch(
      /✓ green[^]*1 passed/,
    );
    const none = setpiece(['run', 'blue.scenario.yaml', '--tag', 'red']);

    expect(none.code).toBe(2);
    expect(none.out).toContain('nothing in blue.scenario.yaml matches --tag red');
  });

  test('--bail stops after the first that did not pass', () => {
    const [one, two] = [
      scenario('bail-a', 'settled: { pod/web-9: Ready }'),
      scenario('bail-b', 'settled: { pod/web-9: Ready }'),
    ];

    const { code, out } = setpiece(['run', one, two, '--bail']);

    expect(code).toBe(1);
    expect(out).toContain('1 of 2 scenarios were not run');
  });

  test('workers tell the same as one thread, in the same order', () => {
    const rows = Array.from({ length: 6 }, (_, n) => `  - { n: ${(n % 3) + 1} }`).join('\n');
    const file = write(
      'rows.scenario.yaml',
      `scenario: rows\ntitle: rows\nmatrix:\n${rows}\nsteps:\n  - name: start\n    apply: first/manifests/web.yaml\n  - name: scale\n    scale: { target: sts/web, to: $n }\n    expect: { settled: [ { of: pod/web-*, is: Ready, count: $n } ] }\n`,
    );
    const hashes = (workers: string): readonly unknown[] => {
      const { out } = setpiece(['run', file, '--workers', workers, '--reporter', 'json']);
      return (JSON.parse(out) as JsonReport).scenarios.map(({ row, traceHash, outcome }) => [row, traceHash, outcome]);
    };

    expect(hashes('3')).toEqual(hashes('1'));
    expect(hashes('1')).toHaveLength(6);
  });
});

describe('setpiece check', () => {
  test.each(['pass', 'fail'])(
    'a trace of a run that ended with %s gives offline the same verdicts and the same hash',
    (outcome) => {
      const file = scenario(`checked-${outcome}`, `settled: { pod/web-${outcome === 'pass' ? 2 : 7}: Ready }`);
      setpiece(['run', file, '--output', 'out']);
      const live = JSON.parse(readFileSync(join(folder, 'out/report.json'), 'utf8')) as JsonReport;

      const { code, out } = setpiece(['check', `out/checked-${outcome}.simulator.1.jsonl`, file, '--reporter', 'json']);
      const offline = JSON.parse(out) as JsonReport;

      expect(code).toBe(live.exitCode);
      expect(offline.scenarios[0]?.steps).toEqual(live.scenarios[0]?.steps);
      expect(offline.scenarios[0]?.traceHash).toBe(live.scenarios[0]?.traceHash);
    },
  );

  test('a trace that ends early is inconclusive, a trace of another scenario is no verdict at all', () => {
    const file = scenario('cut', 'settled: { statefulset/web: Ready }');
    setpiece(['run', file, '--trace-dir', 'out']);
    const text = readFileSync(join(folder, 'out/cut.simulator.1.jsonl'), 'utf8');
    write('out/half.jsonl', text.slice(0, text.length / 2));
    const lines = text.split('\n');
    write('out/short.jsonl', `${lines.slice(0, lines.length / 2).join('\n')}\n`);

    const cannotTell = { code: 4, out: expect.stringContaining('settled cannot be decided') as string };

    expect(setpiece(['check', 'out/half.jsonl', file])).toMatchObject(cannotTell);
    expect(setpiece(['check', 'out/short.jsonl', file])).toMatchObject(cannotTell);
    expect(setpiece(['check', 'out/cut.simulator.1.jsonl', 'first/first.scenario.yaml'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('is a trace of the scenario `cut`') as string,
    });
  });
});

describe('usage', () => {
  test.each([
    [['run', 'nowhere'], 'nowhere does not exist'],
    [['run', '--sead', '3'], 'Did you mean --seed?'],
    [['rum'], 'Did you mean run?'],
    [['run', '--seed', '-1'], 'Wanted a whole number'],
    [['run', '--quiet', '5'], 'Wanted a duration with its unit'],
    [['run', '--grep', '('], 'Invalid regular expression'],
    [['run', '--backend', 'kund'], 'Allowed choices are'],
    [['run', '--reporter', 'jason'], 'did you mean json?'],
    [['explain', 'scael'], 'did you mean scale?'],
    [['init', 'first'], 'nothing is overwritten'],
    [['check', 'x.jsonl'], "missing required argument 'scenario'"],
    [[], 'Usage: setpiece'],
  ])('%j exits with 2 and says what is wrong', (words, message) => {
    const { code, out, err } = setpiece(words);

    expect(code).toBe(2);
    expect(out + err).toContain(message);
    expect(err).not.toMatch(/\n\s+at /);
  });

  test('a JSON summary comes on every path, also of a command line that cannot be read', () => {
    const unread = JSON.parse(setpiece(['run', '--sead', '3', '--reporter', 'json']).out) as JsonReport;
    const nothing = JSON.parse(setpiece(['run', 'nowhere', '--reporter=json']).out) as JsonReport;

    expect(unread).toMatchObject({ exitCode: 2, reason: expect.stringContaining('--sead') as string });
    expect(nothing).toMatchObject({ exitCode: 2, reason: 'nowhere does not exist' });
  });

  test('a report that cannot be written is a failure of the environment', () => {
    write('taken', '');

    expect(setpiece(['run', 'first', '--reporter', 'json=taken/below.json']).code).toBe(3);
    expect(setpiece(['run', 'first', '--output', 'taken']).code).toBe(3);
  });

  test('NO_COLOR wins over FORCE_COLOR, which wins over not being a terminal', () => {
    expect(setpiece(['explain'], { FORCE_COLOR: '1' }).out).not.toContain('\u001B[');
    expect(setpiece(['explain'], { FORCE_COLOR: '1', NO_COLOR: '' }).out).toContain('\u001B[');
    expect(setpiece(['explain'], { NO_COLOR: '' }).out).not.toContain('\u001B[');
  });
});

describe('interruption', () => {
  const endless = (): string => {
    const rows = Array.from({ length: 2000 }, () => '  - { n: 1 }').join('\n');
    return write(
      'endless.scenario.yaml',
      `scenario: endless\ntitle: endless\nmatrix:\n${rows}\nsteps:\n  - name: start\n    apply: first/manifests/web.yaml\n    expect: { settled: { statefulset/web: Ready } }\n`,
    );
  };

  test.each(['1', '2'])(
    'Ctrl-C with %s worker(s) ends with 130 and a summary',
    async (workers) => {
      const child = spawn(process.execPath, [command, 'run', endless(), '--reporter', 'line', '--workers', workers], {
        cwd: folder,
        env: inherited,
      });
      let out = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        if (out === '') child.kill('SIGINT');
        out += text;
      });

      const code = await new Promise((end) => child.on('close', end));

      expect(code).toBe(130);
      expect(out).toMatch(/interrupted: \d+ of 2000 scenarios were not run/);
      expect(out).toMatch(/exit code 130\n$/);
    },
    30_000,
  );

  test('a reader that goes away changes neither the exit code nor brings a stack trace', async () => {
    const child = spawn(process.execPath, [command, 'run', 'first', '--reporter', 'json'], {
      cwd: folder,
      env: inherited,
    });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.stdout.destroy();

    const code = await new Promise((end) => child.on('close', end));

    expect({ code, err }).toEqual({ code: 0, err: '' });
  });
});
