import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkLesson } from '../../../src/lessons/check/check-lesson.ts';
import { lessonFrom } from '../../../src/lessons/from/lesson-from.ts';
import { readLesson } from '../../../src/lessons/markdown/read-lesson.ts';
import { loadFile } from '../../../src/runner/load-file.ts';
import { openOwnExecutor as open } from '../../../src/lessons/check/own-executor.ts';
import type { LessonFrom } from '../../../src/lessons/from/lesson-from.ts';

const folder = fileURLToPath(new URL('../../../scenarios/lessons', import.meta.url));
const scenarios = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.scenario.yaml'))
  .sort();

/** Those that no command of kubectl can bring about. */
const unsayable: ReadonlySet<string> = new Set([
  'identity/at-most-one',
  'identity/lost-node-returns',
  'identity/scale-in-waits',
  'identity/stable-identity',
  'identity/volume-on-a-lost-node',
  'mongodb/scale-out-waits',
  'nginx-web/parallel',
  'web/sick-pod-blocks-update',
]);

async function written(name: string): Promise<LessonFrom> {
  const read = loadFile(relative(process.cwd(), join(folder, name)));
  if (read.kind === 'invalid') throw new Error(read.frames.join('\n'));
  return lessonFrom(read.loaded, { seed: 1, open, pictureLink: () => 'picture.svg' });
}

describe('a lesson from a scenario', { timeout: 60_000 }, () => {
  test.each(scenarios)('%s is true when it is checked, or cannot be said', async (name) => {
    const lesson = await written(name);

    expect(lesson.kind).toBe(unsayable.has(name.replace('.scenario.yaml', '')) ? 'unsayable' : 'lesson');
    if (lesson.kind !== 'lesson') return;
    const read = await readLesson('lesson.md', lesson.markdown);
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const { results } = await checkLesson(read.lesson, { open });
    expect(results.filter(({ verdict }) => verdict === 'false')).toEqual([]);
    // Manifests that the scenario expects to be refused are the only blocks that say nothing.
    const left = results.filter(({ verdict }) => verdict === 'not-checkable');
    expect(left.filter(({ reason = '' }) => !reason.startsWith('the API refuses it:'))).toEqual([]);
    expect(results.some(({ kind, shown }) => kind === 'command' && shown !== undefined)).toBe(true);
  });

  test('is the same for the same seed, and tells of the steps with their names', async () => {
    const [first, second] = [
      await written('web/ordered-scaling.scenario.yaml'),
      await written('web/ordered-scaling.scenario.yaml'),
    ];

    expect(first).toEqual(second);
    expect(first.kind === 'lesson' ? first.markdown : '').toMatch(/^# .+\n\n<!-- setpiece: nodes=1 seed=1 -->\n/);
    expect(first.kind === 'lesson' ? first.markdown : '').toContain('```console\n$ kubectl get pods -w\nNAME ');
  });

  test('is not written from a scenario that does not pass', async () => {
    const read = loadFile(fileURLToPath(new URL('../../fixtures/lessons/fails.scenario.yaml', import.meta.url)));
    if (read.kind === 'invalid') throw new Error(read.frames.join('\n'));

    const lesson = await lessonFrom(read.loaded, { seed: 1, open, pictureLink: () => '' });

    expect(lesson).toMatchObject({ kind: 'failed', reason: expect.stringContaining('the scenario came to fail') });
  });
});
