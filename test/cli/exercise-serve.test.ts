import { once } from 'node:events';
import { createServer } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import { buildPackage, packageRoot } from './built-package.ts';
import { Desk } from './desk.ts';
import type { AddressInfo } from 'node:net';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 240_000 });

const fixtures = join(packageRoot, 'test/fixtures/page-exercises');
const empty = mkdtempSync(join(tmpdir(), 'setpiece-empty-'));
const desk = new Desk();

beforeAll(() => buildPackage());
afterAll(() => {
  desk.clear();
  rmSync(empty, { recursive: true });
});

/** Runs `exercise serve`, which is refused before it listens. */
function serve(...words: readonly string[]): Promise<unknown> {
  return createProgram().parseAsync(['exercise', 'serve', ...words], { from: 'user' });
}

test.each([
  ['a language that the page does not speak', ['--lang', 'fr'], '--lang: wanted en or zh, found fr'],
  ['a port that is none', ['--port', '70000'], '--port: wanted a port up to 65535, found 70000'],
  ['a folder that is not there', ['--exercises', '/nowhere'], 'there is no folder /nowhere with exercises'],
  ['a folder without exercises', ['--exercises', empty], `${empty} holds no exercise`],
])('%s is refused in one line', async (_what, words, message) => {
  await expect(serve(...words)).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining(message) });
});

test('a work folder that cannot be made is refused in one line', () => {
  desk.write('taken', 'a file');

  const { code, err } = desk.call('exercise', 'serve', '--port', '0', '--exercises', fixtures, '--work', 'taken/in');

  expect(code).toBe(3);
  expect(err).toMatch(/^error: --work: .*taken\/in cannot be made: a part of the path is a file, not a folder\n$/);
});

test('a port that is taken is told, with the way to another', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const child = desk.start('exercise', 'serve', '--port', String(port), '--exercises', fixtures);
  let told = '';
  child.stderr?.on('data', (part: Buffer) => (told += part.toString()));

  const [code] = (await once(child, 'close')) as [number];
  other.close();

  expect(code).toBe(3);
  expect(told).toContain(`cannot listen at 127.0.0.1, port ${port}: it is taken; --port 0 takes any free one\n`);
});

test('it says where it is and where the files are, serves the page, and ends with 0 on Ctrl-C', async () => {
  const child = desk.start(
    'exercise',
    'serve',
    '--port',
    '0',
    '--exercises',
    fixtures,
    '--lang',
    'zh',
    '--work',
    'mine',
  );
  let told = '';
  child.stdout?.on('data', (part: Buffer) => (told += part.toString()));
  await vi.waitFor(() => expect(told).toContain('your files'), { timeout: 20_000 });

  const [url = ''] = /http:\S+/.exec(told) ?? [];
  const page = await fetch(url);
  const script = await fetch(`${url}page.js`);
  const html = await page.text();
  child.kill('SIGINT');
  const [code] = (await once(child, 'close')) as [number];

  expect(told).toMatch(
    /^1 exercise at http:\/\/127\.0\.0\.1:\d+\/ \(this machine alone; Ctrl-C ends\)\n {2}your files: .*\/mine\n$/,
  );
  expect(html).toContain('<html lang="zh"');
  expect((await script.text()).length).toBeGreaterThan(100_000);
  expect(code).toBe(0);
});
