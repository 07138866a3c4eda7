// The server of the page: who may ask for what, and what is read and written.

import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveFixtures } from './served.ts';
import type {
  CheckedAnswer,
  ExerciseDetail,
  ExerciseList,
  LearnerFile,
  LearnerFiles,
} from '../../../src/lessons/page/wire.ts';
import type { Answered, Served } from './served.ts';

let served: Served;
let own: Record<string, string>;
const api = '/api/exercises/three-members';

beforeAll(async () => {
  served = await serveFixtures();
  own = {
    'x-setpiece-token': await served.token(),
    origin: served.url.slice(0, -1),
    'content-type': 'application/json',
  };
});

afterAll(async () => {
  await served.end();
  if (served.errors.length > 0) throw new Error(`the server said: ${served.errors.join()}`);
});

async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const { status, text } = await put(method, path, body);
  expect({ status, text }).toMatchObject({ status: 200 });
  return JSON.parse(text) as T;
}

function put(method: string, path: string, body?: unknown): Promise<Answered> {
  return served.send(method, path, { headers: own, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
}

describe('a request from elsewhere', () => {
  test.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1', '127.0.0.1.evil.example', '0.0.0.0'])(
    'that calls the server %s is refused, for pages and data alike',
    async (host) => {
      for (const path of ['/', '/page.js', '/api/exercises']) {
        const { status, text } = await served.send('GET', path, { headers: { ...own, host } });

        expect(status).toBe(421);
        expect(text).not.toContain('token');
      }
    },
  );

  test('is answered under the names of this machine', async () => {
    const { port } = new URL(served.url);
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`]) {
      expect(await served.send('GET', '/', { headers: { host } })).toMatchObject({ status: 200 });
    }
  });

  test.each([
    ['without the token', { 'x-setpiece-token': '' }],
    ['with another token', { 'x-setpiece-token': 'a'.repeat(32) }],
    ['with the origin of another page', { origin: 'http://evil.example' }],
    ['with the origin of a file', { origin: 'null' }],
    ['with the origin of another port', { origin: 'http://127.0.0.1:1' }],
  ])('%s changes and reads nothing', async (_what, other) => {
    for (const [method, path] of [
      ['GET', '/api/exercises'],
      ['PUT', `${api}/files`],
      ['POST', `${api}/check`],
      ['POST', `${api}/start`],
    ] as const) {
      const body = method === 'GET' ? {} : { body: '{}' };
      const { status } = await served.send(method, path, { headers: { ...own, ...other }, ...body });

      expect(status).toBe(403);
    }
    expect(readdirSync(served.work)).toEqual([]);
  });

  test('that writes without an origin is refused', async () => {
    const { origin: _origin, ...headers } = own;

    expect(await served.send('POST', `${api}/start`, { headers, body: '{}' })).toMatchObject({ status: 403 });
  });
});

describe('every answer', () => {
  test('has a policy that lets only its own code run, and no cache keeps it', async () => {
    for (const path of ['/', '/page.js', '/api/exercises', '/nothing']) {
      const { headers } = await served.send('GET', path, { headers: own });

      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
      expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; ");
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['content-security-policy']).not.toContain('unsafe');
    }
  });

  test.each([
    ['GET', '/../package.json', 404],
    ['GET', '/%2e%2e/package.json', 404],
    ['GET', '/api/exercises/%zz', 400],
    ['GET', '/api/exercises/nothing', 404],
    ['GET', '/api/nothing', 404],
    ['DELETE', `${api}/files`, 404],
    ['POST', '/', 405],
  ])('%s %s is refused with %i', async (method, path, status) => {
    expect(await served.send(method, path, { headers: own })).toMatchObject({ status });
  });

  test.each([
    ['no JSON', '{', own, 400],
    ['a list', '[]', own, 400],
    ['a form', 'a=1', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['more than a mebibyte', JSON.stringify({ path: 'web.yaml', text: 'a'.repeat(1 << 20) }), own, 413],
    ['no text', '{"path":"web.yaml"}', own, 400],
  ])('a body that is %s is refused', async (_what, body, headers, status) => {
    expect(await served.send('PUT', `${api}/files`, { headers: { ...own, ...headers }, body })).toMatchObject({
      status,
    });
  });
});

describe('an exercise', () => {
  test('is listed and told without its hints and its solution', async () => {
    const { exercises } = await ask<ExerciseList>('GET', '/api/exercises');
    const { text } = await put('GET', api);

    expect(exercises).toEqual([
      { id: 'three-members', level: 1, title: { en: 'Three members', zh: '三个成员' }, max: 3, checks: 2 },
    ]);
    expect((JSON.parse(text) as ExerciseDetail).asked).toMatchObject([
      { id: 'ready', points: 2, hints: 2 },
      { hints: 1 },
    ]);
    expect(text).not.toContain('asks for one');
    expect(text).not.toContain('replicas: 3');
  });

  test("shows its author's markup as text", async () => {
    const { tasks } = await ask<ExerciseDetail>('GET', api);

    expect(tasks['en']).toContain('<strong>three</strong>');
    expect(tasks['en']).toContain('<td><code>web.yaml</code></td>');
    expect(tasks['en']).toContain('&lt;script&gt;');
    expect(tasks['en']).not.toMatch(/<script|<img|javascript:/);
  });

  test('gives hints one by one, and nothing behind the last', async () => {
    const { hint } = await ask<{ hint: Record<string, string> }>('POST', `${api}/hint`, { check: 'ready', number: 1 });

    expect(hint).toEqual({ en: 'It asks for one.', zh: '它只要求一个。' });
    for (const number of [2, -1, 0.5, 'x', undefined]) {
      expect(await put('POST', `${api}/hint`, { check: 'ready', number })).toMatchObject({ status: 404 });
    }
  });

  test('is graded on what is on disk', async () => {
    await ask('POST', `${api}/start`, {});

    const wrong = await ask<CheckedAnswer>('POST', `${api}/check`, { language: 'zh' });
    const { files } = await ask<LearnerFiles>('POST', `${api}/solution`, {});
    for (const { path, text } of files) served.write(`01-three-members/${path}`, text);
    const right = await ask<CheckedAnswer>('POST', `${api}/check`, {});

    expect(wrong.grade).toMatchObject({ kind: 'graded', passed: false, points: 0, max: 3 });
    expect(wrong.grade.checks[0]).toMatchObject({ asks: 'StatefulSet 有三个就绪的成员', outcome: 'fail' });
    expect(wrong.run?.rows.length).toBeGreaterThan(10);
    expect(right.grade).toMatchObject({ passed: true, points: 3 });
  });

  test('is not graded when its files cannot be read, and says why', async () => {
    rmSync(join(served.work, '01-three-members/web.yaml'));

    const { grade, run } = await ask<CheckedAnswer>('POST', `${api}/check`, {});

    expect(grade).toMatchObject({ kind: 'unreadable', points: 0 });
    expect(grade.problems.map(({ message }) => message).join()).toContain('web.yaml');
    expect(run).toBeUndefined();
  });
});

describe("the learner's files", () => {
  const file = '01-three-members/web.yaml';
  const write = (path: string, text: string, base?: string): Promise<Answered> =>
    put('PUT', `${api}/files`, { path, text, ...(base === undefined ? {} : { base }) });

  test('are handed out once, and what is there is left alone', async () => {
    await ask('POST', `${api}/start`, {});
    served.write(file, 'mine: 1\n');

    const { files } = await ask<LearnerFiles>('POST', `${api}/start`, {});

    expect(files.map(({ path, text }) => [path, text])).toEqual([
      ['web.yaml', 'mine: 1\n'],
      ['grow.sh', expect.any(String)],
    ]);
  });

  test('are written; another text on disk is a conflict', async () => {
    const { version } = JSON.parse((await write('web.yaml', 'a: 1\n')).text) as LearnerFile;
    served.write(file, 'b: 2\n');

    const conflict = await write('web.yaml', 'a: 2\n', version);

    expect(conflict.status).toBe(409);
    expect(JSON.parse(conflict.text)).toMatchObject({ path: 'web.yaml', text: 'b: 2\n' });
    expect(served.read(file)).toBe('b: 2\n');
    expect(readdirSync(join(served.work, '01-three-members')).sort()).toEqual(['grow.sh', 'web.yaml']);
  });

  test.each(['exercise.yaml', '../../x', '/etc/passwd', 'web.yaml/../x', '', '__proto__', 'web.yaml\u0000'])(
    'a path that is not of the exercise, such as %j, is not written',
    async (path) => {
      expect(await write(path, 'x')).toMatchObject({ status: 404 });
      expect(readdirSync(served.work)).toEqual(['01-three-members']);
    },
  );

  test('a link in the place of a file is not followed', async () => {
    const outside = join(served.work, '..', `outside-${process.pid}.txt`);
    writeFileSync(outside, 'secret');
    rmSync(join(served.work, file), { force: true });
    symlinkSync(outside, join(served.work, file));

    const written = await write('web.yaml', 'x');
    const { files } = await ask<LearnerFiles>('GET', `${api}/files`);

    expect(written).toMatchObject({ status: 409, text: expect.stringContaining('is a link') });
    expect(files[0]).toMatchObject({ text: '', version: '', trouble: expect.stringContaining('link') });
    rmSync(outside);
    rmSync(join(served.work, file));
  });

  test('a link in the place of the folder is not followed', async () => {
    const folder = join(served.work, '01-three-members');
    const outside = join(served.work, '..', `outside-${process.pid}`);
    rmSync(folder, { recursive: true });
    mkdirSync(outside);
    symlinkSync(outside, folder);

    expect(await write('web.yaml', 'x')).toMatchObject({ status: 409 });
    expect(existsSync(join(outside, 'web.yaml'))).toBe(false);
    rmSync(folder);
    rmSync(outside, { recursive: true });
  });

  test('are handed out anew when the whole work folder was removed', async () => {
    rmSync(served.work, { recursive: true });

    const { files } = await ask<LearnerFiles>('POST', `${api}/start`, {});

    expect(files.map(({ trouble }) => trouble)).toEqual([undefined, undefined]);
    expect(readdirSync(join(served.work, '01-three-members')).sort()).toEqual(['grow.sh', 'web.yaml']);
  });

  test('that are binary are told, not shown', async () => {
    await ask('POST', `${api}/start`, {});
    writeFileSync(join(served.work, file), Buffer.from([0, 1, 2, 255]));

    const { files } = await ask<LearnerFiles>('GET', `${api}/files`);

    expect(files[0]).toMatchObject({ text: '', trouble: expect.stringContaining('not text') });
  });
});
