// Reads a folder of exercises: each folder in it that holds an exercise.yaml, with its task, start, solution and wrong answers.

import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { framesOf } from '../../runner/frames.ts';
import { readExercise } from '../../scenario/exercise/read-exercise.ts';
import { readProjectFile } from '../../scenario/project-files.ts';
import type { ReadExercise, Translated } from '../../scenario/exercise/model.ts';
import type { Problem } from '../../scenario/problem.ts';
import type { AnswerFiles, BrokenExercise, Exercise, ExerciseFolder } from './exercise.ts';

/** The file that makes a folder an exercise. */
export const exerciseFile = 'exercise.yaml';

/**
 * Reads all exercises below a folder, or the one that the folder is, sorted by level and name. Mistakes of authors are
 * values; a folder that is not there holds nothing.
 */
export function loadExercises(folder: string): ExerciseFolder {
  const exercises: Exercise[] = [];
  const broken: BrokenExercise[] = [];
  const ids = new Map<string, string>();
  for (const path of foldersIn(folder)) {
    const read = loadExercise(path);
    if (read.kind === 'broken') {
      broken.push(read.broken);
      continue;
    }
    const { exercise } = read;
    const other = ids.get(exercise.id);
    if (other === undefined) {
      ids.set(exercise.id, exercise.folder);
      exercises.push(exercise);
    } else broken.push(brokenBy(exercise, `the id \`${exercise.id}\` is that of ${other}, too`));
  }
  exercises.sort((a, b) => a.level - b.level || (a.name < b.name ? -1 : 1));
  return { exercises, broken };
}

/**
 * The exercise of an id, or of a folder's name, without reading the others: that takes most of the time of a check. Undefined
 * where none can be used; `loadExercises` tells why.
 */
export function findExercise(folder: string, id: string): Exercise | undefined {
  for (const path of foldersIn(folder)) {
    const text = readProjectFile(join(path, exerciseFile), path);
    const said = text.kind === 'text' ? /^exercise:\s*["']?([\w-]+)/m.exec(text.text)?.[1] : undefined;
    if (said !== id && posix.basename(path) !== id) continue;
    const read = loadExercise(path);
    if (read.kind === 'exercise') return read.exercise;
  }
  return undefined;
}

/** One exercise, or why it cannot be used. */
export type LoadedExercise =
  | { readonly kind: 'exercise'; readonly exercise: Exercise }
  | { readonly kind: 'broken'; readonly broken: BrokenExercise };

/** Reads the exercise in a folder. */
export function loadExercise(folder: string): LoadedExercise {
  const file = posix.join(folder.replaceAll('\\', '/'), exerciseFile);
  const text = readProjectFile(file, folder);
  if (text.kind === 'refused') {
    const problem = problemAt(spanOf(file), text.code, text.message);
    return brokenOf(folder, [problem], new Map());
  }
  const { exercise, problems } = readExercise({ file, text: text.text });
  const sources = new Map([[file, text.text]]);
  if (exercise === undefined) return brokenOf(folder, problems, sources);
  const reader = new FolderReader(folder, exercise);
  const loaded = reader.read();
  return reader.problems.length > 0
    ? brokenOf(folder, reader.problems, sources)
    : { kind: 'exercise', exercise: loaded };
}

function foldersIn(folder: string): readonly string[] {
  if (existsSync(join(folder, exerciseFile))) return [folder];
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => posix.join(folder.replaceAll('\\', '/'), name))
    .filter((path) => existsSync(join(path, exerciseFile)));
}

class FolderReader {
  readonly problems: Problem[] = [];
  readonly #folder: string;
  readonly #exercise: ReadExercise;

  constructor(folder: string, exercise: ReadExercise) {
    this.#folder = folder;
    this.#exercise = exercise;
  }

  read(): Exercise {
    const exercise = this.#exercise;
    const solution = this.#files('solution');
    return {
      ...exercise,
      folder: this.#folder,
      name: posix.basename(posix.resolve(this.#folder.replaceAll('\\', '/'))),
      max: exercise.checks.reduce((sum, { points }) => sum + points, 0),
      tasks: this.#tasks(exercise.task),
      start: this.#files('start'),
      solution,
      wrongFiles: new Map(exercise.wrong.map(({ answer }) => [answer, this.#wrong(answer, solution)])),
    };
  }

  #tasks(paths: Translated): Translated {
    return new Map([...paths].map(([language, path]) => [language, this.#text(path) ?? '']));
  }

  #files(sub: string): AnswerFiles {
    const files = new Map<string, string>();
    for (const { path } of this.#exercise.files) {
      const text = this.#text(posix.join(sub, path));
      if (text !== undefined) files.set(path, text);
    }
    return files;
  }

  /** What a wrong answer does not change is as in the solution. */
  #wrong(answer: string, solution: AnswerFiles): AnswerFiles {
    const files = new Map(solution);
    const changed = this.#exercise.files.filter(({ path }) => existsSync(join(this.#folder, 'wrong', answer, path)));
    for (const { path } of changed) {
      const text = this.#text(posix.join('wrong', answer, path));
      if (text !== undefined) files.set(path, text);
    }
    if (changed.length === 0) this.#miss(`wrong/${answer} holds none of the exercise's files`);
    return files;
  }

  #text(path: string): string | undefined {
    const read = readProjectFile(posix.join(this.#folder.replaceAll('\\', '/'), path), this.#folder);
    if (read.kind === 'text') return read.text;
    this.problems.push(problemAt(spanOf(this.#exercise.file), read.code, read.message));
    return undefined;
  }

  #miss(message: string): void {
    this.problems.push(problemAt(spanOf(this.#exercise.file), 'missing-file', message));
  }
}

function spanOf(file: string): Problem['span'] {
  return { file, line: 1, column: 1, start: 0, end: 0 };
}

function problemAt(span: Problem['span'], code: Problem['code'], message: string): Problem {
  return { code, severity: 'error', message, span };
}

function brokenBy({ folder, file, source }: Exercise, message: string): BrokenExercise {
  const problem = problemAt(spanOf(file), 'duplicate-id', message);
  return { folder, problems: [problem], frames: framesOf([problem], new Map([[file, source]])) };
}

function brokenOf(
  folder: string,
  problems: readonly Problem[],
  sources: ReadonlyMap<string, string>,
): LoadedExercise & { readonly kind: 'broken' } {
  return { kind: 'broken', broken: { folder, problems, frames: framesOf(problems, sources) } };
}
