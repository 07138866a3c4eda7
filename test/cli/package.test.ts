// The package as npm would publish it, unpacked into a project that has nothing but the packages that it depends on.

import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { buildPackage, packageRoot } from './built-package.ts';

const project = mkdtempSync(join(realpathSync(tmpdir()), 'setpiece-package-'));
const installed = join(project, 'node_modules/setpiece');
const manifest = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
};
let files: readonly string[] = [];

vi.setConfig({ testTimeout: 60_000 });

function node(words: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    cwd: project,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', ...environment },
  });
  return { code: status, out: stdout, err: stderr };
}

const bin = join(installed, 'bin/setpiece.js');
const setpiece = (...words: readonly string[]) => node([bin, ...words]);

/** Puts a package of ours where the project finds it. */
function provide(name: string): void {
  const path = join(project, 'node_modules', name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(join(packageRoot, 'node_modules', name), path);
}

function compile(file: string, types: readonly string[] = []) {
  const tsc = join(packageRoot, 'node_modules/typescript/bin/tsc');
  const options = ['--ignoreConfig', '--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023'];
  return node([tsc, ...options, '--types', types.join(','), file]);
}

beforeAll(() => {
  buildPackage();
  const options = ['--ignore-scripts', '--silent', '--pack-destination', project];
  const packed = spawnSync('npm', ['pack', ...options], { cwd: packageRoot, encoding: 'utf8' });
  const tarball = `setpiece-${manifest.version}.tgz`;
  if (packed.status !== 0) throw new Error(packed.stderr);
  files = spawnSync('tar', ['tzf', tarball], { cwd: project, encoding: 'utf8' }).stdout.trim().split('\n');
  spawnSync('tar', ['xzf', tarball], { cwd: project });
  mkdirSync(dirname(installed));
  renameSync(join(project, 'package'), installed);
  for (const name of Object.keys(manifest.dependencies)) provide(name);
  writeFileSync(join(project, 'package.json'), '{ "type": "module", "private": true }');
  setpiece('init');
}, 240_000);

afterAll(() => rmSync(project, { recursive: true }));

describe('the published package', () => {
  test('has what it needs at run time', () => {
    const needed = [
      'LICENSE',
      'README.md',
      'assets/kind/Dockerfile',
      'bin/package.json',
      'bin/setpiece.js',
      'dist/bundle/main.cjs',
      'dist/bundle/main.cjs.cache',
      'dist/bundle/worker.js',
      'dist/pages/exercise.css',
      'dist/pages/exercise.js',
      'dist/pages/report.css',
      'dist/pages/report.js',
      'dist/src/index.d.ts',
      'dist/src/scenario/generated/manual.js',
      'dist/src/scenario/generated/validators.js',
      'dist/src/vitest/index.d.ts',
      'exercises/01-first-set/exercise.yaml',
      'scenarios/guarantees.yaml',
      'schema/exercise.schema.json',
      'schema/kubernetes-descriptions.json',
      'schema/scenario.schema.json',
    ];

    expect(needed.filter((path) => !files.includes(`package/${path}`))).toEqual([]);
  });

  test('has neither tests, maps, sources, nor modules whose source is gone', () => {
    const odd = /\.test\.|\.map$|\.tsbuildinfo$|\/\.[^/]*$|^package\/(?:src|test|reporters|scripts|node_modules)\//;
    const modules = files.flatMap((path) => /^package\/dist\/((?:src|reporters)\/.*)\.js$/.exec(path)?.[1] ?? []);
    const orphans = modules.filter((path) =>
      ['.ts', '.js'].every((suffix) => !existsSync(join(packageRoot, path + suffix))),
    );

    expect(files.filter((path) => odd.test(path))).toEqual([]);
    expect(modules.length).toBeGreaterThan(500);
    expect(orphans).toEqual([]);
  });

  test('says nothing of where it was built', () => {
    const paths = [
      'bundle/main.cjs',
      'bundle/main.cjs.cache',
      'bundle/worker.js',
      'pages/exercise.js',
      'pages/report.js',
    ];
    const telling = paths.filter((path) => readFileSync(join(installed, 'dist', path), 'latin1').includes(packageRoot));

    expect(telling).toEqual([]);
  });

  test('stays small', () => {
    expect(statSync(join(project, `setpiece-${manifest.version}.tgz`)).size).toBeLessThan(4_000_000);
  });
});

describe('an installed package', () => {
  test('runs scenarios, and writes the report', () => {
    expect(setpiece('run')).toMatchObject({ code: 0, out: expect.stringContaining('✓ first') });
    expect(setpiece('run', '--reporter', 'html=report.html').code).toBe(0);
    expect(readFileSync(join(project, 'report.html'), 'utf8')).toContain('createElement');
  });

  test('runs its bundle whatever the times of its files are', () => {
    const modules = join(installed, 'dist/src/cli/main.js');
    const broken = join(installed, 'dist/src/cli/broken.js');
    renameSync(modules, broken);
    writeFileSync(modules, 'throw new Error("the modules are run");\n');
    utimesSync(join(installed, 'dist/bundle/main.cjs'), 0, 0);

    const found = setpiece('--version');
    renameSync(broken, modules);

    expect(found).toMatchObject({ code: 0, out: `${manifest.version}\n` });
  });

  test('hands out its exercises, and checks them', () => {
    expect(setpiece('exercise', 'list').out).toContain('first-set');
    expect(setpiece('exercise', 'start', 'first-set').code).toBe(0);
    expect(setpiece('exercise', 'check', 'first-set')).toMatchObject({
      code: 1,
      out: expect.stringContaining('✗ members'),
    });
    cpSync(join(installed, 'exercises/01-first-set/solution'), join(project, 'first-set'), { recursive: true });
    expect(setpiece('exercise', 'check', 'first-set').code).toBe(0);
  });

  test('checks lessons, and lists its mutants and schema', () => {
    writeFileSync(join(project, 'lesson.md'), '# Nodes\n\n```shell\nkubectl get nodes\n```\n');

    expect(setpiece('lesson', 'check', 'lesson.md')).toMatchObject({ code: 0, out: expect.stringContaining('1 true') });
    expect(setpiece('mutate', '--list')).toMatchObject({ code: 0, out: expect.stringContaining('order-ignored') });
    expect(setpiece('schema').out).toContain('"$schema"');
  });

  test('serves a cluster that ctl controls', async () => {
    const child = spawn(process.execPath, [bin, 'serve', '--port', '0', '--kubeconfig', 'config'], { cwd: project });
    const said = await new Promise<string>((done) => {
      child.stdout.setEncoding('utf8').once('data', done);
      child.stderr.setEncoding('utf8').once('data', done);
    });
    const asked = setpiece('ctl', '--kubeconfig', 'config', 'time');
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGINT');
    await ended;

    expect(said).toContain('http://127.0.0.1:');
    expect(asked).toMatchObject({ code: 0, out: expect.stringContaining('running, speed 1x, seed 1') });
  });

  test.each([['cluster', '--context', 'x'], ['kind']])(
    'says which package the backend %s needs',
    (backend, ...more) => {
      const { code, out, err } = setpiece('run', '--backend', backend, ...more);

      expect(code).toBe(3);
      expect(out + err).toContain('need the package @kubernetes/client-node: npm install --save-dev');
      expect(out + err).not.toContain('bug of ours');
    },
  );

  test('is imported, without the packages that are optional', () => {
    const code = "const { runSuite } = await import('setpiece'); const { setpiece } = await import('setpiece/vitest');";
    const found = node(['--input-type=module', '-e', `${code} console.log(typeof runSuite, setpiece().name)`]);

    expect(found).toMatchObject({ code: 0, out: 'function setpiece\n' });
  });

  test('has types that hold without any other package, and those for vitest where that comes', () => {
    writeFileSync(
      join(project, 'main.ts'),
      `import { runSuite, version } from 'setpiece';\nexport const text: string = version;\n` +
        `// @ts-expect-error: it is no text\nexport const wrong: string = runSuite;\n`,
    );
    writeFileSync(
      join(project, 'config.ts'),
      `import { setpiece } from 'setpiece/vitest';\nimport { defineConfig } from 'vitest/config';\n` +
        `export default defineConfig({ plugins: [setpiece({ include: ['*.yaml'] })] });\n` +
        `// @ts-expect-error: a list is wanted\nsetpiece({ include: 4 });\n`,
    );

    expect(compile('main.ts')).toMatchObject({ code: 0, out: '' });
    for (const name of ['vitest', '@types/node']) provide(name);
    expect(compile('config.ts', ['node'])).toMatchObject({ code: 0, out: '' });
  });
});
