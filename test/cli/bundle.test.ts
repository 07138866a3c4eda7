// The bundle with its code cache, as `npm run build` makes it: in a copy of the package, since dist is everybody's.

import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const copy = mkdtempSync(join(realpathSync(tmpdir()), 'setpiece-bundle-'));
const bin = join(copy, 'bin/setpiece.js');
const cache = join(copy, 'dist/bundle/main.cjs.cache');

vi.setConfig({ testTimeout: 60_000 });

function setpiece(words: readonly string[], flags: readonly string[] = []) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, bin, ...words], {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { code: status, out: stdout.replaceAll(/ *[\d.]+ m?s\b/g, ''), err: stderr };
}

beforeAll(() => {
  const parts = [
    'bin',
    'package.json',
    'scripts',
    'schema',
    'scenarios',
    'src',
    'reporters',
    'tsconfig.json',
    'tsconfig.build.json',
  ];
  for (const path of parts) {
    cpSync(join(root, path), join(copy, path), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', join(copy, 'tsconfig.build.json')]);
  cpSync(join(root, 'src/scenario/generated'), join(copy, 'dist/src/scenario/generated'), { recursive: true });
  const { status, stderr } = spawnSync(process.execPath, ['scripts/bundle.mjs'], { cwd: copy, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  setpiece(['init', 'first']);
}, 120_000);

afterAll(() => rmSync(copy, { recursive: true }));

describe('the bundle', () => {
  test('says what the modules say', () => {
    const modules = spawnSync(process.execPath, [bin, 'run', 'first', '--reporter', 'json'], {
      cwd: copy,
      encoding: 'utf8',
      env: { ...process.env, SETPIECE_DEBUG: '1' },
    });
    const hashOf = (text: string): string | undefined => /"traceHash": "(\w+)"/.exec(text)?.[1];

    const { code, out } = setpiece(['run', 'first', '--reporter', 'json']);

    expect(code).toBe(0);
    expect(hashOf(out)).toMatch(/^\w{16}$/);
    expect(hashOf(out)).toBe(hashOf(modules.stdout));
  });

  test('is text of one byte a character, and shows every character as it is', () => {
    expect(readFileSync(join(copy, 'dist/bundle/main.cjs')).every((byte) => byte < 0x80)).toBe(true);
    expect(setpiece(['run', 'first']).out).toContain('✓ first');
  });

  test('finds the files that come with the package', () => {
    expect(setpiece(['schema']).out).toContain('"$schema"');
  });

  test('works with workers, and serves', async () => {
    writeFileSync(join(copy, 'second.scenario.yaml'), 'scenario: second\ntitle: second\nsteps:\n  - name: wait\n');
    const child = spawn(process.execPath, [bin, 'serve', '--port', '0', '--kubeconfig', 'config'], { cwd: copy });
    const served = await new Promise<string>((done) => child.stdout.setEncoding('utf8').once('data', done));
    child.kill('SIGINT');

    expect(setpiece(['run', 'first', 'second.scenario.yaml', '--workers', '2'])).toMatchObject({ code: 0 });
    expect(served).toContain('http://127.0.0.1:');
  });

  test('serves with a certificate, too', async () => {
    const words = [bin, 'serve', '--port', '0', '--tls', '--kubeconfig', 'config'];
    const child = spawn(process.execPath, words, { cwd: copy });
    const said = await new Promise<string>((done) => {
      child.stdout.setEncoding('utf8').once('data', done);
      child.stderr.setEncoding('utf8').once('data', done);
    });
    const asked = setpiece(['ctl', '--kubeconfig', 'config', 'time']);
    child.kill('SIGINT');

    expect(said).toContain('https://127.0.0.1:');
    expect(asked).toMatchObject({ code: 0, out: expect.stringContaining('running, speed 1x, seed 1') });
  });

  test('does without a cache that is damaged, missing, or of a Node that is another or has other flags', () => {
    const whole = readFileSync(cache);
    const expected = setpiece(['run', 'first']);
    const otherVersion = Buffer.from(whole);
    // V8 writes a hash of its version behind the magic number.
    otherVersion.writeUInt32LE(0xdeadbeef, 4);
    const damaged = [Buffer.from('no cache'), whole.subarray(0, whole.length / 2), otherVersion];

    expect(setpiece(['run', 'first'], ['--no-opt'])).toEqual(expected);
    for (const bytes of damaged) {
      writeFileSync(cache, bytes);
      expect(setpiece(['run', 'first'])).toEqual(expected);
    }
    rmSync(cache);
    expect(setpiece(['run', 'first'])).toEqual(expected);
    writeFileSync(cache, whole);
  });

  test('writes nothing where it is installed', () => {
    const files = ['main.cjs', 'main.cjs.cache', 'worker.js'].map((name) => join(copy, 'dist/bundle', name));
    const before = [join(copy, 'dist/bundle'), ...files].map((path) => statSync(path).mtimeMs);

    setpiece(['run', 'first']);

    expect([join(copy, 'dist/bundle'), ...files].map((path) => statSync(path).mtimeMs)).toEqual(before);
  });
});
