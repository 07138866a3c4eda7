import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildPackage, packageRoot } from './built-package.ts';
import { Desk } from './desk.ts';
import type { Ended } from './desk.ts';

const folder = join(packageRoot, 'test/fixtures/exercises');

let desk: Desk;
beforeAll(() => buildPackage(), 200_000);
beforeEach(() => {
  desk = new Desk();
});
afterEach(() => desk.clear());

function exercise(...words: readonly string[]): Ended {
  return desk.callWith({ LANG: 'C', LC_ALL: '', LC_MESSAGES: '' }, 'exercise', ...words, '--exercises', folder);
}

/** Hands the first exercise out and puts an answer in. */
function answer(text: string): void {
  exercise('start', 'first-set');
  writeFileSync(join(desk.folder, 'first-set/web.yaml'), text);
}

const fixture = (name: string): string => readFileSync(join(folder, '01-first-set', name), 'utf8');

describe('setpiece exercise list and show', () => {
  test('list easy ones first, in the language of the environment', () => {
    expect(exercise('list')).toMatchObject({
      code: 0,
      out: '★☆☆☆☆  first-set  3 points  A first set\n★★☆☆☆  scale-out  3 points  Scale out\n',
    });
    const chinese = desk.callWith({ LC_ALL: '', LANG: 'zh_CN.UTF-8' }, 'exercise', 'list', '--exercises', folder);
    expect(chinese.out).toContain('第一个有状态集合');
    expect(exercise('list', '--lang', 'zh').out).toContain('扩容');
  });

  test('show the task, what is asked, and what may be changed', () => {
    const { code, out } = exercise('show', 'first-set');

    expect(code).toBe(0);
    expect(out).toContain('Make a set of three members.');
    expect(out).toContain('  ordered  1 points  New members start one after another');
    expect(out).toContain('  web.yaml  Service, StatefulSet.apps');
    expect(out).not.toContain('podManagementPolicy');
  });

  test('tell machines', () => {
    expect(JSON.parse(exercise('list', '--json').out)).toMatchObject({
      exercises: [{ id: 'first-set', level: 1, points: 3, checks: [{ id: 'ready', hints: 2 }, { id: 'ordered' }] }, {}],
    });
    expect(JSON.parse(exercise('show', 'scale-out', '--json').out)).toMatchObject({
      id: 'scale-out',
      task: '# Scale out\n',
    });
  });

  test('an exercise or a folder that is not there is a usage error', () => {
    expect(exercise('show', 'frist-set')).toMatchObject({
      code: 2,
      err: expect.stringContaining('did you mean `first-set`?'),
    });
    expect(desk.call('exercise', 'list', '--exercises', 'nowhere').code).toBe(2);
    expect(desk.call('exercise', 'list', '--exercises', '.')).toMatchObject({
      code: 2,
      err: expect.stringContaining('holds no exercise'),
    });
  });

  test('a broken exercise is shown with its line, beside the others', () => {
    desk.write('mine/01-x/exercise.yaml', 'exercise: x\nlevel: one\n');

    const ended = desk.call('exercise', 'list', '--exercises', 'mine');

    expect(ended.code).toBe(2);
    expect(ended.err).toContain('mine/01-x/exercise.yaml:2:8  wrong-type');
  });
});

describe('setpiece exercise start', () => {
  test('writes the files and what exercise they are of, and never over others', () => {
    expect(exercise('start', 'first-set', 'a/b').code).toBe(0);
    expect(desk.read('a/b/web.yaml')).toBe(fixture('start/web.yaml'));
    expect(JSON.parse(desk.read('a/b/.setpiece-exercise.json'))).toEqual({ exercise: 'first-set', hints: {} });

    desk.write('mine/web.yaml', 'mine\n');
    expect(exercise('start', 'first-set', 'mine')).toMatchObject({
      code: 2,
      err: expect.stringContaining('nothing was written'),
    });
    expect(desk.read('mine/web.yaml')).toBe('mine\n');
    expect(existsSync(join(desk.folder, 'mine/.setpiece-exercise.json'))).toBe(false);
  });

  test('does not follow a link that leads nowhere, and tells what cannot be written', () => {
    mkdirSync(join(desk.folder, 'links'));
    symlinkSync(join(desk.folder, 'elsewhere'), join(desk.folder, 'links/web.yaml'));
    expect(exercise('start', 'first-set', 'links').code).toBe(2);
    expect(existsSync(join(desk.folder, 'elsewhere'))).toBe(false);

    desk.write('file', '');
    expect(exercise('start', 'first-set', 'file/sub')).toMatchObject({
      code: 3,
      err: expect.stringContaining('cannot be written'),
    });
  });
});

describe('setpiece exercise check', () => {
  test('passes the solution with exit code 0', () => {
    answer(fixture('solution/web.yaml'));

    const ended = exercise('check', 'first-set');

    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toMatch(/✓ ready {4}2\/2 {2}The set gets three ready members\n✓ ordered {2}1\/1 /);
    expect(ended.out).toMatch(/3 of 3 points {2}All checks passed\. {2}\(3 seeds, \d+ ms\)\n$/);
  });

  test('fails a wrong answer with what was expected, what was seen, and how to get a hint', () => {
    answer(fixture('wrong/parallel/web.yaml'));

    const ended = exercise('check', 'first-set');

    expect(ended.code).toBe(1);
    expect(ended.out).toContain('expected: pod/web-3 must be Ready before pod/web-4 is Created');
    expect(ended.out).toMatch(/seen: {5}at \+\d+ms pod\/web-4 is Created/);
    expect(ended.out).toMatch(/\+1\.0s {3}\d+ +Created {2}✗/);
    expect(ended.out).toContain('hint: setpiece exercise hint first-set ordered   (1 hint)');
    expect(ended.out).toContain('2 of 3 points');
  });

  test('speaks Chinese', () => {
    answer(fixture('wrong/too-few/web.yaml'));

    const { out } = exercise('check', 'first-set', '--lang', 'zh');

    expect(out).toContain('✗ ready    0/2  集合有三个就绪成员');
    expect(out).toContain('    期望: ');
    expect(out).toContain('1 / 3 分');
  });

  test('shows the API’s words where it refuses', () => {
    answer(fixture('wrong/no-selector/web.yaml'));

    expect(exercise('check', 'first-set').out).toMatch(
      /✗ web\.yaml:6 {2}the API refuses statefulset\/web 422 Invalid\n.*selector/,
    );
  });

  test('tells machines, without the records', () => {
    answer(fixture('wrong/too-few/web.yaml'));

    const ended = exercise('check', 'first-set', '--json');

    expect(ended.code).toBe(1);
    expect(JSON.parse(ended.out)).toMatchObject({
      exercise: 'first-set',
      kind: 'graded',
      points: 1,
      checks: [{ outcome: 'fail' }, {}],
    });
    expect(ended.out.length).toBeLessThan(20_000);
  });

  test.each([
    ['no YAML', 'a: [b\n  c: d\n', 'web.yaml:1'],
    ['binary', Buffer.from([0x50, 0, 0xff, 0xfe]), 'web.yaml is not text'],
    ['not UTF-8', Buffer.from([0x61, 0xe9, 0x62]), 'not UTF-8'],
    ['huge', 'a: b\n'.repeat(400_000), 'files up to 1024 KiB are read'],
    [
      'of another kind',
      'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\n',
      'web.yaml:1 a Secret is not asked for here',
    ],
    ['full of escapes', 'apiVersion: v1\nkind: "\\e[31mX"\nmetadata: { name: a }\n', 'is not asked for here'],
  ])('a file that is %s is told with exit code 2', (_, text, message) => {
    answer('');
    writeFileSync(join(desk.folder, 'first-set/web.yaml'), text);

    const ended = exercise('check', 'first-set');

    expect(ended.code).toBe(2);
    expect(ended.out).toContain(message);
    expect(ended.out).toContain('Nothing was run');
    expect(ended.out).not.toContain('\u001b');
  });

  test('a missing file, a link out and a folder are told', () => {
    answer('');
    const path = join(desk.folder, 'first-set/web.yaml');
    unlinkSync(path);
    expect(exercise('check', 'first-set')).toMatchObject({
      code: 2,
      out: expect.stringContaining('there is no file web.yaml'),
    });

    symlinkSync('/etc/passwd', path);
    const linked = exercise('check', 'first-set');
    expect(linked).toMatchObject({ code: 2, out: expect.stringContaining('a link that leads out of first-set') });
    expect(linked.out).not.toContain('root:');

    unlinkSync(path);
    mkdirSync(path);
    expect(exercise('check', 'first-set').code).toBe(2);
  });

  test('an exercise.yaml of the learner’s changes nothing, and is said to be ignored', () => {
    answer(fixture('wrong/too-few/web.yaml'));
    desk.write('first-set/exercise.yaml', 'exercise: first-set\nlevel: 1\n');

    const ended = exercise('check', 'first-set');

    expect(ended.code).toBe(1);
    expect(ended.out).toContain('exercise.yaml this file is ignored');
  });

  test('a folder without an exercise is told, and `--exercise` says which it is', () => {
    desk.write('plain/web.yaml', fixture('solution/web.yaml'));
    desk.write('damaged/.setpiece-exercise.json', '{');

    expect(exercise('check', 'plain')).toMatchObject({
      code: 2,
      err: expect.stringContaining('does not say which exercise'),
    });
    expect(exercise('check', 'plain', '--exercise', 'first-set').code).toBe(0);
    expect(exercise('check', 'damaged').code).toBe(2);
    expect(exercise('check', 'nowhere')).toMatchObject({
      code: 2,
      err: expect.stringContaining('there is no folder nowhere'),
    });
  });

  test('a cluster that cannot be reached is exit code 3', () => {
    answer(fixture('solution/web.yaml'));

    const backend = ['--backend', 'cluster', '--context', 'none', '--kubeconfig', '/nowhere/config'];
    expect(exercise('check', 'first-set', ...backend)).toMatchObject({
      code: 3,
      out: expect.stringContaining('/nowhere/config'),
    });
    expect(exercise('check', 'first-set', '--backend', 'cluster').code).toBe(2);
  });

  test('--watch checks again when the file is saved', { timeout: 30_000 }, async () => {
    answer(fixture('wrong/too-few/web.yaml'));
    const child = desk.start('exercise', 'check', 'first-set', '--watch', '--exercises', folder);
    let out = '';
    child.stdout?.on('data', (data: Buffer) => (out += data.toString()));
    const seen = async (text: string): Promise<void> => {
      for (let turn = 0; !out.includes(text) && turn < 400; turn += 1)
        await new Promise((done) => setTimeout(done, 50));
      expect(out).toContain(text);
    };
    try {
      await seen('1 of 3 points');
      desk.write('first-set/web.yaml', fixture('solution/web.yaml'));
      await seen('3 of 3 points');
      const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
      child.kill('SIGINT');
      expect(await ended).toBe(0);
    } finally {
      child.kill('SIGKILL');
    }
  });
});

describe('setpiece exercise hint and solution', () => {
  test('hands hints out one by one, and remembers them in the folder', () => {
    answer('');

    expect(exercise('hint', 'first-set').out).toBe('ready 1/2  Look at `replicas`.\n');
    expect(exercise('hint', 'first-set', 'ready').out).toBe('ready 2/2  It must be 3.\n');
    expect(exercise('hint', 'first-set').out).toContain('ordered 1/1');
    expect(exercise('hint', 'first-set', 'ready').out).toContain('there is no further hint');
    expect(JSON.parse(desk.read('first-set/.setpiece-exercise.json'))).toMatchObject({
      hints: { ready: 2, ordered: 1 },
    });
  });

  test('needs no folder', () => {
    expect(exercise('hint', 'scale-out', 'five').out).toBe('five 1/1  `kubectl scale`\n');
    expect(exercise('hint', 'first-set', 'ready', '--number', '2').out).toContain('2/2');
    expect(exercise('hint', 'first-set', 'ready', '--number', '3').code).toBe(2);
    expect(exercise('hint', 'first-set', 'rady')).toMatchObject({
      code: 2,
      err: expect.stringContaining('checks: ready, ordered'),
    });
  });

  test('a folder that cannot be written tells so', () => {
    if (process.getuid?.() === 0) return;
    answer('');
    chmodSync(join(desk.folder, 'first-set/.setpiece-exercise.json'), 0o400);

    expect(exercise('hint', 'first-set').code).toBe(3);
  });

  test('shows the solution when it is sure', () => {
    expect(exercise('solution', 'first-set')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('--yes'),
    });
    expect(exercise('solution', 'first-set', '--yes')).toMatchObject({
      code: 0,
      out: expect.stringContaining('  replicas: 3'),
    });
  });
});

describe('setpiece exercise verify', () => {
  test('says that all is well', () => {
    const ended = exercise('verify', '--seeds', '2');

    expect(ended.code).toBe(0);
    expect(ended.out).toMatch(/^✓ first-set {2}\(3 wrong answers, 2 seeds, \d+ ms\)\n✓ scale-out /);
  });

  test('ends with 1 and one line a finding', () => {
    const text = fixture('exercise.yaml')
      .replace('fails: [ready]', 'fails: [ordered]')
      .replace(', zh: 第一个有状态集合', '');
    for (const name of [
      'task.en.md',
      'task.zh.md',
      'start/web.yaml',
      'solution/web.yaml',
      'wrong/too-few/web.yaml',
      'wrong/parallel/web.yaml',
      'wrong/no-selector/web.yaml',
    ]) {
      desk.write(`mine/01-x/${name}`, fixture(name));
    }
    desk.write('mine/01-x/exercise.yaml', text);
    desk.write('mine/02-y/exercise.yaml', 'exercise: [\n');

    const ended = desk.call('exercise', 'verify', '--exercises', 'mine');

    expect(ended.code).toBe(1);
    expect(
      ended.out
        .trimEnd()
        .split('\n')
        .map((line) => line.split(': ').slice(0, 2).join(': ')),
    ).toEqual([
      expect.stringMatching(/^✗ mine\/02-y\/exercise\.yaml:\d: yaml-syntax$/),
      '✗ mine/01-x/exercise.yaml: language-missing',
      '✗ mine/01-x/exercise.yaml: wrong-answer-differs',
    ]);
    expect(exercise('verify', 'none').code).toBe(2);
  });
});

describe('a step of the exercise behind a check that did not pass', () => {
  beforeEach(() => {
    cpSync(join(folder, '02-scale-out'), join(desk.folder, 'mine/02-scale-out'), { recursive: true });
    const own = `  - name: the fifth is there
    get: { target: pod/web-4 }
    expect: { eventually: { pod/web-4: Ready } }
    remember: { uid: { of: pod/web-4, field: metadata.uid } }
wrong:`;
    const file = 'mine/02-scale-out/exercise.yaml';
    desk.write(file, readFileSync(join(desk.folder, file), 'utf8').replace('wrong:', own));
  });

  test('is told as untried, in both languages, and not as the exercise’s fault', () => {
    const call = (...words: readonly string[]): Ended => desk.call('exercise', ...words, '--exercises', 'mine');
    call('start', 'scale-out');
    desk.write('scale-out/commands.sh', '# nothing\n');

    const english = call('check', 'scale-out', '--lang', 'en');
    const chinese = call('check', 'scale-out', '--lang', 'zh');

    expect(english).toMatchObject({ code: 1 });
    expect(english.out).toContain('– “the fifth is there” could not be tried, because check five did not pass');
    expect(english.out).not.toContain('the exercise itself');
    expect(chinese.out).toContain('– 检查 five 未通过，因此无法尝试“the fifth is there”这一步');
    expect(chinese.out).toMatch(/期望: +一切平静之后，应满足 /);
    expect(chinese.out).not.toContain('练习本身');
  });

  test('makes verify warn of what it remembers, which is no failure', () => {
    const ended = desk.call('exercise', 'verify', '--exercises', 'mine', '--seeds', '1');

    expect(ended.code).toBe(0);
    expect(ended.out).toMatch(/^! mine\/02-scale-out\/exercise\.yaml: remembers-answer: .*`uid`.*\n✓ scale-out /);
  });
});
