// Finds a volume for a claim without looking at the others (PV-BIND-01, -02): Available volumes by class and access modes,
// sorted by size; and the volumes that are reserved for a claim, by that claim.

import { matchesLabels } from '../../kubernetes/selector.ts';
import { capacityOf, requestOf } from './volume.ts';
import type { Change, ObjectKey } from '../store/store.ts';
import type { Claim, Volume } from './volume.ts';

/** Volumes of one class with the same access modes; smallest first, equals by name (PV-BIND-03). */
interface Group {
  readonly modes: readonly string[];
  readonly volumes: Sized[];
}

interface Sized {
  readonly bytes: number;
  readonly volume: Volume;
}

/** The volumes that can be given to claims. Feed it every change of a volume. */
export class VolumeIndex {
  readonly #groups = new Map<string, Map<string, Group>>();
  readonly #reserved = new Map<ObjectKey, Map<string, Volume>>();
  readonly #known = new Map<string, Volume>();

  observe({ type, object }: Pick<Change, 'type' | 'object'>): void {
    const volume = object as Volume;
    const { name } = volume.metadata;
    const former = this.#known.get(name);
    if (former !== undefined) this.#take(former);
    if (type === 'DELETED') {
      this.#known.delete(name);
    } else {
      this.#known.set(name, volume);
      this.#put(volume);
    }
  }

  /** The volume whose claimRef names this claim, with its uid or without one (PV-BIND-02 a). */
  reservedFor(claim: Claim): Volume | undefined {
    const { namespace, name, uid } = claim.metadata;
    for (const volume of this.#reserved.get(`${namespace}/${name}`)?.values() ?? []) {
      const reservation = volume.spec.claimRef?.uid ?? '';
      if ((reservation === '' || reservation === uid) && isBigEnough(volume, claim)) return volume;
    }
    return undefined;
  }

  /** The best Available volume: fewest access modes, then the smallest that is big enough. */
  bestMatch(claim: Claim, fits: (volume: Volume) => boolean = always): Volume | undefined {
    for (const group of this.#groupsFor(claim)) {
      const volume = firstFit(group, claim, fits);
      if (volume !== undefined) return volume;
    }
    return undefined;
  }

  /** The smallest Available volume that fits, whatever other access modes it has: the scheduler's choice (VB-02). */
  smallest(claim: Claim, fits: (volume: Volume) => boolean): Volume | undefined {
    let best: Volume | undefined;
    for (const group of this.#groupsFor(claim)) {
      const volume = firstFit(group, claim, fits);
      if (volume !== undefined && (best === undefined || capacityOf(volume) < capacityOf(best))) best = volume;
    }
    return best;
  }

  #groupsFor({ spec }: Claim): readonly Group[] {
    const wanted = spec.accessModes ?? [];
    const groups = this.#groups.get(spec.storageClassName ?? '');
    if (groups === undefined) return [];
    return [...groups.values()]
      .filter(({ modes }) => wanted.every((mode) => modes.includes(mode)))
      .sort((a, b) => a.modes.length - b.modes.length || (modesKey(a.modes) < modesKey(b.modes) ? -1 : 1));
  }

  #put(volume: Volume): void {
    const { claimRef, accessModes = [], storageClassName = '' } = volume.spec;
    if (claimRef !== undefined) {
      const key = `${claimRef.namespace}/${claimRef.name}`;
      const reserved = this.#reserved.get(key) ?? new Map<string, Volume>();
      this.#reserved.set(key, reserved.set(volume.metadata.name, volume));
      return;
    }
    if (!isAvailable(volume)) return;
    let groups = this.#groups.get(storageClassName);
    if (groups === undefined) this.#groups.set(storageClassName, (groups = new Map()));
    const key = modesKey(accessModes);
    let group = groups.get(key);
    if (group === undefined) groups.set(key, (group = { modes: [...new Set(accessModes)].sort(), volumes: [] }));
    const sized = { bytes: capacityOf(volume), volume };
    group.volumes.splice(placeOf(group, sized.bytes, volume.metadata.name), 0, sized);
  }

  #take(volume: Volume): void {
    const { claimRef, accessModes = [], storageClassName = '' } = volume.spec;
    const { name } = volume.metadata;
    if (claimRef !== undefined) {
      const key = `${claimRef.namespace}/${claimRef.name}`;
      const reserved = this.#reserved.get(key);
      reserved?.delete(name);
      if (reserved?.size === 0) this.#reserved.delete(key);
      return;
    }
    const group = this.#groups.get(storageClassName)?.get(modesKey(accessModes));
    if (group === undefined) return;
    const place = placeOf(group, capacityOf(volume), name);
    if (group.volumes[place]?.volume === volume) group.volumes.splice(place, 1);
  }
}

/** Whether a volume can take a claim of this size and mode; a reservation needs no more (PV-BIND-02 a). */
function isBigEnough(volume: Volume, claim: Claim): boolean {
  return capacityOf(volume) >= requestOf(claim) && modeOf(volume) === modeOf(claim);
}

function isAvailable({ status, metadata }: Volume): boolean {
  return status?.phase === 'Available' && metadata.deletionTimestamp === undefined;
}

function firstFit({ volumes }: Group, claim: Claim, fits: (volume: Volume) => boolean): Volume | undefined {
  const { selector, volumeAttributesClassName = '' } = claim.spec;
  for (let place = firstOfSize(volumes, requestOf(claim)); place < volumes.length; place += 1) {
    const volume = volumes[place]?.volume;
    if (volume === undefined || modeOf(volume) !== modeOf(claim)) continue;
    if (selector !== undefined && !matchesLabels(selector, volume.metadata.labels)) continue;
    if ((volume.spec.volumeAttributesClassName ?? '') !== volumeAttributesClassName) continue;
    if (fits(volume)) return volume;
  }
  return undefined;
}

function firstOfSize(volumes: readonly Sized[], bytes: number): number {
  return search(volumes, (sized) => sized.bytes < bytes);
}

function placeOf({ volumes }: Group, bytes: number, name: string): number {
  return search(
    volumes,
    (sized) => sized.bytes < bytes || (sized.bytes === bytes && sized.volume.metadata.name < name),
  );
}

/** The first place of a sorted list at which `isBefore` does not hold. */
function search(volumes: readonly Sized[], isBefore: (sized: Sized) => boolean): number {
  let low = 0;
  let high = volumes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const sized = volumes[middle];
    if (sized !== undefined && isBefore(sized)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function modeOf({ spec }: Volume | Claim): string {
  return spec.volumeMode ?? 'Filesystem';
}

function modesKey(modes: readonly string[]): string {
  return [...new Set(modes)].sort().join(',');
}

function always(): boolean {
  return true;
}
