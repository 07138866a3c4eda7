// Looks up the manifests that a scenario names, and reads them once each.

import { basename, resolve } from 'node:path';

import { applyChanges } from './apply-changes.ts';
import { ManifestReader } from './manifests.ts';
import type { LocatedManifest } from './manifests.ts';
import type { Action, BoundStep, ManifestSource } from './model.ts';
import type { ProblemList } from './problem-list.ts';
import { isInside } from './project-files.ts';
import type { FileRead } from './project-files.ts';

/** What was read besides the scenario. */
export interface FoundFiles {
  /** Objects by path, as the bound steps name it. */
  readonly manifests: ReadonlyMap<string, readonly LocatedManifest[]>;
  /** Texts by file, for frames. */
  readonly sources: ReadonlyMap<string, string>;
}

interface Options {
  readonly file: string;
  readonly text: string;
  readonly root: string;
  readonly readFile?: (path: string) => FileRead;
  readonly reader?: ManifestReader;
}

type Sending = Action & { readonly verb: 'apply' | 'create' };
type FileSource = ManifestSource & { readonly kind: 'file' };

/** Reads every manifest of the steps and checks what is to be changed in them. */
export function checkFiles(
  steps: readonly BoundStep[],
  { file, text, root, readFile, reader = new ManifestReader() }: Options,
  problems: ProblemList,
): FoundFiles {
  const manifests = new Map<string, readonly LocatedManifest[]>();
  const sources = new Map([[file, text]]);
  const refused = new Set<string>();
  for (const { action } of steps) {
    if (action?.verb !== 'apply' && action?.verb !== 'create') continue;
    for (const source of action.sources) {
      if (source.kind !== 'file') continue;
      if (isScenario(source, file)) {
        refused.add(source.path);
        problems.add(
          'scenario-as-manifest',
          source,
          `${basename(source.path)} is a scenario, and scenarios do not include one another`,
          'apply the manifests that it applies',
        );
      } else if (!isInside(resolve(root), resolve(source.path))) {
        refused.add(source.path);
        problems.add('path-outside-project', source, `${source.path} is outside of ${root}`);
      } else if (readFile !== undefined && !manifests.has(source.path)) {
        readSource(source, { readFile, reader, manifests, sources, refused }, problems);
      }
    }
    if (readFile !== undefined) checkChanges(action, { manifests, refused }, problems);
  }
  return { manifests, sources };
}

interface Reading {
  readonly readFile: (path: string) => FileRead;
  readonly reader: ManifestReader;
  readonly manifests: Map<string, readonly LocatedManifest[]>;
  readonly sources: Map<string, string>;
  readonly refused: Set<string>;
}

function readSource(
  source: FileSource,
  { readFile, reader, manifests, sources, refused }: Reading,
  problems: ProblemList,
): void {
  const read = readFile(source.path);
  if (read.kind === 'refused') {
    refused.add(source.path);
    problems.add(read.code, source, read.message);
    return;
  }
  const { objects, problems: found } = reader.read({ file: source.path, text: read.text });
  manifests.set(source.path, objects);
  sources.set(source.path, read.text);
  if (found.length > 0) refused.add(source.path);
  problems.take(found);
}

function isScenario({ path }: FileSource, file: string): boolean {
  return /\.scenario\.(?:ya?ml|json)$/.test(path) || resolve(path) === resolve(file);
}

/** `change` must find its object, as far as the files could be read. */
function checkChanges(
  { sources, changes }: Sending,
  { manifests, refused }: Pick<Reading, 'manifests' | 'refused'>,
  problems: ProblemList,
): void {
  const files = sources.filter((source) => source.kind === 'file');
  if (files.some(({ path }) => refused.has(path))) return;
  const objects = files.flatMap(({ path }) => manifests.get(path) ?? []);
  problems.take(applyChanges(objects, changes).problems);
}
