// Whether a scenario has to do with more than its namespace: then nothing else may run beside it on a real cluster.

import { kindKey } from '../kubernetes/kind.ts';
import { kindOfKey } from '../kubernetes/kinds.ts';
import type { Json } from '../kubernetes/object.ts';
import type { PlannedRun } from './plan-suite.ts';

/** Capabilities with which a scenario changes the cluster for everybody. */
const sharedCapabilities: ReadonlySet<string> = new Set([
  'static-volumes',
  'no-default-class',
  'node-failure',
  'custom-resources',
]);
const nodeVerbs = ['cordon', 'uncordon', 'drain'] as const;

/** Judges by needs, manifests and steps. Kinds that nobody knows count as the cluster's, since a definition brings them. */
export function touchesCluster(planned: PlannedRun): boolean {
  if (planned.kind === 'invalid') return false;
  const { scenario, manifests } = planned.loaded;
  if (scenario.needs.capabilities.some((capability) => sharedCapabilities.has(capability))) return true;
  for (const objects of manifests.values()) {
    for (const { manifest } of objects) if (kindOfKey(kindKey(manifest))?.namespaced !== true) return true;
  }
  const steps = (scenario.content['steps'] ?? []) as readonly Readonly<Record<string, Json>>[];
  return steps.some((step) => nodeVerbs.some((verb) => step[verb] !== undefined) || changesShared(step));
}

/** Objects that stand in the step itself, and targets that are nodes. */
function changesShared(step: Readonly<Record<string, Json>>): boolean {
  return Object.entries(step).some(([verb, value]) => verb !== 'expect' && verb !== 'get' && hasShared(value));
}

function hasShared(value: Json | undefined): boolean {
  if (typeof value === 'string') return value.startsWith('node/');
  if (typeof value !== 'object' || value === null) return false;
  const { apiVersion, kind } = value as { readonly apiVersion?: Json; readonly kind?: Json };
  if (typeof apiVersion === 'string' && typeof kind === 'string') {
    return kindOfKey(kindKey({ apiVersion, kind }))?.namespaced !== true;
  }
  return Object.values(value).some((member) => hasShared(member));
}
