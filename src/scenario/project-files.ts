// Reads files of the project, and no others: nothing outside the root, nothing that is no text.

import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';

import type { ProblemCode } from './problem-codes.ts';
import { bytesMax, kib } from './yaml/text-guards.ts';

/** The text of a file, or why there is none. */
export type FileRead =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly code: ProblemCode; readonly message: string };

/** Reads a file inside of a folder; symbolic links may not lead out either. */
export function readProjectFile(path: string, root: string): FileRead {
  if (!isInside(resolve(root), resolve(path))) return refused('path-outside-project', `${path} is outside of ${root}`);
  let real: string;
  try {
    real = realpathSync(path);
    if (!isInside(realpathSync(root), real)) {
      return refused('path-outside-project', `${path} is a link that leads out of ${root}`);
    }
    return readText(real, path);
  } catch (error) {
    return refused('missing-file', reasonOf(error, path));
  }
}

function readText(real: string, path: string): FileRead {
  // A pipe would keep us waiting for its writer.
  const handle = openSync(real, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(handle);
    if (!stat.isFile()) return refused('missing-file', `${path} is no file`);
    if (stat.size > bytesMax) {
      return refused('file-too-large', `files up to ${kib(bytesMax)} are read, ${path} has ${kib(stat.size)}`);
    }
    return decode(readFileSync(handle), path);
  } finally {
    closeSync(handle);
  }
}

function decode(bytes: Uint8Array, path: string): FileRead {
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    // A NUL says binary more plainly than "not UTF-8" does.
    return bytes.includes(0)
      ? refused('binary-file', `${path} is not text`)
      : refused('not-utf8', `${path} is not UTF-8 text: save it as UTF-8`);
  }
}

/** Whether an absolute path lies in a folder, as written. */
export function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

function refused(code: ProblemCode, message: string): FileRead {
  return { kind: 'refused', code, message };
}

function reasonOf(error: unknown, path: string): string {
  const code = (error as { code?: unknown } | null)?.code;
  if (code === 'ENOENT' || code === 'ENOTDIR') return `there is no file ${path}`;
  if (code === 'EACCES' || code === 'EPERM') return `${path} may not be read`;
  if (code === 'ELOOP') return `${path} is a link that leads to itself`;
  return `${path} cannot be read: ${String(code ?? error)}`;
}
