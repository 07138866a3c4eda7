// Commands are run as a person with kubectl would run them: at a pace, and with what kubectl itself refuses.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { gradeExercise } from '../../../src/lessons/exercises/grade.ts';
import { loadExercise } from '../../../src/lessons/exercises/load-exercises.ts';
import { mannersOf, paceMs } from '../../../src/lessons/exercises/manners.ts';
import { planAnswer } from '../../../src/lessons/exercises/plan-answer.ts';
import { verifyExercise } from '../../../src/lessons/exercises/verify.ts';
import type { Exercise, Grade } from '../../../src/lessons/exercises/exercise.ts';
import type { TraceRecord } from '../../../src/trace/record.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'setpiece-person-'));
  cpSync('test/fixtures/exercises/02-scale-out', folder, { recursive: true });
  change('exercise.yaml', '[scale, rollout, delete]', '[scale, rollout, delete, label, annotate]');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Changes a file of the exercise; the text must be there. */
function change(name: string, from: string, to: string): void {
  const path = join(folder, name);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

function exercise(): Exercise {
  const read = loadExercise(folder);
  if (read.kind === 'broken') throw new Error(read.broken.frames.join('\n'));
  return read.exercise;
}

function gradeOf(commands: string, seeds: readonly number[] = [1]): Promise<Grade> {
  return gradeExercise(exercise(), { files: new Map([['commands.sh', commands]]), seeds });
}

const outcomes = ({ checks }: Grade): readonly string[] => checks.map(({ id, outcome }) => `${id} ${outcome}`);
const printed = ({ commands }: Grade): readonly string[] =>
  commands.map(({ outcome, output }) => `${outcome}: ${output.trim()}`);
const records = ({ messages }: Grade): readonly TraceRecord[] =>
  messages.flatMap((message) => (message.kind === 'record' ? [message.record] : []));

describe('the pace of a command list', () => {
  test('lets a person’s time pass between two commands, but not inside of one', async () => {
    const grade = await gradeOf('kubectl label pod web-0 web-1 a=b\nkubectl scale sts/web --replicas=5\n');

    const [first, second, third] = records(grade).flatMap((record) =>
      record.kind === 'request' && record.step > 0 ? [record.at] : [],
    );
    expect(second! - first!).toBeLessThan(paceMs);
    expect(third! - second!).toBeGreaterThanOrEqual(paceMs);
    expect(third! - second!).toBeLessThan(2 * paceMs);
    expect(outcomes(grade)).toEqual(['five pass', 'nobody-leaves pass']);
  });

  test('adds nothing on a real cluster, and nothing before the first command', () => {
    const plan = planAnswer(exercise(), new Map([['commands.sh', 'kubectl label pod a b c=d\nkubectl label pod a e=f']]));
    const origins = [0, 1, 2].map((part) => ({ step: 1, answer: 'commands.sh', part }));
    const pauses = (kind: 'simulator' | 'cluster'): readonly unknown[] =>
      [0, 1, 2].map((step) => mannersOf({ plan, origins }, { kind })(step).pauseMs);

    expect(pauses('simulator')).toEqual([undefined, undefined, paceMs]);
    expect(pauses('cluster')).toEqual([undefined, undefined, undefined]);
  });

  test('decides what a forced deletion behind an undo finds, under every seed', async () => {
    change('exercise.yaml', '  never: [{ pod/web-0..2: Terminating }]', '  never: [{ pod/web-0: Terminating }]');
    change(
      'exercise.yaml',
      '  - answer: commands.sh',
      `  - name: an image that is not there
    setImage: { target: sts/web, containers: { nginx: "example.invalid/nginx" } }
    expect: { within: 5m, order: [pod/web-2: [Deleted, Created]], eventually: { pod/web-2: { containers: { nginx: { waiting: { anyOf: [ErrImagePull, ImagePullBackOff] } } } } } }
  - answer: commands.sh`,
    );
    change('exercise.yaml', '{ ready: true, replicas: 5 }', '{ ready: true, updated: true }');
    const seeds = Array.from({ length: 20 }, (_, at) => at + 1);

    const grade = await gradeOf('kubectl rollout undo sts/web\nkubectl delete pod web-2 --force\n', seeds);

    expect(outcomes(grade)).toEqual(['five pass', 'nobody-leaves pass']);
  });
});

describe('kubectl delete', () => {
  test('earns no points by waiting where the expectations themselves show nothing', async () => {
    change('exercise.yaml', 'settled: [{ of: statefulset/web, is: { ready: true, replicas: 5 } }]', 'never: [{ pod/x-*: Ready }]');

    const grade = await gradeOf('kubectl delete pod web-1\nkubectl label pod web-0 a=b\n');

    expect(outcomes(grade)[0]).toBe('five fail');
    expect(grade.checks[0]!.faults.map(({ seen }) => seen)).toEqual(['nothing that this speaks of was ever there']);
  });

  test.each(['kubectl delete pod web-1 web-2', 'kubectl delete pod -l statefulset.kubernetes.io/pod-name!=web-0'])(
    '%s sends all deletions, then waits until all are gone',
    async (command) => {
      const grade = await gradeOf(`${command}\nkubectl scale sts/web --replicas=5\n`);

      const all = records(grade).filter(({ step }) => step > 0);
      const sent = all.findLastIndex((record) => record.kind === 'request' && record.request.verb === 'delete');
      const scaled = all.findIndex((record) => record.kind === 'request' && record.request.verb !== 'delete');
      const gone = all.flatMap((record, at) =>
        record.kind === 'observation' && record.type === 'DELETED' && record.object.kind === 'Pod' ? [at] : [],
      );
      expect(printed(grade)[0]).toBe('done: pod "web-1" deleted\npod "web-2" deleted');
      expect(gone).toHaveLength(2);
      expect(sent).toBeLessThan(gone[0]!);
      expect(scaled).toBeGreaterThan(gone[1]!);
      expect(outcomes(grade)[0]).toBe('five pass');
    },
  );
});

describe('what kubectl itself refuses', () => {
  test('is to show how the pods of an OnDelete set are replaced', async () => {
    change('given/web.yaml', '  serviceName: web', '  serviceName: web\n  updateStrategy: { type: OnDelete }');
    const status = 'kubectl rollout status sts/web\n';
    const scale = 'kubectl scale sts/web --replicas=5\n';
    const refused = 'refused: error: rollout status is only available for RollingUpdate strategy type';

    const between = await gradeOf(status + scale);
    const atEnd = await gradeOf(scale + status);

    expect(printed(between)).toEqual([refused, 'done: statefulset.apps/web scaled']);
    expect(between.checks[0]).toMatchObject({
      outcome: 'fail',
      faults: [
        {
          expected: '`kubectl rollout status sts/web` is accepted',
          seen: 'rollout status is only available for RollingUpdate strategy type',
        },
      ],
    });
    expect(printed(atEnd)).toEqual(['done: statefulset.apps/web scaled', refused]);
    expect(outcomes(atEnd)).toEqual(['five pass', 'nobody-leaves pass']);
  });

  test('is to change a label or an annotation without --overwrite', async () => {
    const grade = await gradeOf(
      [
        'kubectl label pod web-0 app=web',
        'kubectl label pod web-0 app=other role=x',
        'kubectl label pod web-0 role=x',
        'kubectl label pod web-0 role=y --overwrite',
        'kubectl annotate sts web note=a',
        'kubectl annotate sts web note=b',
        'kubectl scale sts/web --replicas=5',
      ].join('\n'),
    );

    expect(printed(grade)).toEqual([
      'done: pod/web-0 labeled',
      "refused: error: 'app' already has a value (web), and --overwrite is false",
      'done: pod/web-0 labeled',
      'done: pod/web-0 labeled',
      'done: statefulset.apps/web annotated',
      "refused: error: --overwrite is false but found the following declared annotation(s): 'note' already has a value (a)",
      'done: statefulset.apps/web scaled',
    ]);
    expect(outcomes(grade)[0]).toBe('five fail');
  });
});

describe('steps of the exercise behind a check that did not pass', () => {
  const own = '  - name: the fifth is there\n    get: { target: pod/web-4 }\n    expect: { within: 1m, eventually: { pod/web-4: Ready } }\nwrong:';

  test('are told as untried, not as faults of the exercise', async () => {
    change('exercise.yaml', 'wrong:', own);

    const failed = await gradeOf('# nothing\n');
    const passed = await gradeOf('kubectl scale sts/web --replicas=5\n');

    expect(failed).toMatchObject({ remarks: [], untried: [{ step: 'the fifth is there', check: 'five' }] });
    expect(passed).toMatchObject({ passed: true, remarks: [], untried: [] });
  });

  test('are told as the exercise’s where no check failed before', async () => {
    change('exercise.yaml', 'wrong:', own.replaceAll('web-4', 'web-9'));

    const grade = await gradeOf('kubectl scale sts/web --replicas=5\n');

    expect(grade.untried).toEqual([]);
    expect(grade.remarks).toEqual([expect.stringMatching(/^the fifth is there: /)]);
  });
});

describe('what is remembered behind an answer', () => {
  beforeEach(() => {
    change(
      'exercise.yaml',
      'wrong:',
      `    remember: { uid: { of: pod/web-4, field: metadata.uid } }
  - wait: { pod/web-4: { fields: { metadata: { uid: $uid } } } }
    check: { id: same, points: 1, asks: { en: It stays, zh: 保持不变 }, hint: { en: Wait, zh: 等待 } }
wrong:`,
    );
  });

  test('fails the check that needs it where it is not there', async () => {
    const grade = await gradeOf('kubectl scale sts/web --replicas=4\n');

    expect(grade.kind).toBe('graded');
    expect(outcomes(grade)).toEqual(['five fail', 'same fail', 'nobody-leaves pass']);
    expect(grade.checks[1]!.faults[0]!.seen).toMatch(
      /^`uid` wants one value of metadata\.uid of pod\/web-4 when step ".*" ends; found nothing$/,
    );
  });

  test('is warned of by verify', async () => {
    const findings = await verifyExercise(exercise(), { seeds: [1] });

    expect(findings.filter(({ warning }) => warning)).toEqual([
      { code: 'remembers-answer', warning: true, message: expect.stringContaining('remembers `uid`') },
    ]);
  });
});
