// Pod: defaults and initial status (API-PODDEF), which parts of a spec may change (API-PODDEF-06), how long a deletion
// waits (API-GRACE-01). Follows pkg/registry/core/pod/strategy.go and ValidatePodUpdate of pkg/apis/core/validation.

import { same } from '../../store/same.ts';
import { admitPod } from '../admission/pod.ts';
import { defaultPodSpec } from '../defaults/pod-spec.ts';
import { without } from '../defaults/fields.ts';
import { validatePodSpec } from '../validation/pod-spec.ts';
import { qualityOfService } from './quality-of-service.ts';
import { specOf, statusOf, withSpec, withStatus } from './members.ts';
import type { Kind } from '../../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { Fields } from '../defaults/fields.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { PodSpec } from '../shapes.ts';
import type { StrategyDefinition } from '../strategy.ts';

interface PodStatus {
  readonly phase?: string;
  readonly podIP?: string;
  readonly podIPs?: readonly { readonly ip: string }[];
  readonly nominatedNodeName?: string;
}

const labelOf = (read: (spec: PodSpec, status: PodStatus) => string | boolean | undefined) => (pod: KubernetesObject) =>
  String(read(specOf(pod), statusOf(pod)) ?? '');

/** The rules of pods. */
export const pod = (kind: Kind): Omit<StrategyDefinition, 'kind'> => ({
  hasGeneration: true,
  subresources: ['status', 'binding', 'eviction'],
  answersDeleted: true,
  fieldLabels: new Map([
    ['spec.nodeName', labelOf((spec) => spec.nodeName)],
    ['spec.restartPolicy', labelOf((spec) => spec.restartPolicy)],
    ['spec.schedulerName', labelOf((spec) => (spec as { readonly schedulerName?: string }).schedulerName)],
    ['spec.serviceAccountName', labelOf((spec) => spec.serviceAccountName)],
    ['spec.hostNetwork', labelOf((spec) => spec.hostNetwork ?? false)],
    ['status.phase', labelOf((_, status) => status.phase)],
    ['status.podIP', labelOf((_, status) => status.podIP)],
    ['status.podIPs', labelOf((_, status) => status.podIPs?.map(({ ip }) => ip).join(','))],
    ['status.nominatedNodeName', labelOf((_, status) => status.nominatedNodeName)],
  ]),
  default: (object) => withSpec(object, defaultPodSpec(specOf(object))),
  admit: (object, context) => admitPod(object, kind, context),
  prepareForCreate: (object, { clock }) => withStatus(object, initialStatus(specOf(object), clock.timestamp)),
  validate: (object, errors) => validatePodSpec('spec', specOf(object), errors),
  validateUpdate(next, current, errors) {
    if (next['spec'] !== current['spec']) validateSpecUpdate(specOf(next), specOf(current), errors);
  },
  prepareForStatus(next, current) {
    const kept = current.metadata.ownerReferences;
    if (next.metadata.ownerReferences === kept) return next;
    const { ownerReferences: _, ...metadata } = next.metadata;
    return { ...next, metadata: kept === undefined ? metadata : { ...metadata, ownerReferences: kept } };
  },
  gracePeriod(object, requested) {
    const spec = specOf<PodSpec>(object);
    const { phase } = statusOf<PodStatus>(object);
    // Nobody has to be given time: no kubelet knows the pod yet, or its containers have ended.
    if (!spec.nodeName || phase === 'Succeeded' || phase === 'Failed') return 0;
    const seconds = requested ?? spec.terminationGracePeriodSeconds ?? 0;
    return seconds < 0 ? 1 : seconds;
  },
});

function initialStatus(spec: PodSpec, now: string): Fields {
  const qosClass = qualityOfService(spec);
  if ((spec.schedulingGates ?? []).length === 0) return { phase: 'Pending', qosClass };
  // SCHED-10: nobody schedules a gated pod, so the server itself says why.
  const gated = {
    type: 'PodScheduled',
    status: 'False',
    lastProbeTime: null,
    lastTransitionTime: now,
    reason: 'SchedulingGated',
    message: 'Scheduling is blocked due to non-empty scheduling gates',
  };
  return { phase: 'Pending', conditions: [gated], qosClass };
}

const mutable = [
  'containers',
  'initContainers',
  'activeDeadlineSeconds',
  'tolerations',
  'terminationGracePeriodSeconds',
  'schedulingGates',
];

/** Upstream shows the difference of the two specs behind this sentence; it is left out here. */
const immutableText =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,' +
  '`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),' +
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

function validateSpecUpdate(next: PodSpec & Fields, current: PodSpec & Fields, errors: FieldErrors): void {
  for (const list of ['containers', 'initContainers'] as const) {
    if ((next[list] ?? []).length !== (current[list] ?? []).length) {
      return errors.forbidden(`spec.${list}`, 'pod updates may not add or remove containers');
    }
    for (const [at, { image = '' }] of (next[list] ?? []).entries()) {
      if (image === '') errors.required(`spec.${list}[${at}].image`);
    }
  }
  const deadline = next.activeDeadlineSeconds;
  if (
    deadline !== undefined &&
    current.activeDeadlineSeconds !== undefined &&
    deadline > current.activeDeadlineSeconds
  ) {
    const told = `must be less than or equal to previous value`;
    errors.invalid('spec.activeDeadlineSeconds', deadline, told);
  } else if (deadline === undefined && current.activeDeadlineSeconds !== undefined) {
    errors.invalid('spec.activeDeadlineSeconds', null, 'must not update from a positive integer to nil value');
  }
  validateTolerations(next, current, errors);
  const gates = (current.schedulingGates ?? []).map(({ name }) => name);
  if ((next.schedulingGates ?? []).some(({ name }) => !gates.includes(name))) {
    errors.forbidden('spec.schedulingGates', 'only deletion is allowed, but found new scheduling gates');
  }
  if (!same(maskMutable(next), maskMutable(current)) || movesGrace(next, current)) {
    errors.forbidden('spec', immutableText);
  }
}

function validateTolerations(next: PodSpec, current: PodSpec, errors: FieldErrors): void {
  if (next.tolerations === current.tolerations) return;
  // A toleration may be given another time, but not another meaning.
  const meanings = (next.tolerations ?? []).map((toleration) => without(toleration as Fields, 'tolerationSeconds'));
  const lost = (current.tolerations ?? []).some(
    (toleration) => !meanings.some((meaning) => same(meaning, without(toleration as Fields, 'tolerationSeconds'))),
  );
  if (lost) {
    errors.forbidden('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds');
  }
}

function movesGrace(next: PodSpec, current: PodSpec): boolean {
  const before = current.terminationGracePeriodSeconds;
  const after = next.terminationGracePeriodSeconds;
  return after !== before && !(before !== undefined && before < 0 && after === 1);
}

/** The spec without what may change: whole members, and the images of containers. */
function maskMutable(spec: PodSpec & Fields): Fields {
  const images = (list: PodSpec['containers']): unknown =>
    list?.map((container) => without(container as unknown as Fields, 'image'));
  const rest = without(spec as Fields, ...mutable);
  return { ...rest, containers: images(spec.containers), initContainers: images(spec.initContainers) };
}
