// PersistentVolume and StorageClass: defaults, protection, what cannot be changed (PV-NEW, SC-01).

import { same } from '../../store/same.ts';
import { mapMember, omitEmpty, withDefaults, without } from '../defaults/fields.ts';
import { storedQuantities } from '../defaults/quantities.ts';
import { defaultHostPath } from '../defaults/volume.ts';
import { validateAccessModes } from '../validation/claim-spec.ts';
import { qualifiedNameProblems, subdomainProblems } from '../validation/names.ts';
import { validateHostPath } from '../validation/volume.ts';
import { changesOthers, specOf, withFinalizer, withSpec, withStatus } from './members.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { Fields } from '../defaults/fields.ts';
import type { StrategyDefinition } from '../strategy.ts';

interface VolumeSpec {
  readonly accessModes?: readonly string[];
  readonly capacity?: Readonly<Record<string, string>>;
  readonly persistentVolumeReclaimPolicy?: string;
  readonly volumeMode?: string;
  readonly hostPath?: { readonly path?: string; readonly type?: string };
}

/** Members of a volume's spec that are not its source. */
const plainMembers = new Set([
  'accessModes',
  'capacity',
  'claimRef',
  'mountOptions',
  'nodeAffinity',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'volumeAttributesClassName',
  'volumeMode',
]);
const volumeZeros = new Set(['storageClassName', 'mountOptions', 'accessModes', 'capacity']);

/** The rules of volumes. */
export const volume: Omit<StrategyDefinition, 'kind'> = {
  subresources: ['status'],
  answersDeleted: true,
  default: (object) => withSpec(object, defaultSpec(specOf(object))),
  admit: (object) => ({ ok: true, value: withFinalizer(object, 'kubernetes.io/pv-protection') }),
  prepareForCreate: (object, { clock }) =>
    withStatus(object, { phase: 'Pending', lastPhaseTransitionTime: clock.timestamp }),
  validate(object, errors) {
    const spec = specOf<VolumeSpec>(object);
    const modes = spec.accessModes ?? [];
    if (modes.length === 0) errors.required('spec.accessModes');
    validateAccessModes('spec.accessModes', modes, errors);
    if (spec.capacity === undefined) errors.required('spec.capacity');
    else if (Object.keys(spec.capacity).join(',') !== 'storage') {
      errors.notSupported('spec.capacity', spec.capacity, ['storage']);
    }
    const policies = ['Delete', 'Recycle', 'Retain'];
    errors.oneOf('spec.persistentVolumeReclaimPolicy', spec.persistentVolumeReclaimPolicy, policies);
    const sources = Object.keys(sourceOf(object));
    if (spec.hostPath !== undefined) validateHostPath('spec.hostPath', spec.hostPath, errors);
    for (const source of sources.slice(1))
      errors.forbidden(`spec.${source}`, 'may not specify more than 1 volume type');
    if (sources.length === 0) errors.required('spec', 'must specify a volume type');
    errors.oneOf('spec.volumeMode', spec.volumeMode, ['Block', 'Filesystem']);
  },
  validateUpdate(next, current, errors) {
    if (next['spec'] === current['spec']) return;
    if (changesOthers(specOf(next), specOf(current), plainMembers, same)) {
      const told = 'spec.persistentvolumesource is immutable after creation';
      errors.forbidden('spec.persistentvolumesource', told);
    }
    const { volumeMode } = specOf<VolumeSpec>(next);
    if (volumeMode !== specOf<VolumeSpec>(current).volumeMode) {
      errors.invalid('spec.volumeMode', volumeMode, 'field is immutable');
    }
  },
};

function defaultSpec(spec: Fields): Fields {
  const complete = withDefaults(omitEmpty(spec, volumeZeros), {
    persistentVolumeReclaimPolicy: 'Retain',
    volumeMode: 'Filesystem',
  });
  return mapMember(mapMember(complete, 'capacity', storedQuantities), 'hostPath', defaultHostPath);
}

function sourceOf(object: KubernetesObject): Fields {
  return without(specOf(object), ...plainMembers);
}

const classDefaults = { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' };

/** The rules of storage classes. */
export const storageClass: Omit<StrategyDefinition, 'kind'> = {
  answersDeleted: true,
  default: (object) => withDefaults(object, classDefaults),
  validate(object, errors) {
    const provisioner = (object['provisioner'] ?? '') as string;
    if (provisioner === '') errors.required('provisioner');
    else {
      const problems = provisioner.includes('/')
        ? qualifiedNameProblems(provisioner.toLowerCase())
        : subdomainProblems(provisioner.toLowerCase());
      for (const problem of problems) errors.invalid('provisioner', provisioner, problem);
    }
    errors.oneOf('reclaimPolicy', object['reclaimPolicy'], ['Delete', 'Retain']);
    errors.oneOf('volumeBindingMode', object['volumeBindingMode'], ['Immediate', 'WaitForFirstConsumer']);
  },
  validateUpdate(next, current, errors) {
    for (const member of ['parameters', 'provisioner', 'reclaimPolicy']) {
      if (!same(next[member], current[member])) errors.forbidden(member, `updates to ${member} are forbidden.`);
    }
    if (next['volumeBindingMode'] !== current['volumeBindingMode']) {
      errors.invalid('volumeBindingMode', next['volumeBindingMode'], 'field is immutable');
    }
  },
};
