// Whether an exercise does what its author says of it: the start fails, the solution passes, each wrong answer fails as told,
// and nothing that a learner may ask for is missing.

import { itemsOf, memberOf, textOf } from '../../scenario/located.ts';
import { exerciseLanguages } from './languages.ts';
import { gradeExercise } from './grade.ts';
import type { AnswerFiles, Exercise, Grade, Translated, WrongAnswer } from './exercise.ts';

/** One thing that is not as it should be. */
export interface Finding {
  /** `start-passes`, `solution-fails`, … */
  readonly code: FindingCode;
  readonly message: string;
  /** It may be meant: no failure. */
  readonly warning?: true;
}

/** What `verify` can find. */
export type FindingCode =
  | 'start-passes'
  | 'solution-fails'
  | 'solution-step-fails'
  | 'wrong-answer-differs'
  | 'no-hint'
  | 'language-missing'
  | 'no-wrong-answer'
  | 'never-failed'
  | 'remembers-answer'
  | 'cannot-run';

/** Seeds under which the solution must pass, and all else must fail alike. */
export const verifySeeds: readonly number[] = [1, 2, 3, 4, 5];

/** All findings; none, or warnings alone, is good. Everything is run on the simulator. */
export async function verifyExercise(
  exercise: Exercise,
  options: { readonly seeds?: readonly number[]; readonly signal?: AbortSignal } = {},
): Promise<readonly Finding[]> {
  const { seeds = verifySeeds, signal } = options;
  const grade = (files: AnswerFiles): Promise<Grade> =>
    gradeExercise(exercise, { files, seeds, ...(signal === undefined ? {} : { signal }) });
  const findings = [...textFindings(exercise), ...rememberFindings(exercise)];
  const solution = await grade(exercise.solution);
  if (solution.kind === 'failed') return [...findings, cannotRun(solution, 'the solution')];
  findings.push(...solutionFindings(solution));
  const start = await grade(exercise.start);
  const grades = [start];
  if (start.kind === 'failed') findings.push(cannotRun(start, 'the start'));
  else if (start.passed) findings.push({ code: 'start-passes', message: 'the start passes all checks already' });
  for (const wrong of exercise.wrong) {
    const judged = await grade(exercise.wrongFiles.get(wrong.answer) ?? new Map());
    grades.push(judged);
    findings.push(...wrongFindings(wrong, judged));
  }
  return [...findings, ...neverFailed(exercise, grades)];
}

function cannotRun({ reason = '' }: Grade, what: string): Finding {
  return { code: 'cannot-run', message: `${what} cannot be graded: ${reason}` };
}

function textFindings(exercise: Exercise): Finding[] {
  const findings: Finding[] = [];
  const languages = exerciseLanguages(exercise);
  const look = (texts: Translated, what: string): void => {
    for (const language of languages) {
      if ((texts.get(language) ?? '').trim() !== '') continue;
      findings.push({ code: 'language-missing', message: `${what} is missing in \`${language}\`` });
    }
  };
  look(exercise.title, 'the title');
  look(exercise.tasks, 'the task');
  for (const { id, asks, hints } of exercise.checks) {
    look(asks, `what check \`${id}\` asks`);
    hints.forEach((hint, at) => look(hint, `hint ${at + 1} of check \`${id}\``));
    if (hints.length === 0) findings.push({ code: 'no-hint', message: `check \`${id}\` has no hint` });
  }
  for (const { answer, because } of exercise.wrong) look(because, `the reason of the wrong answer \`${answer}\``);
  if (exercise.wrong.length === 0) {
    findings.push({ code: 'no-wrong-answer', message: 'there is no wrong answer that shows that the checks can fail' });
  }
  return findings;
}

function solutionFindings(grade: Grade): readonly Finding[] {
  const findings: Finding[] = [];
  if (grade.kind === 'unreadable')
    findings.push({ code: 'solution-fails', message: `the solution: ${problemsOf(grade)}` });
  for (const { id, outcome, seed, faults } of grade.checks) {
    if (outcome === 'pass' || outcome === 'notJudged') continue;
    const why = faults.map(({ expected, seen }) => `${expected}: ${seen}`).join('; ');
    findings.push({ code: 'solution-fails', message: `the solution does not pass \`${id}\` (seed ${seed}): ${why}` });
  }
  for (const remark of grade.remarks) {
    findings.push({
      code: 'solution-step-fails',
      message: `with the solution, an ungraded step does not pass: ${remark}`,
    });
  }
  for (const { file, message } of grade.refused.filter(({ check }) => check === undefined)) {
    findings.push({
      code: 'solution-step-fails',
      message: `a request of the solution's ${file} is refused: ${message}`,
    });
  }
  return findings;
}

function problemsOf({ problems }: Grade): string {
  const errors = problems.filter(({ severity }) => severity === 'error');
  return errors.map(({ file, line, message }) => `${file}${line === 0 ? '' : `:${line}`}: ${message}`).join('; ');
}

function wrongFindings(wrong: WrongAnswer, grade: Grade): readonly Finding[] {
  const differs = (message: string): Finding => ({
    code: 'wrong-answer-differs',
    message: `the wrong answer \`${wrong.answer}\` ${message}`,
  });
  if (grade.kind === 'failed') return [cannotRun(grade, `the wrong answer \`${wrong.answer}\``)];
  if (grade.kind === 'unreadable') {
    if (wrong.refused?.reason === 'Unreadable' && problemsOf(grade).includes(wrong.refused.message ?? '')) return [];
    return [differs(`cannot be read (\`refused: { reason: Unreadable }\` would say so): ${problemsOf(grade)}`)];
  }
  const failed = grade.checks.filter(({ outcome }) => outcome !== 'pass').map(({ id }) => id);
  const findings: Finding[] = [];
  const wanted = wrong.fails ?? failed;
  if (failed.length === 0) findings.push(differs('passes all checks'));
  else if (listOf(wanted) !== listOf(failed))
    findings.push(differs(`should fail ${listOf(wanted)}; it fails ${listOf(failed)}`));
  if (wrong.refused !== undefined && !grade.refused.some((refusal) => isSaid(wrong.refused ?? {}, refusal))) {
    const told = grade.refused.map(({ code, reason, message }) => `${code} ${reason ?? ''}: ${message}`).join('; ');
    const found = told === '' ? 'nothing of it is refused' : `it is refused with ${told}`;
    findings.push(differs(`should be refused with ${JSON.stringify(wrong.refused)}; ${found}`));
  }
  return findings;
}

function listOf(ids: readonly string[]): string {
  return [...ids].sort().join(', ');
}

function isSaid(wanted: NonNullable<WrongAnswer['refused']>, refused: Grade['refused'][number]): boolean {
  return (
    (wanted.reason === undefined || wanted.reason === refused.reason) &&
    (wanted.code === undefined || wanted.code === refused.code) &&
    refused.message.includes(wanted.message ?? '')
  );
}

/** Behind an answer there need not be what is to be remembered, and then all checks fail that need it. */
function rememberFindings({ tree }: Exercise): readonly Finding[] {
  const steps = itemsOf(memberOf(tree, 'steps'));
  const first = steps.findIndex((step) => memberOf(step, 'answer') !== undefined);
  return steps.slice(first).flatMap((step, at): readonly Finding[] => {
    const remember = memberOf(step, 'remember');
    if (remember?.kind !== 'map' || remember.entries.length === 0) return [];
    const names = remember.entries.map(({ key }) => `\`${key}\``).join(', ');
    const name = textOf(memberOf(step, 'name')) ?? `step ${first + at + 1}`;
    const message = `step "${name}" remembers ${names} of what an answer has made: where there is nothing to remember, every check fails that needs it`;
    return [{ code: 'remembers-answer', message, warning: true }];
  });
}

/** A check that nothing fails might be one that nothing can fail. */
function neverFailed({ checks }: Exercise, grades: readonly Grade[]): readonly Finding[] {
  const judged = grades.filter(({ kind }) => kind === 'graded');
  return checks
    .filter(({ id }) => judged.every((grade) => grade.checks.find((check) => check.id === id)?.outcome === 'pass'))
    .map(({ id }) => ({
      code: 'never-failed' as const,
      message: `check \`${id}\` is failed by neither the start nor a wrong answer`,
    }));
}
