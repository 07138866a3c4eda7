// The learner's files of one exercise: `WORK/NAME-OF-THE-EXERCISE/PATH`, for the paths that the exercise names and no others.

import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { formatPathError } from '../../runner/path-error.ts';
import { isInside } from '../../scenario/project-files.ts';
import { fileOf } from '../exercises/exercise.ts';
import { readAnswer } from '../exercises/read-answer.ts';
import { RefusedRequest } from './refused-request.ts';
import type { Exercise } from '../exercises/exercise.ts';
import type { ReadAnswer } from '../exercises/read-answer.ts';
import type { LearnerFile } from './wire.ts';

/** Reads and writes them. Nothing is remembered: another editor may change the files at any time. */
export class LearnerFolder {
  readonly #work: string;
  readonly #folder: string;
  readonly #exercise: Exercise;

  constructor(exercise: Exercise, work: string) {
    this.#exercise = exercise;
    this.#work = work;
    this.#folder = join(work, exercise.name);
  }

  /** Hands out the files that are not there yet. */
  start(): void {
    for (const [path, text] of this.#exercise.start) {
      if (lstatSync(join(this.#folder, path), { throwIfNoEntry: false }) === undefined) this.#write(path, text);
    }
  }

  /** For grading. */
  answer(): ReadAnswer {
    return readAnswer(this.#exercise, this.#folder);
  }

  /** All files as they are on disk. */
  files(): readonly LearnerFile[] {
    const { files, problems } = this.answer();
    return this.#exercise.files.map(({ path }) => {
      const text = files.get(path);
      if (text !== undefined) return { path, text, version: versionOf(text) };
      const trouble = problems.find(({ file }) => file === path)?.message ?? `${path} cannot be read`;
      return { path, text: '', version: '', trouble };
    });
  }

  /** The text as it is on disk; throws a `RefusedRequest` for a path that is not the exercise's. */
  file(path: string): LearnerFile {
    const found = this.files().find((file) => file.path === path);
    if (found === undefined) throw new RefusedRequest(404, `this exercise has no file ${JSON.stringify(path)}`);
    return found;
  }

  /** Replaces a file. Throws a `RefusedRequest` where that is not possible, or not allowed. */
  write(path: string, text: string): LearnerFile {
    if (fileOf(this.#exercise, path) === undefined) {
      throw new RefusedRequest(404, `this exercise has no file ${JSON.stringify(path)}`);
    }
    this.#write(path, text);
    return { path, text, version: versionOf(text) };
  }

  #write(path: string, text: string): void {
    const target = resolve(this.#folder, path);
    try {
      mkdirSync(this.#work, { recursive: true });
      this.#refuseWaysOut(path, target);
      mkdirSync(dirname(target), { recursive: true });
      const draft = `${target}.${process.pid}.tmp`;
      try {
        // `wx`: a link that waits under the draft's name is not followed.
        writeFileSync(draft, text, { flag: 'wx' });
        // A reader never sees half a file.
        renameSync(draft, target);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') rmSync(draft, { force: true });
        throw error;
      }
    } catch (error) {
      if (error instanceof RefusedRequest) throw error;
      throw new RefusedRequest(500, `${target} cannot be written: ${formatPathError(error)}`);
    }
  }

  /** Links may not lead what is written out of the work folder. */
  #refuseWaysOut(path: string, target: string): void {
    const leadsOut = !isInside(realpathSync(this.#work), realpathSync(existingFolder(dirname(target))));
    const isOther = lstatSync(target, { throwIfNoEntry: false })?.isFile() === false;
    if (leadsOut || isOther) throw new RefusedRequest(409, `${path} is a link or a folder: it is not written`);
  }
}

/** The folder, or the nearest above it that is there; one that is only linked to counts. */
function existingFolder(folder: string): string {
  const isThere = lstatSync(folder, { throwIfNoEntry: false }) !== undefined;
  return isThere || folder === dirname(folder) ? folder : existingFolder(dirname(folder));
}

function versionOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
