// Deployment, ReplicaSet and DaemonSet: defaults, validation, generation (workloads.md; API-META-06).

import { matchesLabels } from '../../../kubernetes/selector.ts';
import { same } from '../../store/same.ts';
import { mapMember, omitEmpty, withDefaults } from '../defaults/fields.ts';
import { defaultPodTemplate } from '../defaults/pod-spec.ts';
import { selectsEverything, validateLabelSelector } from '../validation/label-selector.ts';
import { validatePodTemplate } from '../validation/pod-spec.ts';
import { specOf, withSpec, withStatus } from './members.ts';
import type { LabelSelector } from '../../../kubernetes/selector.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { Fields } from '../defaults/fields.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { IntOrString, PodTemplate } from '../shapes.ts';
import type { StrategyDefinition } from '../strategy.ts';

interface WorkloadSpec {
  readonly replicas?: number;
  readonly minReadySeconds?: number;
  readonly revisionHistoryLimit?: number;
  readonly progressDeadlineSeconds?: number;
  readonly selector?: LabelSelector;
  readonly template?: PodTemplate;
  readonly templateGeneration?: number;
  readonly strategy?: RollStrategy;
  readonly updateStrategy?: RollStrategy;
}

interface RollStrategy {
  readonly type?: string;
  readonly rollingUpdate?: { readonly maxUnavailable?: IntOrString; readonly maxSurge?: IntOrString };
}

const zeros = new Set(['minReadySeconds', 'paused']);
const quarter = { maxUnavailable: '25%', maxSurge: '25%' };

/** The rules of Deployments. */
export const deployment: Omit<StrategyDefinition, 'kind'> = {
  hasGeneration: true,
  subresources: ['status', 'scale'],
  default: (object) => {
    const spec = withDefaults(omitEmpty(specOf(object), zeros), {
      replicas: 1,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      strategy: {},
      template: {},
    });
    const withStrategy = mapMember(spec, 'strategy', (strategy) => {
      const typed = withDefaults(strategy, { type: 'RollingUpdate' });
      return typed['type'] === 'RollingUpdate' ? defaultRolling(typed, quarter) : typed;
    });
    return withSpec(object, mapMember(withStrategy, 'template', defaultPodTemplate));
  },
  prepareForCreate: (object) => withStatus(object, {}),
  validate(object, errors) {
    const spec = specOf<WorkloadSpec>(object);
    validateScalars(spec, errors);
    validateSelected(spec, 'deployment', errors);
    validateDeploymentStrategy(spec.strategy ?? {}, errors);
  },
  validateUpdate(next, current, errors) {
    if (next['spec'] === current['spec']) return;
    const spec = specOf<WorkloadSpec>(next);
    validateScalars(spec, errors);
    validateChangedTemplate(spec, specOf(current), 'deployment', errors);
    validateDeploymentStrategy(spec.strategy ?? {}, errors);
    refuseSelectorChange(next, current, errors);
  },
  movesGeneration: (next, current) =>
    !same(next['spec'], current['spec']) || !same(next.metadata.annotations, current.metadata.annotations),
};

/** The rules of ReplicaSets. */
export const replicaSet: Omit<StrategyDefinition, 'kind'> = {
  hasGeneration: true,
  subresources: ['status', 'scale'],
  default: (object) => {
    const spec = withDefaults(omitEmpty(specOf(object), zeros), { replicas: 1, template: {} });
    return withSpec(object, mapMember(spec, 'template', defaultPodTemplate));
  },
  prepareForCreate: (object) => withStatus(object, { replicas: 0 }),
  validate(object, errors) {
    const spec = specOf<WorkloadSpec>(object);
    validateScalars(spec, errors);
    validateSelected(spec, 'replicaset', errors);
  },
  validateUpdate(next, current, errors) {
    if (next['spec'] === current['spec']) return;
    validateScalars(specOf(next), errors);
    validateChangedTemplate(specOf(next), specOf(current), 'replicaset', errors);
    refuseSelectorChange(next, current, errors);
  },
};

/** The rules of DaemonSets; the server counts changes of the template in `spec.templateGeneration` (DS-12). */
export const daemonSet: Omit<StrategyDefinition, 'kind'> = {
  hasGeneration: true,
  subresources: ['status'],
  default: (object) => {
    const spec = withDefaults(omitEmpty(specOf(object), zeros), {
      revisionHistoryLimit: 10,
      updateStrategy: {},
      template: {},
    });
    const withStrategy = mapMember(spec, 'updateStrategy', (strategy) => {
      const typed = withDefaults(strategy, { type: 'RollingUpdate' });
      return typed['type'] === 'RollingUpdate' ? defaultRolling(typed, { maxUnavailable: 1, maxSurge: 0 }) : typed;
    });
    return withSpec(object, mapMember(withStrategy, 'template', defaultPodTemplate));
  },
  prepareForCreate: (object) => {
    const status = { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 };
    return withStatus(countTemplate(object, 1), status);
  },
  prepareForUpdate: (next, current) => {
    const spec = specOf<WorkloadSpec>(next);
    const stored = specOf<WorkloadSpec>(current);
    if (spec === stored) return next;
    const before = stored.templateGeneration ?? 1;
    return countTemplate(next, same(spec.template, stored.template) ? before : before + 1);
  },
  validate(object, errors) {
    const spec = specOf<WorkloadSpec>(object);
    validateSelected(spec, 'daemonset', errors);
    validateScalars(spec, errors);
    const type = spec.updateStrategy?.type;
    errors.oneOf('spec.updateStrategy.type', type, ['RollingUpdate', 'OnDelete']);
  },
  validateUpdate(next, current, errors) {
    if (next['spec'] === current['spec']) return;
    validateScalars(specOf(next), errors);
    validateChangedTemplate(specOf(next), specOf(current), 'daemonset', errors);
    refuseSelectorChange(next, current, errors);
  },
};

function countTemplate(object: KubernetesObject, templateGeneration: number): KubernetesObject {
  const spec = specOf<WorkloadSpec>(object);
  if (spec.templateGeneration === templateGeneration) return object;
  return withSpec(object, { ...spec, templateGeneration });
}

function defaultRolling(strategy: Fields, defaults: Fields): Fields {
  const rolling = (strategy['rollingUpdate'] ?? {}) as Fields;
  const complete = withDefaults(rolling, defaults);
  return complete === strategy['rollingUpdate'] ? strategy : { ...strategy, rollingUpdate: complete };
}

function validateScalars(spec: WorkloadSpec, errors: FieldErrors): void {
  errors.nonNegative('spec.replicas', spec.replicas);
  errors.nonNegative('spec.minReadySeconds', spec.minReadySeconds);
  errors.nonNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit);
  const { progressDeadlineSeconds, minReadySeconds = 0 } = spec;
  if (progressDeadlineSeconds === undefined) return;
  errors.nonNegative('spec.progressDeadlineSeconds', progressDeadlineSeconds);
  if (progressDeadlineSeconds <= minReadySeconds) {
    errors.invalid('spec.progressDeadlineSeconds', progressDeadlineSeconds, 'must be greater than minReadySeconds');
  }
}

function validateSelected(spec: WorkloadSpec, word: string, errors: FieldErrors): void {
  const { selector, template = {} } = spec;
  if (selector === undefined) errors.required('spec.selector');
  else {
    validateLabelSelector('spec.selector', selector, errors);
    if (selectsEverything(selector)) errors.invalid('spec.selector', {}, `empty selector is invalid for ${word}`);
  }
  const labels = template.metadata?.labels;
  if (selector === undefined || (!selectsEverything(selector) && !matchesLabels(selector, labels))) {
    errors.invalid('spec.template.metadata.labels', labels, '`selector` does not match template `labels`');
  }
  validatePodTemplate('spec.template', template, errors);
  const { restartPolicy, activeDeadlineSeconds } = template.spec ?? {};
  if (restartPolicy !== 'Always') errors.notSupported('spec.template.spec.restartPolicy', restartPolicy, ['Always']);
  if (activeDeadlineSeconds !== undefined) {
    const told = 'activeDeadlineSeconds in ReplicaSet is not Supported';
    errors.forbidden('spec.template.spec.activeDeadlineSeconds', told);
  }
}

function validateChangedTemplate(spec: WorkloadSpec, stored: WorkloadSpec, word: string, errors: FieldErrors): void {
  if (spec.template !== stored.template || spec.selector !== stored.selector) validateSelected(spec, word, errors);
}

function refuseSelectorChange(next: KubernetesObject, current: KubernetesObject, errors: FieldErrors): void {
  const { selector } = specOf<WorkloadSpec>(next);
  if (!same(selector, specOf<WorkloadSpec>(current).selector)) {
    errors.invalid('spec.selector', selector ?? null, 'field is immutable');
  }
}

function validateDeploymentStrategy({ type, rollingUpdate }: RollStrategy, errors: FieldErrors): void {
  errors.oneOf('spec.strategy.type', type, ['Recreate', 'RollingUpdate']);
  if (type === 'Recreate' && rollingUpdate !== undefined) {
    const told = "may not be specified when strategy `type` is 'Recreate'";
    return errors.forbidden('spec.strategy.rollingUpdate', told);
  }
  const { maxUnavailable, maxSurge } = rollingUpdate ?? {};
  validateIntOrPercent('spec.strategy.rollingUpdate.maxUnavailable', maxUnavailable, errors);
  validateIntOrPercent('spec.strategy.rollingUpdate.maxSurge', maxSurge, errors);
  if (isZero(maxUnavailable) && isZero(maxSurge)) {
    const told = 'may not be 0 when `maxSurge` is 0';
    errors.invalid('spec.strategy.rollingUpdate.maxUnavailable', maxUnavailable, told);
  }
}

/** A count, or a percentage such as `25%`. */
export function validateIntOrPercent(field: string, value: IntOrString | undefined, errors: FieldErrors): void {
  if (typeof value === 'number') errors.nonNegative(field, value);
  else if (value !== undefined && !/^\d+%$/.test(value)) {
    const example = "(e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";
    const told = `a valid percent string must be a numeric string followed by an ending '%' ${example}`;
    errors.invalid(field, value, told);
  }
}

function isZero(value: IntOrString | undefined): boolean {
  return value === 0 || (typeof value === 'string' && /^0+%$/.test(value));
}
