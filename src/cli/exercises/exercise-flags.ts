// Flags that all commands of `exercise` share, and what they mean.

import { statSync } from 'node:fs';
import { closest } from '../../kubernetes/did-you-mean.ts';
import { findExercise, loadExercises } from '../../lessons/exercises/load-exercises.ts';
import { exitCodes } from '../../runner/exit-code.ts';
import { packageFile } from '../../backends/package-file.ts';
import { ReportedError } from '../reported-error.ts';
import { standardError } from '../streams.ts';
import type { Exercise, ExerciseFolder } from '../../lessons/exercises/exercise.ts';

/** Where exercises are, and the language of their texts. */
export interface ExerciseFlags {
  readonly exercises?: string;
  readonly lang?: string;
}

/** The language of texts: as said, else that of the environment where it is Chinese, else English. */
export function languageOf({ lang }: ExerciseFlags): string {
  if (lang !== undefined) return lang;
  const { LC_ALL: all, LC_MESSAGES: messages, LANG: plain } = process.env;
  const said = [all, messages, plain].find((value) => value !== undefined && value !== '') ?? '';
  return /^zh/i.test(said) ? 'zh' : 'en';
}

/** Reads the exercises. Throws `ReportedError` where there are none. */
export function readExercises({ exercises: folder }: ExerciseFlags): ExerciseFolder {
  const path = folder ?? packageFile('exercises');
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new ReportedError(`there is no folder ${path} with exercises`, exitCodes.invalid);
  }
  const read = loadExercises(path);
  if (read.exercises.length === 0 && read.broken.length === 0) {
    throw new ReportedError(`${path} holds no exercise: no folder in it has an exercise.yaml`, exitCodes.invalid);
  }
  return read;
}

/** The exercise of an id. Throws `ReportedError` where there is none; its own mistakes are shown. */
export function exerciseOf(id: string, flags: ExerciseFlags): Exercise {
  const found = findExercise(flags.exercises ?? packageFile('exercises'), id);
  if (found !== undefined) return found;
  const { exercises, broken } = readExercises(flags);
  for (const { frames } of broken) standardError.write(`${frames.join('\n\n')}\n`);
  const ids = exercises.map((exercise) => exercise.id);
  const near = closest(id, ids);
  const meant = near === undefined ? `exercises: ${ids.join(', ')}` : `did you mean \`${near}\`?`;
  throw new ReportedError(`there is no exercise \`${id}\`; ${meant}`, exitCodes.invalid);
}
