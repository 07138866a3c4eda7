// `setpiece lesson from SCENARIO`: a Markdown lesson, and its timeline beside it.

import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { lessonFrom as writeLessonFrom } from '../../lessons/from/lesson-from.ts';
import { exitCodes } from '../../runner/exit-code.ts';
import { loadFile } from '../../runner/load-file.ts';
import { formatPathError } from '../../runner/path-error.ts';
import { ReportedError } from '../reported-error.ts';
import { standardError, standardOutput } from '../streams.ts';
import { opener } from './lesson-check.ts';

/** The options of `lesson from` as the command line gives them. */
export interface LessonFromFlags {
  readonly output?: string;
  readonly kubectl?: string;
  readonly seed: number;
}

/** Writes a lesson, and gives the exit code: 1 when the scenario does not pass, 2 when kubectl cannot say it. */
export async function lessonFrom(file: string, { output, kubectl, seed }: LessonFromFlags): Promise<number> {
  const read = loadFile(file);
  if (read.kind === 'invalid') {
    standardError.write(read.frames.map((frame) => `${frame}\n`).join(''));
    return exitCodes.invalid;
  }
  const open = await opener(kubectl);
  const picture = output === undefined ? undefined : `${output.replace(/\.(?:md|markdown)$/i, '')}.svg`;
  const inlined = (svg: string): string => `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  const pictureLink = (svg: string): string => (picture === undefined ? inlined(svg) : encodeURI(basename(picture)));
  const written = await writeLessonFrom(read.loaded, { seed, open, pictureLink });
  if (written.kind === 'failed') throw new ReportedError(`${file}: ${written.reason}`, exitCodes.fail);
  if (written.kind === 'unsayable') {
    const lines = written.reasons.map((reason) => `\n  ${reason}`).join('');
    throw new ReportedError(`${file}: kubectl cannot say it all:${lines}`, exitCodes.invalid);
  }
  if (output === undefined || picture === undefined) {
    standardOutput.write(written.markdown);
    return exitCodes.pass;
  }
  await write(output, written.markdown);
  await write(picture, written.svg);
  standardOutput.write(`${output} and ${picture} written\n`);
  return exitCodes.pass;
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    throw new ReportedError(`${path} cannot be written: ${formatPathError(error)}`, exitCodes.environment);
  }
}
