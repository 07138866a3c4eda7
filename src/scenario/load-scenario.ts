// Reads a scenario from the file system: the file itself, the manifests that it names, and the catalogue of its guarantees.

import { Catalogues, findUnknownGuarantees, namesGuarantees } from './catalogues.ts';
import type { Catalogue } from './guarantees.ts';
import type { ManifestReader } from './manifests.ts';
import { readProjectFile } from './project-files.ts';
import type { FileRead } from './project-files.ts';
import { readScenario } from './read-scenario.ts';
import type { ReadResult } from './read-scenario.ts';

/** What loads of one suite share. */
export interface Shared {
  readonly reader?: ManifestReader;
  readonly catalogues?: Catalogues;
}

/** What was loaded. A catalogue with problems does not stop its scenarios: it is told once, not with each of them. */
export interface LoadResult extends ReadResult {
  /** There when the scenario names a guarantee and the project has a catalogue. */
  readonly catalogue?: Catalogue;
}

/**
 * Loads a scenario file. `path` is as the user named it, relative to the working directory; `root` is the folder that
 * neither it nor its manifests may leave, also not by symbolic links. Loads that share find manifests and catalogues once.
 */
export function loadScenario(path: string, root: string, { reader, catalogues }: Shared = {}): LoadResult {
  const read = readProjectFile(path, root);
  if (read.kind === 'refused') {
    const span = { file: path, line: 1, column: 1, start: 0, end: 0 };
    const problem = { code: read.code, severity: 'error', message: read.message, span } as const;
    return { problems: [problem], manifests: new Map(), sources: new Map() };
  }
  const readFile = (manifest: string): FileRead => readProjectFile(manifest, root);
  const result = readScenario({
    file: path,
    text: read.text,
    root,
    readFile,
    ...(reader === undefined ? {} : { reader }),
  });
  const { scenario, problems, ...rest } = result;
  if (scenario === undefined || !namesGuarantees(scenario)) return result;
  const catalogue = (catalogues ?? new Catalogues()).of(path, root);
  if (catalogue === undefined) return result;
  const unknown = catalogue.problems.length > 0 ? [] : findUnknownGuarantees(scenario, catalogue);
  return unknown.length > 0 ? { ...rest, problems: unknown, catalogue } : { ...rest, problems, scenario, catalogue };
}
