// Volumes that were made by hand and are equal but for their names: which of them a claim gets has no defined order
// (PV-BIND-03). In a simulation they bear the names under which the same claims got theirs in the recording.

import { renamed } from './canonical.ts';
import { kinds } from './kinds.ts';
import { livesOf } from './lives.ts';
import { stable } from './stable.ts';
import type { KubernetesObject } from '../src/kubernetes/object.ts';
import type { Life } from './lives.ts';
import type { Recording } from './recording.ts';

/** A canonical simulation whose equal volumes were renamed, if they were claimed otherwise than recorded. */
export function alignVolumes(recorded: Recording, simulated: Recording): Recording {
  const wanted = claimsOf(recorded);
  const found = claimsOf(simulated);
  const names = new Map<string, string>();
  for (const [claim, { name, like }] of wanted) {
    const other = found.get(claim);
    if (other !== undefined && other.like === like && other.name !== name) names.set(other.name, name);
  }
  complete(names);
  return names.size === 0 ? simulated : { ...renamed(simulated, names), reordered: true };
}

interface Claimed {
  readonly name: string;
  /** What equal volumes have in common. */
  readonly like: string;
}

/** The volume of each claim, where it was made by hand. */
function claimsOf({ observations }: Recording): ReadonlyMap<string, Claimed> {
  const claims = new Map<string, Claimed>();
  for (const life of livesOf(observations)) {
    if (life.kind !== kinds.volume || life.name.startsWith('pvc-of-')) continue;
    const claim = claimOf(life);
    if (claim !== undefined) claims.set(claim, { name: life.name, like: likeness(life.observations[0]!.object) });
  }
  return claims;
}

interface VolumeSpec {
  readonly claimRef?: { readonly name?: string };
  readonly capacity?: unknown;
  readonly accessModes?: unknown;
  readonly storageClassName?: unknown;
  readonly volumeMode?: unknown;
}

function claimOf({ observations }: Life): string | undefined {
  for (const { object } of observations) {
    const { claimRef } = object['spec'] as VolumeSpec;
    if (claimRef?.name !== undefined) return claimRef.name;
  }
  return undefined;
}

function likeness(volume: KubernetesObject): string {
  const { capacity, accessModes, storageClassName, volumeMode } = volume['spec'] as VolumeSpec;
  return stable({ capacity, accessModes, storageClassName, volumeMode });
}

/** A name that was given away goes to one that has none, so that no two volumes have the same. */
function complete(names: Map<string, string>): void {
  const given = new Set(names.values());
  const free = [...names.keys()].filter((name) => !given.has(name));
  for (const name of given) if (!names.has(name)) names.set(name, free.shift() ?? name);
}
