// What the page can ask for: the exercises, the learner's files, a grade, a hint, the solution.

import { gradeExercise } from '../exercises/grade.ts';
import { LearnerFolder } from './learner-folder.ts';
import { RefusedRequest } from './refused-request.ts';
import { shownRun } from './shown-run.ts';
import { detailOf, summaryOf, textsOf } from './summaries.ts';
import type { Exercise, ExerciseFolder } from '../exercises/exercise.ts';
import type { CheckedAnswer, ExerciseList, LearnerFile, Solution, Texts } from './wire.ts';

/** A request that has passed the guard. */
export interface ApiRequest {
  readonly method: string;
  /** Segments of the path behind `/api/`, decoded. */
  readonly segments: readonly string[];
  /** The body's members; read only where one is wanted. */
  readonly body: () => Promise<Readonly<Record<string, unknown>>>;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** An answer, to be written as JSON. */
export interface ApiAnswer {
  readonly status: number;
  readonly value: unknown;
}

/** Answers for one folder of exercises and one work folder. */
export class Api {
  readonly #folder: ExerciseFolder;
  readonly #work: string;
  /** Answers are graded one after another: a simulator has the processor to itself. */
  #grading: Promise<unknown> = Promise.resolve();

  constructor(folder: ExerciseFolder, work: string) {
    this.#folder = folder;
    this.#work = work;
  }

  /** Throws a `RefusedRequest` for what cannot be done. */
  async answer(request: ApiRequest): Promise<ApiAnswer> {
    const { method, segments } = request;
    const [root, id = '', part = ''] = segments;
    if (root !== 'exercises' || segments.length > 3) throw new RefusedRequest(404, 'there is nothing of that name');
    if (segments.length === 1) return ok(this.#list());
    const exercise = this.#folder.exercises.find((candidate) => candidate.id === id);
    if (exercise === undefined) throw new RefusedRequest(404, `there is no exercise ${JSON.stringify(id)}`);
    switch (`${method} ${part}`) {
      case 'GET ':
        return ok(await detailOf(exercise));
      case 'GET files':
        return ok({ files: this.#files(exercise).files() });
      case 'PUT files':
        return this.#edit(exercise, await request.body());
      case 'POST start':
        return ok({ files: this.#begin(exercise) });
      case 'POST check':
        return ok(await this.#check(exercise, await request.body(), request.signal));
      case 'POST hint':
        return ok(hintOf(exercise, await request.body()));
      case 'POST solution':
        return ok(solutionOf(exercise));
      default:
        throw new RefusedRequest(404, `there is no ${method} of that name`);
    }
  }

  #files(exercise: Exercise): LearnerFolder {
    return new LearnerFolder(exercise, this.#work);
  }

  #begin(exercise: Exercise): readonly LearnerFile[] {
    const folder = this.#files(exercise);
    folder.start();
    return folder.files();
  }

  #list(): ExerciseList {
    const { exercises, broken } = this.#folder;
    return {
      exercises: exercises.map(summaryOf),
      broken: broken.map(({ folder, problems }) => `${folder}: ${problems[0]?.message ?? 'it cannot be read'}`),
    };
  }

  /** `start: true` puts the handed-out text back. */
  #edit(exercise: Exercise, { path, text, base, start }: Readonly<Record<string, unknown>>): ApiAnswer {
    if (typeof path !== 'string') throw new RefusedRequest(400, 'wanted `path` and `text`');
    const wanted = start === true ? exercise.start.get(path) : text;
    if (typeof wanted !== 'string') throw new RefusedRequest(400, 'wanted `path` and `text`');
    const folder = this.#files(exercise);
    const onDisk = folder.file(path);
    if (typeof base === 'string' && onDisk.version !== base && onDisk.text !== wanted) {
      return { status: 409, value: onDisk };
    }
    return ok(folder.write(path, wanted));
  }

  async #check(
    exercise: Exercise,
    { language }: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<CheckedAnswer> {
    const before = this.#grading;
    const checked = (async (): Promise<CheckedAnswer> => {
      await before;
      return this.#grade(exercise, { ...(typeof language === 'string' ? { language } : {}), signal });
    })();
    this.#grading = checked.catch(() => undefined);
    return checked;
  }

  async #grade(
    exercise: Exercise,
    options: { readonly language?: string; readonly signal: AbortSignal },
  ): Promise<CheckedAnswer> {
    const { files, problems } = this.#files(exercise).answer();
    const { messages, ...grade } = await gradeExercise(exercise, { files, ...options });
    const run = shownRun(messages);
    const told = grade.problems.map(({ file, message }) => `${file} ${message}`);
    // The grader says of a file that is not there the same as the reader does.
    const more = problems.filter(({ file, message }) => !told.includes(`${file} ${message}`));
    return { grade: { ...grade, problems: [...grade.problems, ...more] }, ...(run === undefined ? {} : { run }) };
  }
}

function ok(value: unknown): ApiAnswer {
  return { status: 200, value };
}

function hintOf({ checks }: Exercise, { check, number }: Readonly<Record<string, unknown>>): { readonly hint: Texts } {
  const hint = checks.find(({ id }) => id === check)?.hints[typeof number === 'number' ? number : -1];
  if (hint === undefined) throw new RefusedRequest(404, 'there is no such hint');
  return { hint: textsOf(hint) };
}

function solutionOf({ solution }: Exercise): Solution {
  return { files: [...solution].map(([path, text]) => ({ path, text })) };
}
