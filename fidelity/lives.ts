// The lives of a recording: one for each uid, from the first watch event that shows it to the last.

import { kindKey } from '../src/kubernetes/kind.ts';
import { kinds } from './kinds.ts';
import type { KindKey } from '../src/kubernetes/kind.ts';
import type { KubernetesObject } from '../src/kubernetes/object.ts';
import type { Observation } from '../src/trace/record.ts';

/** One object from its creation to its end. */
export interface Life {
  readonly kind: KindKey;
  readonly name: string;
  readonly uid: string;
  /** In resourceVersion order, at least one. */
  readonly observations: readonly Observation[];
}

/** Lives in the order in which they begin. */
export function livesOf(observations: readonly Observation[]): readonly Life[] {
  const lives = new Map<string, Life & { readonly observations: Observation[] }>();
  for (const observation of observations) {
    const { name, uid } = observation.object.metadata;
    const life = lives.get(uid);
    if (life === undefined) {
      lives.set(uid, { kind: kindKey(observation.object), name, uid, observations: [observation] });
    } else life.observations.push(observation);
  }
  return [...lives.values()];
}

/** The last state that was seen. */
export function lastOf({ observations }: Life): KubernetesObject {
  return observations.at(-1)!.object;
}

/** Whether the object was gone at the end. */
export function ended({ observations }: Life): boolean {
  return observations.at(-1)!.type === 'DELETED';
}

/**
 * Leaves out what belongs to other recordings: the watches of kinds without namespaces show all volumes of the cluster.
 * A volume belongs to the namespace of its claim; one that was never claimed is taken for this recording's own.
 */
export function ownObservations(observations: readonly Observation[], namespace: string): readonly Observation[] {
  const foreign = new Set<string>();
  for (const { object } of observations) {
    const { namespace: of = namespace } = object.metadata;
    const claimed = (object['spec'] as { readonly claimRef?: { readonly namespace?: string } } | undefined)?.claimRef;
    const belongs = kindKey(object) === kinds.volume ? (claimed?.namespace ?? of) : of;
    if (belongs !== namespace) foreign.add(object.metadata.uid);
  }
  return observations.filter(({ object }) => !foreign.has(object.metadata.uid));
}
