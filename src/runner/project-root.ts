// Which folder a scenario and its manifests may not leave.

import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/**
 * The nearest folder at or above the file that holds `package.json` or `.git`; without one the working directory when the
 * file is inside it, else the file's own folder.
 */
export function projectRootOf(file: string): string {
  const folder = dirname(resolve(file));
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, 'package.json')) || existsSync(join(at, '.git'))) return at;
    if (at === dirname(at)) break;
  }
  const here = process.cwd();
  const way = relative(here, folder);
  return way === '..' || way.startsWith(`..${sep}`) ? folder : here;
}
