// Reads a scenario from the file system: the file itself and the manifests that it names.

import type { ManifestReader } from './manifests.ts';
import { readProjectFile } from './project-files.ts';
import type { FileRead } from './project-files.ts';
import { readScenario } from './read-scenario.ts';
import type { ReadResult } from './read-scenario.ts';

/**
 * Loads a scenario file. `path` is as the user named it, relative to the working directory; `root` is the folder that
 * neither it nor its manifests may leave, also not by symbolic links. Loads of one reader share what they find in manifests.
 */
export function loadScenario(path: string, root: string, reader?: ManifestReader): ReadResult {
  const read = readProjectFile(path, root);
  if (read.kind === 'refused') {
    const span = { file: path, line: 1, column: 1, start: 0, end: 0 };
    const problem = { code: read.code, severity: 'error', message: read.message, span } as const;
    return { problems: [problem], manifests: new Map(), sources: new Map() };
  }
  const readFile = (manifest: string): FileRead => readProjectFile(manifest, root);
  return readScenario({ file: path, text: read.text, root, readFile, ...(reader === undefined ? {} : { reader }) });
}
