// Which files a run means: files as named, folders searched for `*.scenario.yaml`.

import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** The files found, or why there are none; the reason is one line, ready to be shown. */
export type FoundFiles =
  | { readonly kind: 'files'; readonly files: readonly string[] }
  | { readonly kind: 'nothing'; readonly reason: string };

const ending = /\.scenario\.ya?ml$/;
const skipped: ReadonlySet<string> = new Set(['node_modules', 'dist']);

/** Finds scenario files. Files keep the user's spelling and order, those of a folder are sorted; each stands once. */
export async function findScenarios(paths: readonly string[]): Promise<FoundFiles> {
  const files = new Set<string>();
  for (const path of paths) {
    const found = await findIn(path);
    if (typeof found === 'string') return { kind: 'nothing', reason: found };
    for (const file of found) files.add(file);
  }
  return { kind: 'files', files: [...files] };
}

async function findIn(path: string): Promise<readonly string[] | string> {
  if (path === '') return 'an empty path names no scenario; `.` is the folder here';
  try {
    const found = await stat(path);
    if (found.isFile()) return [tidy(path)];
    if (!found.isDirectory()) return `${path} is neither a file nor a folder`;
    const files = await filesUnder(path);
    return files.length > 0 ? files : `no *.scenario.yaml in the folder ${path}`;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return `${path} does not exist`;
    if (code === 'EACCES' || code === 'EPERM') return `${path} cannot be read: permission denied`;
    if (code === 'ELOOP') return `${path} cannot be read: symbolic links lead in a circle`;
    if (code === 'ENAMETOOLONG') return `${path.slice(0, 60)}… cannot be read: the name is too long`;
    throw error;
  }
}

async function filesUnder(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const files: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isFile() && ending.test(entry.name)) files.push(tidy(path));
    // Symbolic links to folders are not followed: they may lead in a circle, or out of the project.
    else if (entry.isDirectory() && !entry.name.startsWith('.') && !skipped.has(entry.name)) {
      files.push(...(await filesUnder(path)));
    }
  }
  return files;
}

/** Without a leading `./`, and relative where the file is inside the working directory: short in messages, equal for equal files. */
function tidy(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere === '..' || fromHere.startsWith(`..${sep}`) ? path : fromHere;
}
