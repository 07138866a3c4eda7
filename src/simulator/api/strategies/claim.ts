// PersistentVolumeClaim: default class and protection at create (PVC-NEW), immutability and growth (PVC-UPD-01, EXPAND).

import { compareQuantities } from '../../../kubernetes/quantity.ts';
import { same } from '../../store/same.ts';
import { without } from '../defaults/fields.ts';
import { defaultClaimSpec } from '../defaults/volume.ts';
import { storageClassKey } from '../kind-keys.ts';
import { forbidden, refuse } from '../refusals.ts';
import { validateClaimSpec } from '../validation/claim-spec.ts';
import { changesOthers, specOf, statusOf, withFinalizer, withSpec, withStatus } from './members.ts';
import type { Kind } from '../../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { ApiContext } from '../context.ts';
import type { Fields } from '../defaults/fields.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Result } from '../server.ts';
import type { ClaimSpec } from '../shapes.ts';
import type { StrategyDefinition } from '../strategy.ts';

interface ClaimStatus {
  readonly phase?: string;
  readonly capacity?: Readonly<Record<string, string>>;
}

const betaClass = 'volume.beta.kubernetes.io/storage-class';
const defaultClassMarks = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
];

/** The rules of claims. */
export const claim = (kind: Kind): Omit<StrategyDefinition, 'kind'> => ({
  subresources: ['status'],
  answersDeleted: true,
  default: (object) => withSpec(object, defaultClaimSpec(specOf(object))),
  admit: (object, context) => ({ ok: true, value: withFinalizer(withDefaultClass(object, context), protection) }),
  prepareForCreate: (object) => withStatus(object, { phase: 'Pending' }),
  validate: (object, errors) => validateClaimSpec('spec', specOf(object), errors),
  admitUpdate: (next, current, context) => admitGrowth(kind, next, current, context),
  validateUpdate(next, current, errors) {
    if (next['spec'] !== current['spec']) validateSpecUpdate(next, current, errors);
  },
});

const protection = 'kubernetes.io/pvc-protection';

/** A claim that names no class gets the default one, if there is one; `""` names none on purpose (PVC-NEW-02). */
function withDefaultClass(object: KubernetesObject, context: ApiContext): KubernetesObject {
  const spec = specOf<ClaimSpec>(object);
  if (spec.storageClassName !== undefined || object.metadata.annotations?.[betaClass] !== undefined) return object;
  const storageClassName = defaultClassName(context);
  return storageClassName === undefined ? object : withSpec(object, { ...spec, storageClassName });
}

/** The newest of the classes that are marked as default, then the first by name (PVC-NEW-03). */
function defaultClassName({ store }: ApiContext): string | undefined {
  let best: KubernetesObject['metadata'] | undefined;
  for (const { metadata } of store.list(storageClassKey).values()) {
    if (!defaultClassMarks.some((mark) => metadata.annotations?.[mark] === 'true')) continue;
    const newer = best === undefined || metadata.creationTimestamp > best.creationTimestamp;
    const first = metadata.creationTimestamp === best?.creationTimestamp && metadata.name < best.name;
    if (newer || first) best = metadata;
  }
  return best?.name;
}

/** EXPAND-01: only a bound claim of a class that allows it may ask for more. */
function admitGrowth(kind: Kind, next: KubernetesObject, current: KubernetesObject, context: ApiContext): Result {
  if (next['spec'] === current['spec']) return { ok: true, value: next };
  const { storageClassName = '' } = specOf<ClaimSpec>(current);
  if ((compareQuantities(storageOf(next), storageOf(current)) ?? 0) <= 0) return { ok: true, value: next };
  const refused = (why: string): Result => refuse(forbidden(kind, current.metadata.name, why));
  if (statusOf<ClaimStatus>(current).phase !== 'Bound') {
    return refused('Only bound persistent volume claims can be expanded');
  }
  if (context.store.get(storageClassKey, storageClassName)?.['allowVolumeExpansion'] === true) {
    return { ok: true, value: next };
  }
  return refused(
    'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
  );
}

/** Upstream shows the difference of the two specs behind this sentence; it is left out here. */
const immutableText =
  'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';

function validateSpecUpdate(next: KubernetesObject, current: KubernetesObject, errors: FieldErrors): void {
  const spec = specOf<ClaimSpec & Fields>(next);
  const stored = specOf<ClaimSpec & Fields>(current);
  const { phase, capacity } = statusOf<ClaimStatus>(current);
  const free = new Set(['volumeAttributesClassName']);
  // The binder may name the volume once, and a default class may come later (PVC-NEW-04).
  if (!stored.volumeName) free.add('volumeName');
  if (stored.storageClassName === undefined) free.add('storageClassName');
  if (phase === 'Bound') free.add('resources');
  if (changesOthers(spec, stored, free, same) || (phase === 'Bound' && changesResources(spec, stored))) {
    return errors.forbidden('spec', immutableText);
  }
  const granted = capacity?.['storage'];
  if (granted !== undefined && storageOf(next) !== storageOf(current)) {
    if ((compareQuantities(storageOf(next), granted) ?? 0) < 0) {
      errors.forbidden('spec.resources.requests.storage', 'field can not be less than status.capacity');
    }
  }
}

/** Of a bound claim only the requests may change (EXPAND-01). */
function changesResources({ resources }: ClaimSpec, stored: ClaimSpec): boolean {
  if (resources === stored.resources) return false;
  const others = (from: ClaimSpec['resources']): Fields => without((from ?? {}) as Fields, 'requests');
  return !same(others(resources), others(stored.resources));
}

function storageOf(object: KubernetesObject): string {
  return specOf<ClaimSpec>(object).resources?.requests?.['storage'] ?? '0';
}
