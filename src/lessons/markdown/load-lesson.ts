// A lesson's file as text: what is no text, or too much of it, is refused before anything reads it.

import { lstat, readFile, stat } from 'node:fs/promises';
import { formatPathError } from '../../runner/path-error.ts';
import { readLesson } from './read-lesson.ts';
import type { Lesson, LessonProblem } from './lesson.ts';

/** Lessons are pages; the longest known has a tenth of this. */
const bytesMax = 256 * 1024;

/** A lesson, or why there is none. */
export type LessonLoaded =
  | { readonly ok: true; readonly lesson: Lesson }
  | { readonly ok: false; readonly problems: readonly LessonProblem[] };

/** Reads a lesson's file. Never throws. */
export async function loadLesson(path: string): Promise<LessonLoaded> {
  const problem = (code: LessonProblem['code'], message: string): LessonLoaded => {
    return { ok: false, problems: [{ code, message }] };
  };
  let bytes: Buffer;
  try {
    const found = await stat(path);
    if (found.isDirectory()) return problem('unreadable', 'wanted a Markdown file, found a folder');
    if (!found.isFile()) return problem('unreadable', 'wanted a Markdown file, found something that is no file');
    if (found.size > bytesMax)
      return problem('too-large', `a lesson has at most 256 KiB, this file has ${found.size} bytes`);
    bytes = await readFile(path);
  } catch (error) {
    const dangling = await lstat(path).then(
      (entry) => entry.isSymbolicLink(),
      () => false,
    );
    return problem('unreadable', dangling ? 'a link that leads nowhere' : formatPathError(error));
  }
  if (bytes.includes(0)) return problem('not-text', 'wanted a Markdown file, found a binary one (it has a NUL byte)');
  const text = decodeUtf8(bytes);
  if (text === undefined) {
    return problem('not-utf-8', 'wanted a file in UTF-8; save it in that encoding (found bytes that are none)');
  }
  return readLesson(path, text);
}

function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    // The byte order mark stays: what is written back must begin as it did.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
