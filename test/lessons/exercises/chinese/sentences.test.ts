import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ruleInChinese, seenInChinese, waitingInChinese } from '../../../../src/lessons/exercises/chinese/sentences.ts';
import { gradeExercise } from '../../../../src/lessons/exercises/grade.ts';
import { loadExercises } from '../../../../src/lessons/exercises/load-exercises.ts';

describe('what was expected, in Chinese', () => {
  test.each([
    ['once everything is quiet, pod/web-3: Ready must hold', '一切平静之后，应满足 pod/web-3: Ready'],
    ['pod/db-0: Terminating must hold at no point', '任何时刻都不应出现 pod/db-0: Terminating'],
    ['pod/db-5: Created must not happen', '不应发生 pod/db-5: Created'],
    ['sts/web: Ready must hold at some point within 5m', '应在 5m 内的某个时刻满足 sts/web: Ready'],
    [
      'whenever pod/db-2 is Terminating, pod/db-0..1: { ready: true } must hold',
      '每当 pod/db-2 处于 Terminating 时，应满足 pod/db-0..1: { ready: true }',
    ],
    [
      'whenever pod/a is { terminating: true, image: nginx:1 }, { pod/b: Ready, pod/c: Ready } must hold',
      '每当 pod/a 处于 { terminating: true, image: nginx:1 } 时，应满足 { pod/b: Ready, pod/c: Ready }',
    ],
    ['pod/a must be Ready before pod/b is Created', '应先 pod/a Ready，然后 pod/b Created'],
    ['pod/a must be Ready (2nd time) before pod/b is Created', '应先 pod/a 第 2 次 Ready，然后 pod/b Created'],
    ['pod/a must be Deleted (1 of 3)', '应发生 pod/a Deleted（顺序中的第 1 项，共 3 项）'],
    [
      'pod/a must be Created after pod/a is Deleted (2 of 3)',
      '在 pod/a Deleted 之后，应发生 pod/a Created（顺序中的第 2 项，共 3 项）',
    ],
    ['pod/b must be Created >= 10s after pod/a is Running', '从 pod/a Running 到 pod/b Created，间隔应为 >= 10s'],
    ['pod/b must be Created < 1s after the request was answered', '从 请求得到答复 到 pod/b Created，间隔应为 < 1s'],
    ['the answer must match { exitCode: 0 }', '答复应符合 { exitCode: 0 }'],
    ['apply statefulset/web is accepted', 'apply statefulset/web 应被接受'],
  ])('%s', (english, chinese) => {
    expect(ruleInChinese(english)).toBe(chinese);
  });
});

describe('what was seen, in Chinese', () => {
  test.each([
    ['quiet, but pod/a is not there, and 2 more of 3', '已经平静，但 pod/a 的状态：不存在；3 个中另有 2 个也不满足'],
    ['quiet, but sts/web is 2 of 3 ready; pod/a is Running, not Ready', '已经平静，但 sts/web 的状态：3 个中有 2 个就绪；pod/a 的状态：Running、未 Ready'],
    ['quiet, but names of $members: ', '已经平静，但 $members 的名称为：无'],
    ['quiet, but names of $members: a, b, c, and 1 more', '已经平静，但 $members 的名称为：a、b、c 等，另有 1 个'],
    ['quiet, but spec.volumeName of $claims: nothing', '已经平静，但 $claims 的 spec.volumeName 为：无'],
    ['quiet, but 0 of $members are Ready', '已经平静，但 $members 中有 0 个满足 Ready'],
    ['quiet, but 1 of $members exist (peer-0)', '已经平静，但 $members 中有 1 个存在（peer-0）'],
    ['quiet, but 3 of { kind: controllerrevision, ownedBy: statefulset/web } exist (a, b, c)', '已经平静，但 { kind: controllerrevision, ownedBy: statefulset/web } 中有 3 个存在（a、b、c）'],
    ['quiet, but pod/web-*: a, b still there', '已经平静，但 pod/web-*：a、b 仍然存在'],
    ['not quiet: the budget of 30s was spent at +53.6s, 1 still moving', '尚未平静：到 +53.6s，30s 的时限已用完，仍有 1 个对象在变化'],
    ['nothing more can happen after +1m2s without it; pod/a is Pending, not scheduled', '+1m2s 之后不会再有变化，它没有发生；pod/a 的状态：Pending、未调度'],
    ['nothing more can happen after +947ms: pod/a is not there, and 1 more of 3; nearest: 1 of 3 at +931ms', '+947ms 之后不会再有变化：pod/a 的状态：不存在；3 个中另有 1 个也不满足；最接近时：+931ms，3 个中有 1 个'],
    ['at +15ms pod/b is Created, while pod/a was Pending, not scheduled', '+15ms 时 pod/b Created，而此时 pod/a 的状态：Pending、未调度'],
    ['at +1s pod/b is Created: pod/b', '+1s 时 pod/b Created：pod/b'],
    ['at +1s pod/a is Running, Ready, Terminating, pod/b is Pending, and 2 more', '+1s 时 pod/a 的状态：Running、Ready、Terminating；pod/b 的状态：Pending；另有 2 个'],
    ['at +1s pod/a is { terminating: true, image: x }, but pod/b is Succeeded, Terminating', '+1s 时 pod/a 处于 { terminating: true, image: x }，但 pod/b 的状态：Succeeded、Terminating'],
    ['it took 8ms', '间隔为 8ms'],
    ['answered with code 200 for pod/a (last answer; the budget of 30s was spent at +35s)', 'pod/a 的答复代码为 200（最后一次答复；到 +35s，30s 的时限已用完）'],
    ['refused with code 404 NotFound: pods "a" not found', '被拒绝，代码 404 NotFound：pods "a" not found'],
    ['`uid` wants one value of metadata.uid of pod/a when step "b c" ends; found nothing', '步骤“b c”结束时，`uid` 需要 pod/a 的 metadata.uid 的一个值，但没有找到'],
  ])('%s', (english, chinese) => {
    expect(seenInChinese(english)).toBe(chinese);
  });

  test('keeps what it cannot say', () => {
    expect(seenInChinese('quiet, but something new')).toBeUndefined();
    expect(seenInChinese('a sentence of tomorrow')).toBeUndefined();
    expect(ruleInChinese('kubectl get pods must print what the transcript shows')).toBeUndefined();
  });

  test('says what is waited on, with warnings as they are', () => {
    expect(waitingInChinese('pod/a  Running, not Ready since +1.8s  Unhealthy ×3: Readiness probe failed: ')).toBe(
      'pod/a  Running、未 Ready，自 +1.8s 起  Unhealthy ×3: Readiness probe failed: ',
    );
    expect(waitingInChinese('endpoints/db  last changed at +21.6s')).toBe('endpoints/db  最后一次变化在 +21.6s');
    expect(waitingInChinese('and 3 more')).toBe('另有 3 个');
  });
});

describe.skipIf(!existsSync('exercises'))('the wrong answers of the package', () => {
  const { exercises } = loadExercises('exercises');

  test.each(exercises.map((exercise) => [exercise.name, exercise] as const))('%s: all is said', async (_, one) => {
    const untold: string[] = [];
    let faults = 0;
    for (const files of [one.start, ...one.wrongFiles.values()]) {
      const { checks } = await gradeExercise(one, { files, seeds: [1, 2] });
      for (const fault of checks.flatMap((check) => check.faults)) {
        faults += 1;
        const { expected, seen, explanation } = fault;
        // Without a sentence around them, the words of the language stand alone.
        const bare = explanation === undefined;
        if (!bare && ruleInChinese(expected) === undefined) untold.push(expected);
        untold.push(...seen.split('\n').filter((line) => seenInChinese(line) === undefined));
      }
    }

    expect(untold).toEqual([]);
    expect(faults).toBeGreaterThan(0);
  });

  test('are told in Chinese where that is asked for, and in English else', async () => {
    const one = exercises.find(({ id }) => id === 'parallel')!;
    const files = one.start;

    const chinese = await gradeExercise(one, { files, seeds: [1], language: 'zh' });
    const english = await gradeExercise(one, { files, seeds: [1], language: 'en' });

    const texts = (grade: typeof chinese): readonly string[] =>
      grade.checks.flatMap(({ faults }) => faults.flatMap(({ expected, seen }) => [expected, seen]));
    expect(texts(chinese).every((text) => /\p{Script=Han}/u.test(text))).toBe(true);
    expect(texts(english).some((text) => /\p{Script=Han}/u.test(text))).toBe(false);
  });
});
