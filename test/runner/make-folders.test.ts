import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeFolders } from '../../src/runner/make-folders.ts';

const folder = mkdtempSync(join(tmpdir(), 'setpiece-folders-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('folders are made with those above them, and may be there already', () => {
  makeFolders(join(folder, 'a/b/c'));
  makeFolders(join(folder, 'a/b/c'));

  expect(existsSync(join(folder, 'a/b/c'))).toBe(true);
});

test('the first folder that cannot be made is an error', () => {
  writeFileSync(join(folder, 'file'), '');

  expect(() => makeFolders(join(folder, 'file/below/it'))).toThrow(/ENOTDIR/);
});

test.runIf(existsSync('/proc/self'))('it ends where a file system makes no folders', () => {
  expect(() => makeFolders('/proc/nowhere/a/b')).toThrow(/ENOENT|EACCES|EPERM/);
});
