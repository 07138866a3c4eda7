// The plugin in a project of somebody else: a folder of its own with the built package in its node_modules, and vitest as its
// user starts it.

import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { buildPackage, packageRoot } from '../cli/built-package.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 200_000 });

const folder = mkdtempSync(join(tmpdir(), 'setpiece-vitest-'));
const { CI: _ci, VITEST: _vitest, FORCE_COLOR: _force, ...inherited } = process.env;
const env = { ...inherited, NO_COLOR: '1' };
const vitest = join(folder, 'node_modules/vitest/vitest.mjs');

beforeAll(() => {
  buildPackage();
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(join(packageRoot, 'node_modules'))) {
    symlinkSync(join(packageRoot, 'node_modules', name), join(folder, 'node_modules', name));
  }
  symlinkSync(packageRoot, join(folder, 'node_modules/setpiece'));
  write('package.json', '{ "type": "module" }');
  write(
    'vitest.config.js',
    `import { setpiece } from 'setpiece/vitest';
export default { plugins: [setpiece({ seed: 7 })], test: { pool: 'threads', isolate: false, includeTaskLocation: true } };
`,
  );
  write('web.yaml', manifest);
  write('passes.scenario.yaml', scenario('passes', 'settled: { statefulset/web: Ready }'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const manifest = `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: web }
spec:
  serviceName: web
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [ { name: nginx, image: "nginx:1.27" } ] }
`;

function scenario(id: string, expectation: string, head = ''): string {
  return `scenario: ${id}
title: about ${id}
${head}steps:
  - name: start
    apply: web.yaml
    expect:
      ${expectation}
`;
}

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

function run(...words: readonly string[]): { readonly code: number | null; readonly out: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [vitest, 'run', ...words], {
    cwd: folder,
    encoding: 'utf8',
    env,
  });
  return { code: status, out: stdout + stderr };
}

describe('setpiece/vitest', () => {
  test('a scenario is a test with its id and title', () => {
    const { code, out } = run('--reporter', 'verbose', 'passes');

    expect(out).toContain('✓ passes.scenario.yaml:1:1 > passes: about passes');
    expect(code).toBe(0);
  });

  test('each expectation that does not hold has a frame in the scenario, and what was expected and received', () => {
    const wrong =
      'settled:\n        statefulset/web: { readyReplicas: 3 }\n      order: [ pod/web-1: Created, pod/web-0: Ready ]';
    write('fails.scenario.yaml', scenario('fails', wrong));

    const { code, out } = run('fails');

    expect(code).toBe(1);
    expect(out).toContain(
      'ExpectationError: start\n\norder violated: pod/web-1 must be Created before pod/web-0 is Ready',
    );
    expect(out).toMatch(/❯ fails\.scenario\.yaml:8:9\n.*\n {6}8\|.*readyReplicas: 3/s);
    expect(out).toContain('replay: setpiece run fails.scenario.yaml --seed 7');
    expect(out).toMatch(/❯ trace\n.*trace [0-9a-f]{16}/);
  });

  test('two that do not hold are two blocks, each with its own difference', () => {
    const wrong =
      'settled:\n        - statefulset/web: { readyReplicas: 3 }\n        - { of: pod/web-*, is: Ready, count: 5 }';
    write('twice.scenario.yaml', scenario('twice', wrong));

    const { out } = run('twice');

    expect(out.match(/ExpectationError/g)).toHaveLength(2);
    expect(out).toMatch(/❯ twice\.scenario\.yaml:8:\d+/);
    expect(out).toMatch(/❯ twice\.scenario\.yaml:9:\d+/);
    expect(out).toMatch(/- {3}"[^"]*readyReplicas": "3",\n\+ {3}"[^"]*readyReplicas": "2",/);
  });

  test('rows of a matrix are tests at their lines; -t and a line choose among them', () => {
    write(
      'rows.scenario.yaml',
      scenario('rows', 'settled: { statefulset/web: Ready }', 'matrix:\n  - { size: 1 }\n  - { size: 2 }\n'),
    );

    expect(run('--reporter', 'verbose', 'rows').out).toMatch(/rows\.scenario\.yaml:4:5 > rows#0.*:5:5 > rows#1/s);
    expect(run('rows', '-t', 'rows#1').out).toMatch(/Tests +1 passed \| 1 skipped/);
    expect(run('rows.scenario.yaml:5').out).toMatch(/Tests +1 passed \| 1 skipped/);
  });

  test('a file with mistakes is a failed suite that shows all of them', () => {
    write('bad.scenario.yaml', 'scenario: bad\ntitle: x\nsteps:\n  - aply: web.yaml\n  - scal: 3\n');

    const { code, out } = run('bad');
    rmSync(join(folder, 'bad.scenario.yaml'));

    expect(code).toBe(1);
    expect(out).toContain('`aply` is no verb; did you mean `apply`?');
    expect(out).toContain('`scal` is no verb; did you mean `scale`?');
  });

  test('what the backend cannot do is a skipped test, with the reason', () => {
    write(
      'needs.scenario.yaml',
      scenario('needs', 'settled: { statefulset/web: Ready }', 'needs: { kubernetes: ">=9.0" }\n'),
    );

    const { code, out } = run('needs', '--reporter', 'verbose');

    expect(code).toBe(0);
    expect(out).toMatch(/needs: about needs.*needs Kubernetes >=9\.0/);
  });

  test("vitest's own reporters know the places", () => {
    run('fails', '--reporter', 'junit', '--outputFile', 'junit.xml');

    expect(readFileSync(join(folder, 'junit.xml'), 'utf8')).toContain('<testsuite name="fails.scenario.yaml"');
  });

  test('in watch mode a changed manifest runs the tests again that apply it', async () => {
    const child = spawn(process.execPath, [vitest, '--watch', 'passes'], { cwd: folder, env });
    let out = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (out += text));
    }
    const passed = async (times: number): Promise<void> => {
      const seen = (): void => {
        if ((out.match(/Tests +1 passed/g)?.length ?? 0) < times) throw new Error(out);
      };
      await vi.waitFor(seen, { timeout: 20_000, interval: 50 });
    };
    try {
      await passed(1);
      write('web.yaml', manifest.replace('replicas: 2', 'replicas: 3'));
      await passed(2);
    } finally {
      child.kill();
      write('web.yaml', manifest);
    }

    expect(out).toContain('RERUN');
  });
});
