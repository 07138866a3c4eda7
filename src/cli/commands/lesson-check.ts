// `setpiece lesson check LESSON.md…`: whether lessons are true.

import { checkLesson } from '../../lessons/check/check-lesson.ts';
import { checkAsJson, formatCheck } from '../../lessons/check/report-check.ts';
import { updateLesson } from '../../lessons/check/update-lesson.ts';
import { LessonChanged, writeLesson } from '../../lessons/check/write-lesson.ts';
import { loadLesson } from '../../lessons/markdown/load-lesson.ts';
import { exitCodes } from '../../runner/exit-code.ts';
import { formatPathError } from '../../runner/path-error.ts';
import { checkNodes } from '../check-nodes.ts';
import { interruptible } from '../interrupt.ts';
import { ReportedError } from '../reported-error.ts';
import { standardError, standardOutput } from '../streams.ts';
import type { LessonCheck } from '../../lessons/check/block-result.ts';
import type { CheckLessonOptions } from '../../lessons/check/check-lesson.ts';
import type { Lesson, LessonProblem } from '../../lessons/markdown/lesson.ts';

/** The options of `lesson check` as the command line gives them. */
export interface LessonCheckFlags {
  readonly update?: true;
  readonly kubectl?: string;
  readonly nodes: number;
  readonly seed: number;
  readonly json?: true;
}

/** Checks lessons, and gives the exit code: 1 when something in them is false, 2 when one cannot be read. */
export async function lessonCheck(paths: readonly string[], flags: LessonCheckFlags): Promise<number> {
  await checkNodes(flags.nodes, { kind: 'simulator' });
  const open = await opener(flags.kubectl);
  return interruptible(async (signal) => {
    const checks: object[] = [];
    let isFalse = false;
    let unread = false;
    for (const path of paths) {
      if (signal.aborted) break;
      const loaded = await loadLesson(path);
      if (loaded.ok) {
        const check = await checkOne(loaded.lesson, { open, nodes: flags.nodes, seed: flags.seed, signal }, flags);
        if (check === undefined) break;
        checks.push(checkAsJson(check));
        isFalse ||= check.results.some(({ verdict }) => verdict === 'false');
      } else {
        unread = true;
        checks.push({ path, problems: loaded.problems });
        standardError.write(formatProblems(path, loaded.problems));
      }
    }
    if (flags.json === true) standardOutput.write(`${JSON.stringify({ lessons: checks }, undefined, 2)}\n`);
    if (signal.aborted) return exitCodes.interrupted;
    return isFalse ? exitCodes.fail : unread ? exitCodes.invalid : exitCodes.pass;
  });
}

/**
 * Who runs the commands: ourselves, which gives the same on every machine, or the kubectl that is named (`real` is the one of
 * the PATH). Throws when that one does not answer.
 */
export async function opener(kubectl: string | undefined): Promise<CheckLessonOptions['open']> {
  if (kubectl === undefined) {
    const { openOwnExecutor } = await import('../../lessons/check/own-executor.ts');
    return openOwnExecutor;
  }
  const { findKubectl } = await import('../../lessons/check/find-kubectl.ts');
  const found = await findKubectl(kubectl === 'real' ? undefined : kubectl);
  if (found === undefined) {
    throw new ReportedError(`--kubectl ${kubectl}: no kubectl answers there`, exitCodes.environment);
  }
  const { openServedExecutor } = await import('../../lessons/check/served-executor.ts');
  return (cluster) => openServedExecutor(found, cluster);
}

/** Checks a lesson, and writes it back if that is wanted; undefined when it was interrupted. */
async function checkOne(
  lesson: Lesson,
  options: CheckLessonOptions,
  flags: LessonCheckFlags,
): Promise<LessonCheck | undefined> {
  let check = await checkLesson(lesson, options).catch((error: unknown) => {
    if (options.signal?.aborted !== true) throw error;
  });
  if (check === undefined) return undefined;
  if (flags.update === true) check = await update(lesson, check);
  if (flags.json !== true) standardOutput.write(formatCheck(check, standardOutput.columns));
  return check;
}

/** Writes what was printed into the lesson. What was replaced is true from then on. */
async function update(lesson: Lesson, check: LessonCheck): Promise<LessonCheck> {
  const { text, replaced } = updateLesson(lesson, check.results);
  if (replaced.size === 0) return check;
  try {
    await writeLesson(lesson.path, { before: lesson.text, after: text });
  } catch (error) {
    const reason = error instanceof LessonChanged ? error.message : formatPathError(error);
    throw new ReportedError(`${lesson.path}: the outputs cannot be written: ${reason}`, exitCodes.environment);
  }
  const outputs = replaced.size === 1 ? '1 output' : `${replaced.size} outputs`;
  standardError.write(`${lesson.path}: ${outputs} updated\n`);
  const results = check.results.map((result) => {
    if (!replaced.has(result)) return result;
    const { reason = '', diff: _, ...rest } = result;
    return { ...rest, verdict: 'true' as const, notes: [...rest.notes, `updated; was: ${reason}`] };
  });
  return { ...check, results };
}

/** `lesson.md:12: unclosed-fence: …`, one a line. */
export function formatProblems(path: string, problems: readonly LessonProblem[]): string {
  const lines = problems.map(({ line, code, message }) => {
    return `${path}${line === undefined ? '' : `:${line}`}: ${code}: ${message}\n`;
  });
  return lines.join('');
}
