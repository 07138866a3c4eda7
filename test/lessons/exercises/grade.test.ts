import { describe, expect, test } from 'vitest';
import { gradeExercise } from '../../../src/lessons/exercises/grade.ts';
import { loadExercises } from '../../../src/lessons/exercises/load-exercises.ts';
import type { Answer, Exercise, Grade } from '../../../src/lessons/exercises/exercise.ts';

const { exercises } = loadExercises('test/fixtures/exercises');

function exercise(id: string): Exercise {
  return exercises.find((one) => one.id === id)!;
}

function gradeOf(id: string, files: Readonly<Record<string, string>>, more: Partial<Answer> = {}): Promise<Grade> {
  const { solution } = exercise(id);
  return gradeExercise(exercise(id), { files: new Map([...solution, ...Object.entries(files)]), ...more });
}

const outcomes = ({ checks }: Grade): readonly string[] => checks.map(({ id, outcome }) => `${id} ${outcome}`);

const web = exercise('first-set').solution.get('web.yaml')!;

describe('the grade of a manifest', () => {
  test('gives all points to the solution', async () => {
    const grade = await gradeOf('first-set', {});

    expect(grade).toMatchObject({ kind: 'graded', passed: true, points: 3, max: 3, seeds: [1, 2, 3], refused: [] });
    expect(outcomes(grade)).toEqual(['ready pass', 'ordered pass']);
    expect(grade.messages.at(-1)).toMatchObject({ kind: 'scenarioFinished', outcome: 'pass' });
  });

  test('gives the points of a later check although an earlier one fails', async () => {
    const grade = await gradeOf('first-set', { 'web.yaml': web.replace('replicas: 3', 'replicas: 2') });

    expect(outcomes(grade)).toEqual(['ready fail', 'ordered pass']);
    expect(grade).toMatchObject({ passed: false, points: 1, max: 3 });
    const [fault] = grade.checks[0]!.faults;
    expect(fault).toMatchObject({ word: 'eventually', seen: expect.stringContaining('2 of 2 ready') });
    expect(fault?.explanation?.history.map(({ what }) => what)).toContain('Ready');
  });

  test('shows a refusal in the words of the API, at the line of the object', async () => {
    const grade = await gradeOf('first-set', {
      'web.yaml': web.replace('matchLabels: { app: web }', 'matchLabels: { app: x }'),
    });

    expect(grade.refused).toEqual([
      expect.objectContaining({
        file: 'web.yaml',
        line: 6,
        target: 'statefulset/web',
        code: 422,
        reason: 'Invalid',
        check: 'ready',
        message: expect.stringContaining('`selector` does not match template `labels`'),
      }),
    ]);
    expect(outcomes(grade)).toEqual(['ready fail', 'ordered fail']);
    expect(JSON.stringify(grade.checks)).not.toContain('test/fixtures');
  });

  test('tells an unknown field, as kubectl does', async () => {
    const grade = await gradeOf('first-set', { 'web.yaml': web.replace('replicas: 3', 'replicsa: 3') });

    expect(grade.refused).toEqual([
      expect.objectContaining({ code: 400, reason: 'BadRequest', message: expect.stringContaining('spec.replicsa') }),
    ]);
  });

  test('lets the API speak of a kind in the wrong version', async () => {
    const grade = await gradeOf('first-set', { 'web.yaml': web.replace('apps/v1', 'apps/v1beta1') });

    expect(grade.kind).toBe('graded');
    expect(grade.refused).toHaveLength(1);
    expect(grade.points).toBe(0);
  });

  test('takes a file of comments as an answer that does nothing', async () => {
    const grade = await gradeOf('first-set', { 'web.yaml': '# soon\n' });

    expect(grade).toMatchObject({ kind: 'graded', points: 0, problems: [{ severity: 'note', file: 'web.yaml' }] });
  });

  test('speaks the language that was asked for, else English', async () => {
    const chinese = await gradeOf('first-set', {}, { language: 'zh' });
    const other = await gradeOf('first-set', {}, { language: 'fr' });

    expect(chinese.checks[0]!.asks).toBe('集合有三个就绪成员');
    expect(other.checks[0]!.asks).toBe('The set gets three ready members');
  });

  test('is the same under the same seeds', async () => {
    const [first, second] = await Promise.all([gradeOf('first-set', {}), gradeOf('first-set', {})]);
    const hashes = [first, second].map(({ messages }) =>
      JSON.stringify(messages.filter(({ kind }) => kind === 'record')),
    );

    expect(hashes[0]).toBe(hashes[1]);
  });
});

describe('files that cannot be used', () => {
  test.each([
    ['no YAML', 'a: [b\n  c: d\n', 1, /flow sequence/],
    ['a tab', 'kind: Service\n\tmetadata: {}\n', 2, /tab/i],
    [
      'another kind',
      `${web}---\napiVersion: v1\nkind: Secret\nmetadata: { name: x }\n`,
      17,
      /a Secret is not asked for here/,
    ],
    [
      'an object of another namespace',
      web.replace('{ name: web }', '{ name: web, namespace: kube-system }'),
      1,
      /there is no namespace "kube-system"/,
    ],
    ['no object', 'just text\n', 1, /apiVersion and kind/],
    ['a binary file', 'a\u0000b', 0, /not text/],
    ['a huge file', `# ${'x'.repeat(200_000)}`, 0, /larger than 128 KiB/],
    [
      'a bomb of aliases',
      `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n`,
      1,
      /alias|apiVersion/i,
    ],
    ['brackets without end', '['.repeat(5000), 0, /nested/],
    ['a scenario', 'scenario: x\nsteps: []\n', 1, /scenario/],
  ])('%s is told at its line, and nothing is run', async (_, text, line, message) => {
    const grade = await gradeOf('first-set', { 'web.yaml': text });

    expect(grade).toMatchObject({ kind: 'unreadable', passed: false, points: 0, messages: [] });
    const [problem] = grade.problems;
    expect(problem).toMatchObject({ file: 'web.yaml', line, severity: 'error' });
    expect(problem?.message).toMatch(message);
    expect(outcomes(grade)).toEqual(['ready notJudged', 'ordered notJudged']);
  });

  test('a missing file is told', async () => {
    const grade = await gradeExercise(exercise('first-set'), { files: new Map() });

    expect(grade).toMatchObject({ kind: 'unreadable', problems: [{ message: 'there is no file web.yaml' }] });
  });

  test('other files of an answer are not looked at', async () => {
    const grade = await gradeOf('first-set', { 'exercise.yaml': 'exercise: mine', 'given/web.yaml': '[' });

    expect(grade.passed).toBe(true);
  });
});

describe('the grade of a command list', () => {
  test('shows each line and what kubectl would print', async () => {
    const grade = await gradeOf('scale-out', {
      'commands.sh':
        '#!/bin/sh\n$ kubectl get pods\nkubectl scale sts/web \\\n  --replicas=5 # out\nkubectl rollout status sts/web\n',
    });

    expect(grade.passed).toBe(true);
    expect(grade.commands).toEqual([
      { file: 'commands.sh', line: 2, command: 'kubectl get pods', outcome: 'skipped', output: '' },
      {
        file: 'commands.sh',
        line: 3,
        command: 'kubectl scale sts/web --replicas=5',
        outcome: 'done',
        output: 'statefulset.apps/web scaled\n',
      },
      { file: 'commands.sh', line: 5, command: 'kubectl rollout status sts/web', outcome: 'skipped', output: '' },
    ]);
  });

  test('shows a refused command, and runs those behind it', async () => {
    const grade = await gradeOf('scale-out', {
      'commands.sh':
        'kubectl scale sts/wep --replicas=5\nkubectl rollout undo sts/web\nkubectl scale sts/web --replicas=5\n',
    });

    expect(grade.commands.map(({ outcome, output }) => [outcome, output])).toEqual([
      ['refused', 'Error from server (NotFound): statefulsets.apps "wep" not found\n'],
      ['refused', 'error: no last revision to roll back to\n'],
      ['done', 'statefulset.apps/web scaled\n'],
    ]);
    expect(grade.refused).toMatchObject([
      { file: 'commands.sh', line: 1, code: 404, reason: 'NotFound', check: 'five' },
      { file: 'commands.sh', line: 2, code: 0 },
    ]);
    expect(outcomes(grade)).toEqual(['five fail', 'nobody-leaves pass']);
  });

  test('judges invariants over the whole run', async () => {
    const grade = await gradeOf('scale-out', {
      'commands.sh': 'kubectl delete pod web-1\nkubectl scale sts/web --replicas=5\n',
    });

    expect(outcomes(grade)).toEqual(['five pass', 'nobody-leaves fail']);
    expect(grade.points).toBe(2);
    expect(grade.checks[1]!.faults[0]!.seen).toContain('pod/web-1');
  });

  test('a deletion that selects nothing says so, as kubectl does, and fails nothing', async () => {
    const none = 'kubectl delete pod -l app=other\n';
    const scale = 'kubectl scale sts/web --replicas=5\n';

    for (const commands of [none + scale, scale + none]) {
      const grade = await gradeOf('scale-out', { 'commands.sh': commands });

      expect(grade.commands).toContainEqual(
        expect.objectContaining({ command: none.trim(), outcome: 'done', output: 'No resources found\n' }),
      );
      expect(outcomes(grade)).toEqual(['five pass', 'nobody-leaves pass']);
    }
  });

  test('a command that waits in vain says so, and the next is run', async () => {
    const grade = await gradeOf('scale-out', {
      'commands.sh': 'kubectl wait --for=delete pod/web-0\nkubectl scale sts/web --replicas=5\n',
    });

    expect(grade.commands.map(({ outcome, output }) => [outcome, output])).toEqual([
      ['refused', 'error: timed out waiting for the condition\n'],
      ['done', 'statefulset.apps/web scaled\n'],
    ]);
    expect(outcomes(grade)).toEqual(['five fail', 'nobody-leaves pass']);
  });

  test('a list without a command is judged, too', async () => {
    expect(outcomes(await gradeOf('scale-out', { 'commands.sh': '# nothing\n' }))).toEqual([
      'five fail',
      'nobody-leaves pass',
    ]);
  });
});

describe('what is not the learner’s fault', () => {
  test('an interruption is told as such', async () => {
    const grade = await gradeOf('first-set', {}, { signal: AbortSignal.abort() });

    expect(grade).toMatchObject({ kind: 'failed', cause: 'interrupted', passed: false });
  });

  test('a cluster that cannot be reached is told', async () => {
    const backend = { kind: 'cluster', context: 'none', kubeconfig: '/nowhere/config' } as const;
    const grade = await gradeOf('first-set', {}, { backend });

    expect(grade).toMatchObject({ kind: 'failed', cause: 'environment', seeds: [1] });
    expect(grade.reason).toContain('/nowhere/config');
  });
});
