// What the page is told of an exercise: its texts in all languages, and nothing of its hints and solution.

import { renderTask } from './render-task.ts';
import type { Exercise, Translated } from '../exercises/exercise.ts';
import type { ExerciseDetail, ExerciseSummary, Texts } from './wire.ts';

/** An exercise in the list. */
export function summaryOf({ id, level, title, max, checks }: Exercise): ExerciseSummary {
  return { id, level, title: textsOf(title), max, checks: checks.length };
}

/** An exercise that is opened. */
export async function detailOf(exercise: Exercise): Promise<ExerciseDetail> {
  const tasks = await Promise.all(
    [...exercise.tasks].map(async ([language, markdown]) => [language, await renderTask(markdown)] as const),
  );
  return {
    ...summaryOf(exercise),
    tasks: Object.fromEntries(tasks),
    asked: exercise.checks.map(({ id, points, asks, hints }) => ({
      id,
      points,
      asks: textsOf(asks),
      hints: hints.length,
    })),
    files: exercise.files,
  };
}

/** The texts as JSON. */
export function textsOf(texts: Translated): Texts {
  return Object.fromEntries(texts);
}
