// Finds a file that belongs to scenarios without being named by them: a list of known divergences, a catalogue.

import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { projectRootOf } from './project-root.ts';

/** The nearest file of that name in the folder of the given file or above, not above the project; undefined when there is none. */
export function findBeside(file: string, name: string): string | undefined {
  const root = projectRootOf(file);
  for (let at = dirname(resolve(file)); ; at = dirname(at)) {
    const path = join(at, name);
    if (existsSync(path)) return path;
    if (at === root || at === dirname(at)) return undefined;
  }
}
