// Takes a claim's reservation off a volume (BINDER-02).

import { annotation } from './volume.ts';
import type { Volume } from './volume.ts';

/** The volume without the claim: what the controller filled in goes, a user's own reservation loses only its uid. */
export function bindlessVolume(volume: Volume): Volume {
  const { claimRef, ...spec } = volume.spec;
  const { [annotation.boundByController]: byController, ...annotations } = volume.metadata.annotations ?? {};
  if (byController !== undefined) return { ...volume, metadata: { ...volume.metadata, annotations }, spec };
  const { uid: _, resourceVersion: __, ...reservation } = claimRef ?? {};
  return { ...volume, spec: { ...spec, claimRef: reservation } };
}
