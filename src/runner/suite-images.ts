// The images that a suite needs, so that a CI job can pull them, or load them into its cluster, before the clock runs.

import { bindStep } from '../scenario/bind.ts';
import { expandSteps } from '../scenario/expand.ts';
import { manifestsOf } from './load-file.ts';
import type { Json } from '../kubernetes/object.ts';
import type { Action } from '../scenario/model.ts';
import type { LoadedScenario } from './load-file.ts';
import type { PlannedRun } from './plan-suite.ts';

/** Images of this registry are there to be missing: no backend can pull them. */
const unpullable = /^example\.invalid\//;

/** Names of images, sorted. What only a run knows (a remembered value) is left out. */
export function imagesOf(runs: readonly PlannedRun[]): readonly string[] {
  const images = new Set<string>();
  for (const run of runs) {
    if (run.kind !== 'run') continue;
    const { loaded, row } = run;
    for (const { position, variables } of expandSteps(loaded.scenario, row.variables)) {
      const { step, problems } = bindStep(loaded.scenario, position, variables);
      if (problems.length === 0 && step.action !== undefined) collect(sentBy(step.action, loaded), images);
    }
  }
  return [...images].filter((image) => !unpullable.test(image)).toSorted();
}

/** What an action sends that may hold containers. */
function sentBy(action: Action, loaded: LoadedScenario): unknown {
  const { verb } = action;
  if (verb === 'apply' || verb === 'create') return manifestsOf(action, loaded);
  if (verb === 'setImage') {
    return Object.entries(action.containers).map(([name, image]) => ({ containers: [{ name, image }] }));
  }
  if (verb === 'patch') return action.type === 'json' ? patchedImages(action.body) : action.body;
  return verb === 'replace' ? action.object : undefined;
}

/** Operations of a JSON patch that set an image name it by its path. */
function patchedImages(body: Json): unknown {
  if (!Array.isArray(body)) return undefined;
  const values = (body as readonly { readonly path?: unknown; readonly value?: unknown }[]).map(({ path, value }) =>
    typeof path === 'string' && path.endsWith('/image') ? { containers: [{ image: value }] } : value,
  );
  return values;
}

const containerLists: ReadonlySet<string> = new Set(['containers', 'initContainers', 'ephemeralContainers']);

function collect(value: unknown, images: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (containerLists.has(key) && Array.isArray(member)) {
      for (const { image } of member as readonly { readonly image?: unknown }[]) {
        if (typeof image === 'string' && image !== '') images.add(image);
      }
    }
    collect(member, images);
  }
}
