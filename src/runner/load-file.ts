// A scenario file with everything that a run needs of the file system.

import { applyChanges } from '../scenario/apply-changes.ts';
import { loadScenario } from '../scenario/load-scenario.ts';
import { readManifestFile } from '../scenario/manifests.ts';
import { ScenarioError } from '../scenario/problem.ts';
import { framesOf } from './frames.ts';
import { projectRootOf } from './project-root.ts';
import type { Manifest } from '../kubernetes/object.ts';
import type { Catalogue } from '../scenario/guarantees.ts';
import type { Shared } from '../scenario/load-scenario.ts';
import type { LocatedManifest } from '../scenario/manifests.ts';
import type { Action, Scenario } from '../scenario/model.ts';
import type { Problem } from '../scenario/problem.ts';

/** A file that can be run, or why it cannot. */
export type LoadedFile =
  | { readonly kind: 'scenario'; readonly loaded: LoadedScenario }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[]; readonly frames: readonly string[] };

/** A scenario and its files. */
export interface LoadedScenario {
  readonly scenario: Scenario;
  /** Objects of the manifests, by path as the bound steps name it. */
  readonly manifests: ReadonlyMap<string, readonly LocatedManifest[]>;
  /** Texts by file, for frames. */
  readonly sources: ReadonlyMap<string, string>;
  readonly root: string;
  /** There when the scenario names a guarantee and the project has a catalogue; it may have problems of its own. */
  readonly catalogue?: Catalogue;
}

type Sending = Action & { readonly verb: 'apply' | 'create' };

/** Reads a scenario file and what it names; loads that share read manifests and catalogues once. */
export function loadFile(file: string, shared: Shared = {}): LoadedFile {
  const root = projectRootOf(file);
  const { scenario, problems, manifests, sources, catalogue } = loadScenario(file, root, shared);
  if (scenario === undefined) return { kind: 'invalid', problems, frames: framesOf(problems, sources) };
  const loaded = { scenario, manifests, sources, root };
  return { kind: 'scenario', loaded: catalogue === undefined ? loaded : { ...loaded, catalogue } };
}

/** The objects that an action sends, in written order, changed as it says. Throws `ScenarioError` for files that cannot be read. */
export function manifestsOf(action: Sending, { manifests, root }: LoadedScenario): readonly Manifest[] {
  const objects = action.sources.flatMap((source): readonly LocatedManifest[] => {
    if (source.kind === 'object') return [{ manifest: source.object as unknown as Manifest, span: source.span }];
    // A path with a variable of the run in it was not known when the file was read.
    const known = manifests.get(source.path);
    if (known !== undefined) return known;
    const read = readManifestFile(source.path, root, source.span);
    if (read.problems.length > 0) throw new ScenarioError(read.problems);
    return read.objects;
  });
  const changed = applyChanges(objects, action.changes);
  if (changed.problems.length > 0) throw new ScenarioError(changed.problems);
  return changed.objects.map(({ manifest }) => manifest);
}
