// `setpiece exercise check [folder]`: whether an answer is right, check by check.

import { statSync } from 'node:fs';
import { gradeExercise } from '../../lessons/exercises/grade.ts';
import { readAnswer } from '../../lessons/exercises/read-answer.ts';
import { textIn } from '../../lessons/exercises/translated-text.ts';
import { exitCodes } from '../../runner/exit-code.ts';
import { chooseBackend } from '../backend-flags.ts';
import { exerciseOf, languageOf } from '../exercises/exercise-flags.ts';
import { readMarker } from '../exercises/marker-file.ts';
import { renderGrade } from '../exercises/render-grade.ts';
import { watchFolder } from '../exercises/watch-folder.ts';
import { wordsOf } from '../exercises/words.ts';
import { interruptible } from '../interrupt.ts';
import { ReportedError } from '../reported-error.ts';
import { standardError, standardOutput } from '../streams.ts';
import type { BackendOptions } from '../../backends/backend-options.ts';
import type { Exercise, Grade } from '../../lessons/exercises/exercise.ts';
import type { BackendFlags } from '../backend-flags.ts';
import type { ExerciseFlags } from '../exercises/exercise-flags.ts';

/** The options of `check`. */
export interface ExerciseCheckFlags extends ExerciseFlags, BackendFlags {
  readonly exercise?: string;
  readonly seeds?: number;
  readonly watch?: true;
  readonly json?: true;
}

/** Checks an answer and gives the exit code; with `--watch` again and again. */
export async function exerciseCheck(folder: string, flags: ExerciseCheckFlags): Promise<number> {
  const backend = chooseBackend(flags);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new ReportedError(
      `there is no folder ${folder}; \`setpiece exercise start ID\` makes one`,
      exitCodes.invalid,
    );
  }
  const exercise = exerciseIn(folder, flags);
  return interruptible(async (signal) => {
    const check = async (): Promise<number> => {
      const grade = await gradeFolder(folder, { exercise, flags, backend, signal });
      tell(grade, { folder, exercise, flags });
      return exitCodeOf(grade);
    };
    if (flags.watch !== true) return check();
    await watchFolder(folder, {
      signal,
      check: async () => {
        await check();
        standardError.write(`${wordsOf(languageOf(flags)).watching}\n`);
      },
    });
    // Ctrl-C is the way to end it, and no failure.
    return exitCodes.pass;
  });
}

function exerciseIn(folder: string, flags: ExerciseCheckFlags): Exercise {
  if (flags.exercise !== undefined) return exerciseOf(flags.exercise, flags);
  const marker = readMarker(folder);
  if (marker !== undefined) return exerciseOf(marker.exercise, flags);
  throw new ReportedError(
    `${folder} does not say which exercise this is; \`--exercise ID\` does, or \`setpiece exercise start ID\` hands one out`,
    exitCodes.invalid,
  );
}

interface Checking {
  readonly exercise: Exercise;
  readonly flags: ExerciseCheckFlags;
  readonly backend: BackendOptions;
  readonly signal: AbortSignal;
}

async function gradeFolder(folder: string, { exercise, flags, backend, signal }: Checking): Promise<Grade> {
  const { files, problems } = readAnswer(exercise, folder);
  const grade = await gradeExercise(exercise, {
    files,
    language: languageOf(flags),
    backend,
    signal,
    onProgress: (text) => standardError.write(`${text}\n`),
    ...(flags.seeds === undefined ? {} : { seeds: Array.from({ length: flags.seeds }, (_, at) => at + 1) }),
  });
  // What the folder's reader says of a file is nearer to the cause than that its text is missing.
  const told = new Set(problems.map(({ file }) => file));
  return { ...grade, problems: [...problems, ...grade.problems.filter(({ file }) => !told.has(file))] };
}

function tell(
  grade: Grade,
  {
    folder,
    exercise,
    flags,
  }: { readonly folder: string; readonly exercise: Exercise; readonly flags: ExerciseCheckFlags },
): void {
  if (flags.json === true) {
    const { messages: _messages, ...facts } = grade;
    standardOutput.write(`${JSON.stringify(facts, undefined, 2)}\n`);
    return;
  }
  const { columns, colours } = standardOutput;
  const title = textIn(exercise.title, grade.language);
  standardOutput.write(renderGrade(grade, { columns, colours, title, folder }));
}

function exitCodeOf({ kind, passed, cause, checks }: Grade): number {
  if (kind === 'unreadable') return exitCodes.invalid;
  if (kind === 'failed') {
    if (cause === 'interrupted') return exitCodes.interrupted;
    if (cause === 'bug') return exitCodes.bug;
    return cause === 'exercise' ? exitCodes.invalid : exitCodes.environment;
  }
  if (passed) return exitCodes.pass;
  return checks.some(({ outcome }) => outcome === 'fail') ? exitCodes.fail : exitCodes.inconclusive;
}
