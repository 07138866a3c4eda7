// What a lesson comes to does not depend on whether the machine has a kubectl.

import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkLesson } from '../../../src/lessons/check/check-lesson.ts';
import { openOwnExecutor } from '../../../src/lessons/check/own-executor.ts';
import { lessonFrom } from '../../../src/lessons/from/lesson-from.ts';
import { readLesson } from '../../../src/lessons/markdown/read-lesson.ts';
import { loadFile } from '../../../src/runner/load-file.ts';
import { missing, openReal } from '../real-kubectl.ts';
import type { CheckLessonOptions } from '../../../src/lessons/check/check-lesson.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/lessons', import.meta.url));
const scenarios = fileURLToPath(new URL('../../../scenarios/lessons', import.meta.url));
const names = readdirSync(scenarios, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.scenario.yaml'))
  .sort();

/** Each block's verdict and why; what is said of a mistake in YAML is each reader's own. */
async function verdicts(text: string, open: CheckLessonOptions['open']): Promise<readonly string[]> {
  const read = await readLesson('lesson.md', text);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const { results } = await checkLesson(read.lesson, { open });
  return results.map(({ lines, verdict, reason = '' }) => {
    return `${lines.first} ${verdict} ${reason.replace(/(?<=yaml: ).*/su, '')}`;
  });
}

describe.skipIf(missing)('with and without a kubectl', { timeout: 120_000 }, () => {
  test.each(readdirSync(fixtures).filter((name) => name.endsWith('.md') && name !== 'README.md'))(
    '%s comes to the same',
    async (name) => {
      const text = readFileSync(join(fixtures, name), 'utf8');

      expect(await verdicts(text, openOwnExecutor)).toEqual(await verdicts(text, openReal));
    },
  );

  test.each(names)('the lesson of %s is the same', async (name) => {
    const read = loadFile(relative(process.cwd(), join(scenarios, name)));
    if (read.kind === 'invalid') throw new Error(read.frames.join('\n'));
    const options = { seed: 1, pictureLink: () => 'picture.svg' };

    const own = await lessonFrom(read.loaded, { ...options, open: openOwnExecutor });

    if (own.kind !== 'lesson') return;
    expect(await verdicts(own.markdown, openReal)).toEqual(await verdicts(own.markdown, openOwnExecutor));
  });
});
