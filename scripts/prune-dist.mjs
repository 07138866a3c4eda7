// Removes from dist what no source makes any more: tsc deletes nothing, and what lies in dist is published. A stray `.gitignore`
// is the worst of it, since npm obeys it and leaves out what it names.

import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Prunes the modules in dist; the bundle and the pages are written whole by those who make them. */
export function pruneDist(root) {
  const compiled = ['src', 'reporters'].map((folder) => join(root, 'dist', folder)).filter((path) => existsSync(path));
  for (const folder of compiled) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      if (!hasSource(root, relative(join(root, 'dist'), path))) rmSync(path, { force: true });
    }
  }
}

/** A module comes of TypeScript, or is generated as it is. */
function hasSource(root, path) {
  const module = /^(.*)(?:\.d\.ts|\.js)$/.exec(path)?.[1];
  return module !== undefined && [`${module}.ts`, path].some((source) => existsSync(join(root, source)));
}
