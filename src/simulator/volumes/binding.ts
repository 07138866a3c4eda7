// The four writes that bind a claim and a volume, always in this order (PV-BIND-06): the volume's claimRef, its phase, the
// claim's volumeName, its phase. What is in place already is not written again.

import { keyOf } from '../kubelet/pod.ts';
import { annotation, claimKind, volumeKind } from './volume.ts';
import type { Call, PassOutcome, Plant } from '../controllers/controller.ts';
import type { Result } from '../api/server.ts';
import type { Claim, Volume, VolumePhase } from './volume.ts';

/** A part of a pass: yields calls one by one, ends with a refusal or nothing. */
export type Writes = Generator<Call, PassOutcome | undefined, Result>;

/** The phase that a volume is to have. */
export interface WantedPhase {
  readonly phase: VolumePhase;
  readonly message?: string;
  readonly resourceVersion?: string;
}

const manager = 'kube-controller-manager';

/** Binds both ways, or repairs what is missing of a binding. */
export function* bind(plant: Plant, volume: Volume, claim: Claim): Writes {
  const { api } = plant;
  const { name } = volume.metadata;
  const reserved = yield () =>
    api.update(volumeKind, name, (stored) => withClaim(stored as Volume, claim), {
      manager,
      resourceVersion: volume.metadata.resourceVersion,
    });
  if (!reserved.ok) return failed(reserved);
  // Whatever happens to the volume meanwhile, such as a release because the claim is gone, must not be overwritten.
  const { resourceVersion } = reserved.value.metadata;
  const phased = yield () => setPhase(plant, name, { phase: 'Bound', resourceVersion });
  if (!phased.ok) return failed(phased);
  const options = { manager, uid: claim.metadata.uid };
  const named = yield () => api.update(claimKind, keyOf(claim), (stored) => withVolume(stored as Claim, name), options);
  if (!named.ok) return failed(named);
  const bound = yield () =>
    api.update(claimKind, keyOf(claim), (stored) => boundTo(stored as Claim, volume), {
      ...options,
      subresource: 'status',
    });
  return bound.ok ? undefined : failed(bound);
}

/** Writes a volume's phase; nothing when it has it. With a resourceVersion, only if nobody wrote it meanwhile. */
export function setPhase({ api, clock }: Plant, name: string, wanted: WantedPhase): Result {
  const { phase, message, resourceVersion } = wanted;
  return api.update(
    volumeKind,
    name,
    (stored) => {
      const { status } = stored as Volume;
      if (status?.phase === phase) return stored;
      const { message: _, ...rest } = status ?? {};
      const told = message === undefined ? {} : { message };
      return { ...stored, status: { ...rest, phase, lastPhaseTransitionTime: clock.timestamp, ...told } };
    },
    { subresource: 'status', manager, ...(resourceVersion !== undefined && { resourceVersion }) },
  );
}

/** The outcome of a pass whose call was refused. */
export function failed(result: Result): PassOutcome {
  const message = result.ok ? '' : (result.status.message ?? result.status.reason ?? 'refused');
  return { kind: 'error', message };
}

function withClaim(volume: Volume, claim: Claim): Volume {
  const { claimRef } = volume.spec;
  const { namespace, name, uid, resourceVersion } = claim.metadata;
  if (claimRef?.uid === uid) return volume;
  const reference = { kind: claim.kind, namespace: namespace ?? '', name, uid, apiVersion: 'v1', resourceVersion };
  const spec = { ...volume.spec, claimRef: reference };
  // A user's own reservation is completed, but stays the user's (PV-BIND-07).
  if (claimRef !== undefined) return { ...volume, spec };
  const annotations = { ...volume.metadata.annotations, [annotation.boundByController]: 'yes' };
  return { ...volume, metadata: { ...volume.metadata, annotations }, spec };
}

function withVolume(claim: Claim, volumeName: string): Claim {
  const chosen = claim.spec.volumeName !== volumeName;
  const known = claim.metadata.annotations;
  if (!chosen && known?.[annotation.bindCompleted] !== undefined) return claim;
  const annotations = {
    ...known,
    [annotation.bindCompleted]: 'yes',
    ...(chosen && { [annotation.boundByController]: 'yes' }),
  };
  const metadata = { ...claim.metadata, annotations };
  return chosen ? { ...claim, metadata, spec: { ...claim.spec, volumeName } } : { ...claim, metadata };
}

function boundTo(claim: Claim, { spec }: Volume): Claim {
  if (claim.status?.phase === 'Bound') return claim;
  const { accessModes, capacity } = spec;
  return { ...claim, status: { ...claim.status, phase: 'Bound', accessModes, capacity } };
}
