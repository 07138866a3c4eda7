// The four writes that bind a claim and a volume, always in this order (PV-BIND-06): the volume's claimRef, its phase, the
// claim's volumeName, its phase. What is in place already is not written again: no call is made for it.

import { keyOf } from '../kubelet/pod.ts';
import { annotation, claimKind, volumeKind } from './volume.ts';
import type { Call, PassOutcome, Plant } from '../controllers/controller.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
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
  return (yield* bindVolume(plant, volume, claim)) ?? (yield* bindClaim(plant, volume, claim));
}

function* bindVolume(plant: Plant, volume: Volume, claim: Claim): Writes {
  const { name } = volume.metadata;
  // Whatever happens to the volume meanwhile, such as a release because the claim is gone, must not be overwritten.
  let { resourceVersion } = volume.metadata;
  if (withClaim(volume, claim) !== volume) {
    const reserved = yield () =>
      plant.api.update(volumeKind, name, (stored) => withClaim(stored as Volume, claim), { manager, resourceVersion });
    if (!reserved.ok) return failed(reserved);
    ({ resourceVersion } = reserved.value.metadata);
  }
  if (volume.status?.phase === 'Bound') return undefined;
  const phased = yield () => setPhase(plant, name, { phase: 'Bound', resourceVersion });
  return phased.ok ? undefined : failed(phased);
}

function* bindClaim({ api }: Plant, volume: Volume, claim: Claim): Writes {
  const { name } = volume.metadata;
  const key = keyOf(claim);
  const { uid } = claim.metadata;
  if (withVolume(claim, name) !== claim) {
    const change = (stored: KubernetesObject): KubernetesObject => withVolume(stored as Claim, name);
    const named = yield () => api.update(claimKind, key, change, { manager, uid });
    if (!named.ok) return failed(named);
  }
  if (claim.status?.phase === 'Bound') return undefined;
  const change = (stored: KubernetesObject): KubernetesObject => boundTo(stored as Claim, volume);
  const bound = yield () => api.update(claimKind, key, change, { manager, uid, subresource: 'status' });
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
      const changed = { phase, lastPhaseTransitionTime: clock.timestamp };
      return { ...stored, status: Object.assign({}, rest, changed, told) };
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
  const spec = Object.assign({}, volume.spec, { claimRef: reference });
  // A user's own reservation is completed, but stays the user's (PV-BIND-07).
  if (claimRef !== undefined) return { ...volume, spec };
  const annotations = Object.assign({}, volume.metadata.annotations, { [annotation.boundByController]: 'yes' });
  return { ...volume, metadata: { ...volume.metadata, annotations }, spec };
}

function withVolume(claim: Claim, volumeName: string): Claim {
  const chosen = claim.spec.volumeName !== volumeName;
  const known = claim.metadata.annotations;
  if (!chosen && known?.[annotation.bindCompleted] !== undefined) return claim;
  const annotations: Record<string, string> = Object.assign({}, known);
  annotations[annotation.bindCompleted] = 'yes';
  if (chosen) annotations[annotation.boundByController] = 'yes';
  const metadata = Object.assign({}, claim.metadata, { annotations });
  return chosen ? { ...claim, metadata, spec: Object.assign({}, claim.spec, { volumeName }) } : { ...claim, metadata };
}

function boundTo(claim: Claim, { spec }: Volume): Claim {
  if (claim.status?.phase === 'Bound') return claim;
  const { accessModes, capacity } = spec;
  return { ...claim, status: Object.assign({}, claim.status, { phase: 'Bound' as const, accessModes, capacity }) };
}
