// `setpiece exercise start ID [folder]`: hands the files of an exercise out; never over others.

import { existsSync, lstatSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { textIn } from '../../lessons/exercises/translated-text.ts';
import { exitCodes } from '../../runner/exit-code.ts';
import { makeFolders } from '../../runner/make-folders.ts';
import { formatPathError } from '../../runner/path-error.ts';
import { exerciseOf, languageOf } from '../exercises/exercise-flags.ts';
import { markerName, writeMarker } from '../exercises/marker-file.ts';
import { wordsOf } from '../exercises/words.ts';
import { ReportedError } from '../reported-error.ts';
import { standardOutput } from '../streams.ts';
import type { ExerciseFlags } from '../exercises/exercise-flags.ts';

/** The options of `start`. */
export type StartFlags = ExerciseFlags;

/** Writes the files and the marker; nothing where one of them is there already. */
export async function start(id: string, named: string | undefined, flags: StartFlags): Promise<number> {
  const language = languageOf(flags);
  const words = wordsOf(language);
  const exercise = exerciseOf(id, flags);
  const folder = named ?? exercise.id;
  const there = [...exercise.start.keys(), markerName].find((path) => isThere(join(folder, path)));
  if (there !== undefined) {
    const message = `${join(folder, there)} is there already: nothing was written; name another folder, or remove it`;
    throw new ReportedError(message, exitCodes.invalid);
  }
  try {
    makeFolders(folder);
    for (const [path, text] of exercise.start) {
      makeFolders(dirname(join(folder, path)));
      writeFileSync(join(folder, path), text, { flag: 'wx' });
    }
  } catch (error) {
    throw new ReportedError(`${folder} cannot be written: ${formatPathError(error)}`, exitCodes.environment);
  }
  writeMarker(folder, { exercise: exercise.id, hints: {} });
  standardOutput.write(`${textIn(exercise.title, language)}\n`);
  for (const path of exercise.start.keys()) standardOutput.write(`  ${join(folder, path)} ${words.written}\n`);
  standardOutput.write(`${words.check}: setpiece exercise check ${folder}\n`);
  return exitCodes.pass;
}

/** Also a link that leads nowhere is there. */
function isThere(path: string): boolean {
  if (existsSync(path)) return true;
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // A file stands where a folder should: writing will say so.
    return false;
  }
}
