// Changes objects of a manifest before they are sent: `change: { REF: merge patch }`, lists merge by key.

import { kindKey } from '../kubernetes/kind.ts';
import type { Json, Manifest } from '../kubernetes/object.ts';
import { mergeByKey } from '../kubernetes/patch/merge-by-key.ts';
import type { LocatedManifest } from './manifests.ts';
import type { ManifestChange } from './model.ts';
import { ProblemList } from './problem-list.ts';
import type { Problem } from './problem.ts';

/** The objects with all changes in them. A change whose object is not there is a problem. */
export function applyChanges(
  objects: readonly LocatedManifest[],
  changes: readonly ManifestChange[],
): { readonly objects: readonly LocatedManifest[]; readonly problems: readonly Problem[] } {
  const problems = new ProblemList();
  const changed = [...objects];
  for (const change of changes) {
    const at = changed.findIndex(({ manifest }) => isTarget(manifest, change));
    const found = changed[at];
    if (found === undefined) {
      const names = objects.map(({ manifest }) => `${kindKey(manifest)}/${manifest.metadata?.name ?? ''}`);
      problems.add(
        'no-such-object',
        change,
        `the manifest holds no ${change.of}/${change.name}`,
        `it holds: ${names.join(', ')}`,
      );
      continue;
    }
    const manifest = mergeByKey(found.manifest as unknown as Json, change.patch, change.of) as unknown as Manifest;
    changed[at] = { ...found, manifest };
  }
  return { objects: changed, problems: problems.sorted };
}

function isTarget(manifest: Manifest, { of, name }: ManifestChange): boolean {
  return kindKey(manifest) === of && manifest.metadata?.name === name;
}
