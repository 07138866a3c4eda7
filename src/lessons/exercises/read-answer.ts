// Reads a learner's folder: the files that the exercise names, and nothing else.

import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readProjectFile } from '../../scenario/project-files.ts';
import { exerciseFile } from './load-exercises.ts';
import type { AnswerFiles, AnswerProblem, Exercise } from './exercise.ts';

/** The files, and what is to be said of the folder. */
export interface ReadAnswer {
  readonly files: AnswerFiles;
  /** Errors: a file cannot be read. Notes: something in the folder is ignored. */
  readonly problems: readonly AnswerProblem[];
}

/** Reads the files; links that lead out of the folder, binary files and huge ones are problems. */
export function readAnswer({ files }: Pick<Exercise, 'files'>, folder: string): ReadAnswer {
  const texts = new Map<string, string>();
  const problems: AnswerProblem[] = [];
  for (const { path } of files) {
    const read = readProjectFile(join(folder, path), folder);
    if (read.kind === 'text') texts.set(path, read.text);
    else {
      const missing = read.code === 'missing-file' && !exists(join(folder, path));
      problems.push({
        file: path,
        line: 0,
        column: 0,
        severity: 'error',
        message: missing ? `there is no file ${path}` : read.message.replaceAll(join(folder, path), path),
        ...(missing ? { hint: '`setpiece exercise start` hands the files out' } : {}),
      });
    }
  }
  return { files: texts, problems: [...problems, ...ignoredFiles(folder)] };
}

/** The checks are the exercise's: a learner's own exercise.yaml changes nothing, and is said to. */
function ignoredFiles(folder: string): readonly AnswerProblem[] {
  if (!names(folder).includes(exerciseFile)) return [];
  const message = 'this file is ignored: the checks are those of the exercise, not of your folder';
  return [{ file: exerciseFile, line: 0, column: 0, severity: 'note', message }];
}

function names(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // The files of the exercise have been missed already.
    return [];
  }
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
