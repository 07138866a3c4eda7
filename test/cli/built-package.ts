// The package as it is published: built when its sources are newer than the build, by one test file at a time.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Root of the package. */
export const packageRoot = resolve(import.meta.dirname, '../..');
/** The command's file. */
export const command = join(packageRoot, 'bin/setpiece.js');

const lock = join(packageRoot, 'node_modules/.setpiece-build-lock');
const buildMaxMs = 180_000;

/** Builds the package if it is not built as its sources are. Test files in other threads wait until it is done. */
export function buildPackage(): void {
  while (!isFresh()) {
    if (!takeLock()) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
      continue;
    }
    try {
      const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'build'], {
        cwd: packageRoot,
        encoding: 'utf8',
      });
      if (status !== 0) {
        const told = `${stdout}${stderr}`.split('\n').slice(0, 5).join('\n');
        throw new Error(`npm run build ended with ${status}, so there is no package to test:\n${told}`);
      }
      if (!isFresh()) return;
    } finally {
      rmdirSync(lock);
    }
  }
}

function isFresh(): boolean {
  const built = changedMs(join(packageRoot, 'dist/bundle/main.cjs.cache'));
  return ['src', 'reporters', 'scripts'].every((folder) => newestMs(join(packageRoot, folder)) <= built);
}

function newestMs(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Math.max(
    ...entries.filter((entry) => entry.isFile()).map((entry) => changedMs(join(entry.parentPath, entry.name))),
  );
}

/** A lock that is older than any build was left by somebody who was killed. */
function takeLock(): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    if (Date.now() - changedMs(lock) > buildMaxMs) rmdirSync(lock);
    return false;
  }
}

function changedMs(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
