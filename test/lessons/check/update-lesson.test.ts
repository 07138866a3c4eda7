import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { updateLesson } from '../../../src/lessons/check/update-lesson.ts';
import { writeLesson } from '../../../src/lessons/check/write-lesson.ts';
import { readLesson } from '../../../src/lessons/markdown/read-lesson.ts';
import type { BlockResult } from '../../../src/lessons/check/block-result.ts';

/** Updates a lesson as though each of its commands had printed a text. */
async function updated(text: string, printed: readonly string[]): Promise<string> {
  const loaded = await readLesson('lesson.md', text);
  if (!loaded.ok) throw new Error('unreadable');
  const { lesson } = loaded;
  const commands = lesson.items.flatMap((item) => (item.kind === 'command' ? [item] : []));
  const results = commands.map((item, i): BlockResult => {
    const { lines, text: title, output: shown } = item;
    const result = {
      kind: 'command' as const,
      lines,
      title,
      verdict: 'false' as const,
      notes: [],
      printed: printed[i]!,
    };
    return shown === undefined ? result : Object.assign(result, { shown });
  });
  return updateLesson(lesson, results).text;
}

describe('an update', () => {
  test('replaces lines of output and nothing else: line ends, tabs, marks and decoration stay', async () => {
    const text =
      '\uFEFFx\t\r\n> ```\r\n> $ kubectl get a\r\n> ------\r\n>\r\n> old  \r\n> older\r\n>\r\n> # said\r\n> ```\r\nlast';

    expect(await updated(text, ['new\nnewer\nnewest\n'])).toBe(
      text.replace('> old  \r\n> older\r\n', '> new\r\n> newer\r\n> newest\r\n'),
    );
  });

  test('takes lines away where nothing is printed, and leaves commands without output as they are', async () => {
    const text = '```\n$ kubectl get a\nold\n$ kubectl get b\n```\n';

    expect(await updated(text, ['', 'something\n'])).toBe('```\n$ kubectl get a\n$ kubectl get b\n```\n');
  });

  test('never writes what would end the block', async () => {
    const text = '```\n$ kubectl get a\nold\n```\n';

    expect(await updated(text, ['```\n# free\n'])).toBe(text);
  });
});

describe('a lesson is written', () => {
  const folder = mkdtempSync(join(tmpdir(), 'setpiece-update-'));
  const path = join(folder, 'lesson.md');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('whole, with its mode, through links, and with nothing left beside it', async () => {
    writeFileSync(path, 'old');
    chmodSync(path, 0o640);
    symlinkSync(path, join(folder, 'link.md'));

    await writeLesson(join(folder, 'link.md'), { before: 'old', after: 'new' });

    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder).sort()).toEqual(['lesson.md', 'link.md']);
  });

  test('not at all when it was changed meanwhile', async () => {
    writeFileSync(path, 'somebody else’s');

    await expect(writeLesson(path, { before: 'old', after: 'new' })).rejects.toMatchObject({ code: 'LESSON_CHANGED' });

    expect(readFileSync(path, 'utf8')).toBe('somebody else’s');
    expect(readdirSync(folder).sort()).toEqual(['lesson.md', 'link.md']);
  });
});
