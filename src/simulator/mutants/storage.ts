// Mutants of volumes and their claims.

import { annotation, claimKind, volumeKind } from '../volumes/volume.ts';
import { does, ruled, sees, withSpecMembers } from './mutant.ts';
import type { Result } from '../api/server.ts';
import type { Strategy } from '../api/strategy.ts';
import type { Claim, Volume } from '../volumes/volume.ts';
import type { Mutant } from './mutant.ts';

/** The mutants of this file. */
export const storage: readonly Mutant[] = [
  {
    id: 'claim-protection-missing',
    about: 'Removes a claim that a pod still uses: nobody puts the finalizer on it.',
    breaks: 'PVC-DEL-02',
    seams: [ruled([claimKind], unprotect)],
  },
  {
    id: 'volume-protection-missing',
    about: 'Removes a volume that a claim is bound to: nobody puts the finalizer on it.',
    breaks: 'PV-DEL-01',
    seams: [ruled([volumeKind], unprotect)],
  },
  {
    id: 'retained-volume-deleted',
    about: 'Treats the reclaim policy Retain as Delete, which is the default of provisioned volumes.',
    breaks: 'PV-RECLAIM-02',
    seams: [sees<Volume>('storage', volumeKind, (volume) => reclaimed(volume, 'Delete'))],
  },
  {
    id: 'released-volume-kept',
    about: 'Treats the reclaim policy Delete as Retain, so that volumes pile up.',
    breaks: 'PV-RECLAIM-03',
    seams: [sees<Volume>('storage', volumeKind, (volume) => reclaimed(volume, 'Retain'))],
  },
  {
    id: 'released-volume-reused',
    about: 'Gives a released volume, with the data of its last claim, to the next claim.',
    breaks: 'PV-RECLAIM-02',
    seams: [
      sees<Volume>(['storage', 'scheduler'], volumeKind, (volume) => {
        if (volume.status?.phase !== 'Released') return volume;
        const { claimRef: _, ...spec } = volume.spec;
        return { ...volume, spec };
      }),
    ],
  },
  {
    id: 'volume-size-ignored',
    about: 'Binds a claim to any volume of its class, also to one that is too small.',
    breaks: 'PV-BIND-01',
    seams: [
      sees<Volume>(['storage', 'scheduler'], volumeKind, (volume) =>
        volume.spec.claimRef === undefined ? withSpecMembers(volume, { capacity: { storage: '1Pi' } }) : volume,
      ),
    ],
  },
  {
    id: 'volume-name-ignored',
    about: 'Gives a claim whichever volume fits best, also when it names the one that it wants.',
    breaks: 'PV-BIND-08',
    seams: [
      sees<Claim>('storage', claimKind, (claim) => {
        const { volumeName, ...spec } = claim.spec;
        const bound = claim.metadata.annotations?.[annotation.bindCompleted] !== undefined;
        return volumeName === undefined || bound ? claim : { ...claim, spec };
      }),
    ],
  },
  {
    id: 'volume-shared',
    about: 'Tells the second claim that it has the volume of the first: what is taken is not looked up.',
    breaks: 'PV-BIND-06',
    seams: [
      does(['storage', 'scheduler'], (api) => ({
        update(kind, key, change, options) {
          if (kind !== claimKind) return api.update(kind, key, change, options);
          return api.update(
            kind,
            key,
            (current) => {
              const next = change(current);
              const chosen = volumeNameOf(next);
              const others = [...api.store.by(claimKind, 'namespace', current.metadata.namespace ?? '').values()];
              const taken = others.map(volumeNameOf).find((name) => name !== '');
              if (next['status'] !== current['status'] && phaseOf(next) === 'Lost') return current;
              return chosen === '' || taken === undefined ? next : withSpecMembers(next, { volumeName: taken });
            },
            options,
          );
        },
      })),
    ],
  },
];

/** A kind whose objects are admitted without the finalizer that protects them while they are used. */
function unprotect(strategy: Strategy): Pick<Strategy, 'admit'> {
  return { admit: (object, context) => unprotected(strategy.admit(object, context)) };
}

function unprotected(admitted: Result): Result {
  if (!admitted.ok) return admitted;
  const { finalizers = [], ...metadata } = admitted.value.metadata;
  const kept = finalizers.filter((finalizer) => !finalizer.endsWith('-protection'));
  return {
    ok: true,
    value: { ...admitted.value, metadata: kept.length === 0 ? metadata : { ...metadata, finalizers: kept } },
  };
}

function reclaimed(volume: Volume, persistentVolumeReclaimPolicy: 'Retain' | 'Delete'): Volume {
  return { ...volume, spec: { ...volume.spec, persistentVolumeReclaimPolicy } };
}

function volumeNameOf(claim: { readonly [member: string]: unknown }): string {
  return (claim['spec'] as { readonly volumeName?: string } | undefined)?.volumeName ?? '';
}

function phaseOf(object: { readonly [member: string]: unknown }): string | undefined {
  return (object['status'] as { readonly phase?: string } | undefined)?.phase;
}
