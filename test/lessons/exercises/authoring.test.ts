// What authors get wrong: exercises that cannot be used, and exercises that do not do what they say.

import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findExercise, loadExercise, loadExercises } from '../../../src/lessons/exercises/load-exercises.ts';
import { verifyExercise } from '../../../src/lessons/exercises/verify.ts';
import type { Finding } from '../../../src/lessons/exercises/verify.ts';

const fixtures = 'test/fixtures/exercises';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'setpiece-authoring-'));
  cpSync(fixtures, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const path = (name: string): string => join(folder, '01-first-set', name);

/** Changes a file of the first exercise; the text must be there. */
function change(name: string, from: string | RegExp, to: string): void {
  const text = readFileSync(path(name), 'utf8');
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  writeFileSync(path(name), changed);
}

function problems(): readonly string[] {
  const read = loadExercise(join(folder, '01-first-set'));
  return read.kind === 'exercise'
    ? []
    : read.broken.problems.map(({ code, span, message }) => `${span.line} ${code} ${message}`);
}

async function verified(): Promise<readonly string[]> {
  const read = loadExercise(join(folder, '01-first-set'));
  if (read.kind === 'broken') throw new Error(read.broken.frames.join('\n'));
  const findings: readonly Finding[] = await verifyExercise(read.exercise, { seeds: [1, 2] });
  return findings.map(({ code, message }) => `${code}: ${message}`);
}

describe('a folder of exercises', () => {
  test('is read by level, then by name', () => {
    change('exercise.yaml', 'level: 1', 'level: 5');

    const { exercises, broken } = loadExercises(folder);

    expect(exercises.map(({ id, name, max }) => [id, name, max])).toEqual([
      ['scale-out', '02-scale-out', 3],
      ['first-set', '01-first-set', 3],
    ]);
    expect(broken).toEqual([]);
  });

  test('keeps the good ones beside a broken one, and an id once', () => {
    cpSync(join(folder, '02-scale-out'), join(folder, '03-again'), { recursive: true });
    writeFileSync(path('exercise.yaml'), 'exercise: [');

    const { exercises, broken } = loadExercises(folder);

    expect(exercises.map(({ name }) => name)).toEqual(['02-scale-out']);
    expect(broken.map(({ problems: [first] }) => first?.code)).toEqual(['yaml-syntax', 'duplicate-id']);
  });

  test('gives one exercise by its id or its folder, also where others are broken', () => {
    writeFileSync(path('exercise.yaml'), 'exercise: [');

    expect(findExercise(folder, 'scale-out')?.name).toBe('02-scale-out');
    expect(findExercise(folder, '02-scale-out')?.id).toBe('scale-out');
    expect(findExercise(folder, 'first-set')).toBeUndefined();
    expect(findExercise(folder, '01-first-set')).toBeUndefined();
  });

  test('that is not there holds nothing, and one exercise is a folder, too', () => {
    expect(loadExercises(join(folder, 'none'))).toEqual({ exercises: [], broken: [] });
    expect(loadExercises(join(folder, '02-scale-out')).exercises).toHaveLength(1);
  });
});

describe('a mistake in exercise.yaml is told at its line', () => {
  test.each([
    ['level: 1', 'level: 9', '3 wrong-value level'],
    ['level: 1', 'lvl: 1', '3 unknown-member'],
    ['exercise: first-set', 'exercise: First Set', '2 bad-id'],
    ['kinds: [Service', 'kids: [Service', '7 unknown-member'],
    ['path: web.yaml', 'path: ../web.yaml', '7 path-outside-project'],
    ['path: web.yaml', 'path: /etc/passwd', '7 path-outside-project'],
    [', kinds: [Service, StatefulSet.apps]', '', '7 missing-member'],
    [
      'answer: web.yaml',
      'answer: wep.yaml',
      '9 wrong-value `wep.yaml` is none of the `files`; did you mean `web.yaml`?',
    ],
    ['points: 2', 'points: 0', '12 wrong-value points must be at least 1'],
    ['id: ordered', 'id: ready', '23 wrong-value the check `ready` is there twice'],
    [
      'fails: [ready]',
      'fails: [redy]',
      '30 wrong-value `fails` names `redy`, which is no check; did you mean `ready`?',
    ],
    ['fails: [ready], ', '', '30 missing-member'],
    ['- answer: no-selector', '- answer: parallel', '32 wrong-value the wrong answer `parallel` stands here twice'],
    ['- answer: no-selector', '- answer: ../../x', '32 bad-id'],
    ['task.en.md', 'other.md', '1 missing-file'],
    ['task.en.md', '../../../etc/passwd', '5 path-outside-project'],
  ])('%s → %s', (from, to, problem) => {
    change('exercise.yaml', from, to);

    expect(problems()).toEqual(expect.arrayContaining([expect.stringContaining(problem)]));
  });

  test.each([
    ['', 'empty-file'],
    ['- a list\n', 'wrong-type'],
    ['a: b\u0000', 'binary-file'],
    ['exercise: x\n---\nexercise: y\n', 'multiple-documents'],
  ])('%j is no exercise', (text, code) => {
    writeFileSync(path('exercise.yaml'), text);

    expect(problems()).toEqual(expect.arrayContaining([expect.stringContaining(code)]));
  });

  test('a file that is missing, or a link that leads out, is told', () => {
    rmSync(path('solution/web.yaml'));
    symlinkSync('/etc/passwd', path('solution/web.yaml'));
    rmSync(path('wrong/parallel'), { recursive: true });

    expect(problems().join('\n')).toMatch(/link that leads out[^]*wrong\/parallel holds none/);
  });
});

describe('verify', () => {
  test('finds nothing in exercises that do what they say', async () => {
    for (const exercise of loadExercises(fixtures).exercises) expect(await verifyExercise(exercise)).toEqual([]);
  });

  test('finds a start that passes, and a check that nothing fails', async () => {
    cpSync(path('solution/web.yaml'), path('start/web.yaml'));
    change('exercise.yaml', /^ {2}- \{ answer: parallel.*\n/m, '');
    change('wrong/no-selector/web.yaml', 'wep', 'web');

    const found = (await verified()).join('\n');

    expect(found).toContain('start-passes');
    expect(found).toContain('never-failed: check `ordered` is failed by neither');
    expect(found).toContain('wrong-answer-differs: the wrong answer `no-selector` passes all checks');
  });

  test('finds a solution that does not pass, and says why', async () => {
    change('solution/web.yaml', 'replicas: 3', 'replicas: 1');

    const [first] = await verified();

    expect(first).toMatch(/^solution-fails: the solution does not pass `ready` \(seed 1\): .*1 of 1 ready/);
  });

  test('finds a check whose expectations nothing could have broken', async () => {
    change('exercise.yaml', 'order: [pod/web-3: Ready, pod/web-4: Created]', 'never: [{ pod/other-*: Terminating }]');

    expect((await verified())[0]).toMatch(/^solution-fails: .*`ordered`.*nothing that this speaks of was ever there/);
  });

  test('finds a wrong answer that fails otherwise than it says', async () => {
    change('exercise.yaml', 'fails: [ready]', 'fails: [ordered]');
    change('exercise.yaml', 'reason: Invalid', 'reason: Conflict');
    writeFileSync(path('wrong/parallel/web.yaml'), 'kind: [');

    const found = (await verified()).join('\n');

    expect(found).toContain('the wrong answer `too-few` should fail ordered; it fails ready');
    expect(found).toMatch(/`no-selector` should be refused with .*Conflict.*; it is refused with 422 Invalid/);
    expect(found).toContain('the wrong answer `parallel` cannot be read');
  });

  test('takes an unreadable wrong answer for what it says', async () => {
    change('exercise.yaml', 'fails: [ordered]', 'refused: { reason: Unreadable, message: not asked for }');
    writeFileSync(path('wrong/parallel/web.yaml'), 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\n');

    expect(await verified()).toEqual([]);
  });

  test('finds languages that are not complete, and no wrong answer', async () => {
    change('exercise.yaml', ', zh: 应当是 3。', '');
    change('exercise.yaml', 'title: { en: A first set', 'title: { fr: Un premier jeu, en: A first set');
    change('exercise.yaml', /^wrong:[^]*$/m, '');
    writeFileSync(path('task.zh.md'), '\n');

    const found = (await verified()).join('\n');

    expect(found).toContain('language-missing: hint 2 of check `ready` is missing in `zh`');
    expect(found).toContain('language-missing: what check `ready` asks is missing in `fr`');
    expect(found).toContain('language-missing: the task is missing in `zh`');
    expect(found).toContain('no-wrong-answer');
  });

  test('finds steps that cannot be read, and ungraded ones that fail with the solution', async () => {
    const step =
      '  - name: prepared\n    get: { target: sts/web }\n    expect: { eventually: { sts/none: Ready } }\n  - name: it is';
    change('exercise.yaml', '  - name: it is', step);
    expect(await verified()).toEqual([expect.stringContaining('solution-step-fails: with the solution')]);

    change('exercise.yaml', 'scale: { target', 'scael: { target');
    expect(await verified()).toEqual([expect.stringContaining('cannot-run: the solution cannot be graded')]);
  });
});

describe.skipIf(!existsSync('exercises'))('the exercises of the package', () => {
  const { exercises, broken } = loadExercises('exercises');

  test('can all be read', () => {
    expect(broken.flatMap(({ frames }) => frames)).toEqual([]);
  });

  test.each(exercises.map((exercise) => [exercise.name, exercise] as const))('%s does what it says', async (_, one) => {
    expect(await verifyExercise(one)).toEqual([]);
  });
});
