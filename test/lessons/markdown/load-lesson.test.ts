import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadLesson } from '../../../src/lessons/markdown/load-lesson.ts';

const folder = mkdtempSync(join(tmpdir(), 'setpiece-lessons-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function codeFor(name: string, content?: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  if (content !== undefined) writeFileSync(path, content);
  const loaded = await loadLesson(path);
  return loaded.ok ? 'ok' : loaded.problems.map(({ code, message }) => `${code}: ${message}`).join('; ');
}

describe('a lesson that is no lesson', () => {
  test('is refused by what it is', async () => {
    mkdirSync(join(folder, 'folder.md'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling.md'));

    expect(await codeFor('missing.md')).toBe('unreadable: no such file or folder');
    expect(await codeFor('folder.md')).toBe('unreadable: wanted a Markdown file, found a folder');
    expect(await codeFor('dangling.md')).toBe('unreadable: a link that leads nowhere');
    expect(await codeFor('binary.md', Uint8Array.of(35, 0, 1))).toMatch(/^not-text/);
    expect(await codeFor('latin.md', Uint8Array.of(35, 0xe9, 10))).toMatch(/^not-utf-8/);
    expect(await codeFor('huge.md', 'x'.repeat(256 * 1024 + 1))).toMatch(/^too-large/);
  });

  test('may be empty, and may begin with a byte order mark', async () => {
    expect(await codeFor('empty.md', '')).toBe('ok');
    expect(await codeFor('marked.md', '\uFEFF# x\n')).toBe('ok');
  });
});
