// StatefulSet: defaults (STS-DEF), validation (STS-VAL), what an update may touch (STS-VAL-20). Follows
// pkg/registry/apps/statefulset and pkg/apis/apps/validation.

import { matchesLabels } from '../../../kubernetes/selector.ts';
import { same } from '../../store/same.ts';
import { defaultPodTemplate } from '../defaults/pod-spec.ts';
import { defaultClaimSpec } from '../defaults/volume.ts';
import { mapList, mapMember, omitEmpty, withDefaults, without } from '../defaults/fields.ts';
import { FieldErrors } from '../field-errors.ts';
import { goJson } from '../go-value.ts';
import { validateClaimSpec } from '../validation/claim-spec.ts';
import { selectsEverything, validateLabelSelector } from '../validation/label-selector.ts';
import { labelProblems } from '../validation/names.ts';
import { validatePodTemplate } from '../validation/pod-spec.ts';
import { changesOthers, specOf, statusOf, withSpec, withStatus } from './members.ts';
import type { LabelSelector } from '../../../kubernetes/selector.ts';
import type { Fields } from '../defaults/fields.ts';
import type { ClaimSpec, PodTemplate } from '../shapes.ts';
import type { StrategyDefinition } from '../strategy.ts';

interface StatefulSetSpec {
  readonly replicas?: number;
  readonly selector?: LabelSelector;
  readonly serviceName?: string;
  readonly template?: PodTemplate;
  readonly podManagementPolicy?: string;
  readonly updateStrategy?: UpdateStrategy;
  readonly persistentVolumeClaimRetentionPolicy?: { readonly whenDeleted?: string; readonly whenScaled?: string };
  readonly minReadySeconds?: number;
  readonly ordinals?: { readonly start?: number };
  readonly revisionHistoryLimit?: number;
  readonly volumeClaimTemplates?: readonly {
    readonly metadata?: { readonly name?: string };
    readonly spec?: ClaimSpec;
  }[];
}

interface UpdateStrategy {
  readonly type?: string;
  readonly rollingUpdate?: { readonly partition?: number };
}

const zeros = new Set(['minReadySeconds', 'volumeClaimTemplates']);
const mutable = new Set([
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
]);
const initialStatus = { replicas: 0, availableReplicas: 0 };
const retained = { whenDeleted: 'Retain', whenScaled: 'Retain' };
const pendingClaim = { kind: 'PersistentVolumeClaim', apiVersion: 'v1', status: { phase: 'Pending' } };

/** The rules of StatefulSets. */
export const statefulSet: Omit<StrategyDefinition, 'kind'> = {
  hasGeneration: true,
  subresources: ['status', 'scale'],
  nameProblems: labelProblems,
  default: (object) => withSpec(object, defaultSpec(specOf(object))),
  prepareForCreate: (object) => withStatus(object, initialStatus),
  validate(object, errors) {
    const spec = specOf<StatefulSetSpec>(object);
    validateScalars(spec, errors);
    if (spec.serviceName) {
      for (const problem of labelProblems(spec.serviceName)) {
        errors.invalid('spec.serviceName', spec.serviceName, problem);
      }
    }
    validateSelector(spec, errors);
    validateTemplate(spec, errors);
    for (const [at, template] of (spec.volumeClaimTemplates ?? []).entries()) {
      validateClaimSpec(`spec.volumeClaimTemplates[${at}].spec`, template.spec ?? {}, errors);
    }
  },
  validateUpdate(next, current, errors) {
    const spec = specOf<StatefulSetSpec>(next);
    const stored = specOf<StatefulSetSpec>(current);
    if (spec === stored) return;
    validateScalars(spec, errors);
    if (spec.selector !== stored.selector) validateSelector(spec, errors);
    const templateMoved = spec.template !== stored.template || spec.selector !== stored.selector;
    if (templateMoved && isTemplateValid(stored)) validateTemplate(spec, errors);
    if (changesOthers(specOf(next), specOf(current), mutable, same)) {
      errors.forbidden(
        'spec',
        "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', " +
          "'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
      );
    }
  },
  validateStatus(next, current, errors) {
    validateStatus(statusOf(next), statusOf(current), errors);
  },
  warnings: (object) => {
    const limit = specOf<StatefulSetSpec>(object).revisionHistoryLimit;
    const told = 'a negative value retains all historical revisions; a value >= 0 is recommended';
    return limit !== undefined && limit < 0 ? [`spec.revisionHistoryLimit: ${told}`] : [];
  },
};

function defaultSpec(spec: Fields): Fields {
  let result = withDefaults(omitEmpty(spec, zeros), {
    replicas: 1,
    podManagementPolicy: 'OrderedReady',
    revisionHistoryLimit: 10,
    updateStrategy: {},
    persistentVolumeClaimRetentionPolicy: retained,
    template: {},
  });
  if (result['serviceName'] === undefined) result = { ...result, serviceName: '' };
  result = mapMember(result, 'updateStrategy', defaultUpdateStrategy);
  result = mapMember(result, 'persistentVolumeClaimRetentionPolicy', (policy) => withDefaults(policy, retained));
  result = mapMember(result, 'template', defaultPodTemplate);
  return mapList(result, 'volumeClaimTemplates', (template) =>
    mapMember(withDefaults(template, { ...pendingClaim, metadata: {}, spec: {} }), 'spec', defaultClaimSpec),
  );
}

/** Only a strategy without a type gets the object with the partition (STS-DEF-03, -04). */
function defaultUpdateStrategy(strategy: Fields): Fields {
  const typed = strategy['type']
    ? strategy
    : withDefaults(strategy, { type: 'RollingUpdate', rollingUpdate: { partition: 0 } });
  // maxUnavailable is behind a gate that is off (STS-DEF-06, STS-VAL-07).
  return mapMember(typed, 'rollingUpdate', (rolling) =>
    withDefaults(without(rolling, 'maxUnavailable'), { partition: 0 }),
  );
}

function validateScalars(spec: StatefulSetSpec, errors: FieldErrors): void {
  const { podManagementPolicy, updateStrategy = {}, persistentVolumeClaimRetentionPolicy: retention } = spec;
  if (podManagementPolicy !== 'OrderedReady' && podManagementPolicy !== 'Parallel') {
    errors.invalid('spec.podManagementPolicy', podManagementPolicy, "must be 'OrderedReady' or 'Parallel'");
  }
  validateUpdateStrategy(updateStrategy, errors);
  const policies = ['Retain', 'Delete'];
  errors.oneOf('spec.persistentVolumeClaimRetentionPolicy.whenDeleted', retention?.whenDeleted, policies);
  errors.oneOf('spec.persistentVolumeClaimRetentionPolicy.whenScaled', retention?.whenScaled, policies);
  errors.nonNegative('spec.replicas', spec.replicas);
  errors.nonNegative('spec.minReadySeconds', spec.minReadySeconds);
  errors.nonNegative('spec.ordinals.start', spec.ordinals?.start);
}

/** The structs are shown with their Go names, as the server prints its internal types (STS-VAL-05, -08). */
function validateUpdateStrategy({ type, rollingUpdate }: UpdateStrategy, errors: FieldErrors): void {
  const rolling = rollingUpdate === undefined ? 'null' : shownRolling(rollingUpdate);
  if (type === 'OnDelete') {
    if (rollingUpdate === undefined) return;
    const told = "only allowed for updateStrategy 'RollingUpdate'";
    errors.invalid('spec.updateStrategy.rollingUpdate', rollingUpdate, told, rolling);
  } else if (type === 'RollingUpdate') {
    errors.nonNegative('spec.updateStrategy.rollingUpdate.partition', rollingUpdate?.partition);
  } else {
    const shown = `{"Type":${goJson(type ?? '')},"RollingUpdate":${rolling}}`;
    errors.invalid('spec.updateStrategy', type, "must be 'RollingUpdate' or 'OnDelete'", shown);
  }
}

function shownRolling({ partition = 0 }: { readonly partition?: number }): string {
  return `{"Partition":${partition},"MaxUnavailable":null}`;
}

function validateSelector({ selector }: StatefulSetSpec, errors: FieldErrors): void {
  if (selector === undefined) return errors.required('spec.selector');
  validateLabelSelector('spec.selector', selector, errors);
  if (selectsEverything(selector)) {
    errors.invalid('spec.selector', {}, 'empty selector is invalid for statefulset');
  }
}

function validateTemplate(
  { selector, template = {}, volumeClaimTemplates }: StatefulSetSpec,
  errors: FieldErrors,
): void {
  const labels = template.metadata?.labels;
  if (selector === undefined || (!selectsEverything(selector) && !matchesLabels(selector, labels))) {
    errors.invalid('spec.template.metadata.labels', labels, '`selector` does not match template `labels`');
  }
  const claims = (volumeClaimTemplates ?? []).map((claim) => claim.metadata?.name ?? '');
  validatePodTemplate('spec.template', template, errors, claims);
  const { restartPolicy, activeDeadlineSeconds } = template.spec ?? {};
  if (restartPolicy !== 'Always') errors.notSupported('spec.template.spec.restartPolicy', restartPolicy, ['Always']);
  if (activeDeadlineSeconds !== undefined) {
    const told = 'activeDeadlineSeconds in StatefulSet is not Supported';
    errors.forbidden('spec.template.spec.activeDeadlineSeconds', told);
  }
}

/** A template that was stored wrong is not looked at again (STS-VAL-22). */
function isTemplateValid(spec: StatefulSetSpec): boolean {
  const errors = new FieldErrors();
  validateTemplate(spec, errors);
  return errors.list.length === 0;
}

interface StatefulSetStatus {
  readonly replicas?: number;
  readonly readyReplicas?: number;
  readonly currentReplicas?: number;
  readonly updatedReplicas?: number;
  readonly availableReplicas?: number;
  readonly collisionCount?: number;
  readonly observedGeneration?: number;
}

/** STS-VAL-24. */
function validateStatus(status: StatefulSetStatus, stored: StatefulSetStatus, errors: FieldErrors): void {
  const { replicas = 0, readyReplicas = 0, availableReplicas = 0, collisionCount = 0 } = status;
  const parts = ['readyReplicas', 'currentReplicas', 'updatedReplicas', 'availableReplicas'] as const;
  errors.nonNegative('status.replicas', replicas);
  for (const part of parts) errors.nonNegative(`status.${part}`, status[part]);
  errors.nonNegative('status.observedGeneration', status.observedGeneration);
  errors.nonNegative('status.collisionCount', collisionCount);
  for (const part of parts) {
    if ((status[part] ?? 0) > replicas) {
      errors.invalid(`status.${part}`, status[part], 'cannot be greater than status.replicas');
    }
  }
  if (availableReplicas > readyReplicas) {
    errors.invalid('status.availableReplicas', availableReplicas, 'cannot be greater than status.readyReplicas');
  }
  if (collisionCount < (stored.collisionCount ?? 0)) {
    errors.invalid('status.collisionCount', collisionCount, 'cannot be decremented');
  }
}
