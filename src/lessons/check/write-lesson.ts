// Writes a lesson back: whole or not at all, and only over the text that was read.

import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The lesson changed while it was checked; what was found out is not about it any more. */
export class LessonChanged extends Error {
  override readonly name = 'LessonChanged';
  readonly code = 'LESSON_CHANGED';
}

/** Replaces `before` by `after`. Rejects with `LessonChanged`, or with Node's error. A link stays one: what it leads to is written. */
export async function writeLesson(
  path: string,
  { before, after }: { readonly before: string; readonly after: string },
): Promise<void> {
  const target = await realpath(path);
  const { mode } = await stat(target);
  const draft = join(dirname(target), `.setpiece-${process.pid}-${process.hrtime.bigint()}.md`);
  try {
    await writeFile(draft, after, { mode, flag: 'wx' });
    if ((await readFile(target, 'utf8')) !== before)
      throw new LessonChanged('the lesson was changed while it was checked');
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
