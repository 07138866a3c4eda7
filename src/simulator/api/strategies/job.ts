// Job and CronJob: defaults and the validation that scenarios meet (JOB-01, workloads section 0.1). A Job's deletion orphans
// its pods unless the request says otherwise (API-GC-02).

import { mapMember, omitEmpty, withDefaults } from '../defaults/fields.ts';
import { defaultPodTemplate } from '../defaults/pod-spec.ts';
import { same } from '../../store/same.ts';
import { validatePodTemplate } from '../validation/pod-spec.ts';
import { specOf, statusOf, withSpec, withStatus } from './members.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { LabelSelector } from '../../../kubernetes/selector.ts';
import type { Fields } from '../defaults/fields.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { PodTemplate } from '../shapes.ts';
import type { StrategyDefinition } from '../strategy.ts';

interface JobSpec {
  readonly parallelism?: number;
  readonly completions?: number;
  readonly backoffLimit?: number;
  readonly completionMode?: string;
  readonly backoffLimitPerIndex?: number;
  readonly maxFailedIndexes?: number;
  readonly podFailurePolicy?: object;
  readonly successPolicy?: object;
  readonly managedBy?: string;
  readonly selector?: LabelSelector;
  readonly manualSelector?: boolean;
  readonly template?: PodTemplate;
  readonly schedule?: string;
  readonly jobTemplate?: { readonly spec?: JobSpec };
}

const immutable = [
  'completions',
  'selector',
  'template',
  'completionMode',
  'podFailurePolicy',
  'backoffLimitPerIndex',
  'managedBy',
  'successPolicy',
] as const;

/** The rules of Jobs. */
export const job: Omit<StrategyDefinition, 'kind'> = {
  hasGeneration: true,
  subresources: ['status'],
  orphansByDefault: true,
  fieldLabels: new Map([
    ['status.successful', (object) => String(statusOf<{ readonly succeeded?: number }>(object).succeeded ?? 0)],
  ]),
  default: (object) => withSpec(object, defaultJobSpec(specOf(object))),
  prepareForCreate: (object) => withStatus(selectOwnPods(object), {}),
  validate: (object, errors) => validateJobSpec('spec', specOf(object), errors),
  validateUpdate(next, current, errors) {
    if (next['spec'] === current['spec']) return;
    const spec = specOf<JobSpec>(next);
    const stored = specOf<JobSpec>(current);
    errors.nonNegative('spec.parallelism', spec.parallelism);
    errors.nonNegative('spec.backoffLimit', spec.backoffLimit);
    for (const member of immutable) {
      if (!same(spec[member], stored[member]))
        errors.invalid(`spec.${member}`, spec[member] ?? null, 'field is immutable');
    }
  },
};

/** The rules of CronJobs. */
export const cronJob: Omit<StrategyDefinition, 'kind'> = {
  hasGeneration: true,
  subresources: ['status'],
  default: (object) => {
    const spec = withDefaults(specOf(object), {
      concurrencyPolicy: 'Allow',
      suspend: false,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 1,
      jobTemplate: {},
    });
    return withSpec(
      object,
      mapMember(spec, 'jobTemplate', (template) =>
        mapMember(withDefaults(template, { metadata: {}, spec: {} }), 'spec', (inner) =>
          mapMember(inner, 'template', defaultPodTemplate),
        ),
      ),
    );
  },
  prepareForCreate: (object) => withStatus(object, {}),
  validate(object, errors) {
    const spec = specOf<JobSpec>(object);
    if (!spec.schedule) errors.required('spec.schedule');
    validateJobSpec('spec.jobTemplate.spec', spec.jobTemplate?.spec ?? {}, errors);
  },
};

function defaultJobSpec(spec: Fields): Fields {
  const single = spec['completions'] === undefined && spec['parallelism'] === undefined;
  const complete = withDefaults(omitEmpty(spec, new Set()), {
    parallelism: 1,
    ...(single ? { completions: 1 } : {}),
    completionMode: 'NonIndexed',
    suspend: false,
    // With a limit for each index, the whole has none unless it says so (math.MaxInt32).
    backoffLimit: spec['backoffLimitPerIndex'] === undefined ? 6 : 2_147_483_647,
    podReplacementPolicy: spec['podFailurePolicy'] === undefined ? 'TerminatingOrFailed' : 'Failed',
    template: {},
  });
  return mapMember(complete, 'template', defaultPodTemplate);
}

/** JOB-01: the selector is the job's uid, and its template carries the labels that fit. */
function selectOwnPods(object: KubernetesObject): KubernetesObject {
  const spec = specOf<JobSpec>(object);
  if (spec.manualSelector === true) return object;
  const { name, uid } = object.metadata;
  const labels = {
    ...spec.template?.metadata?.labels,
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  };
  const template = { ...spec.template, metadata: { ...spec.template?.metadata, labels } };
  const selector = { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } };
  return withSpec(object, { ...spec, selector, template });
}

function validateJobSpec(field: string, spec: JobSpec, errors: FieldErrors): void {
  errors.nonNegative(`${field}.parallelism`, spec.parallelism);
  errors.nonNegative(`${field}.completions`, spec.completions);
  errors.nonNegative(`${field}.backoffLimit`, spec.backoffLimit);
  validateIndexes(field, spec, errors);
  validatePodTemplate(`${field}.template`, spec.template ?? {}, errors);
  const restartPolicy = spec.template?.spec?.restartPolicy;
  if (restartPolicy === 'Always') {
    errors.required(`${field}.template.spec.restartPolicy`, 'valid values: "OnFailure", "Never"');
  } else if (spec.podFailurePolicy !== undefined && restartPolicy === 'OnFailure') {
    const told = 'only "Never" is supported when podFailurePolicy is specified';
    errors.invalid(`${field}.template.spec.restartPolicy`, restartPolicy, told);
  }
}

/** What only jobs with indexes may have. */
function validateIndexes(field: string, spec: JobSpec, errors: FieldErrors): void {
  const { backoffLimitPerIndex, maxFailedIndexes, successPolicy, completions } = spec;
  errors.nonNegative(`${field}.backoffLimitPerIndex`, backoffLimitPerIndex);
  errors.nonNegative(`${field}.maxFailedIndexes`, maxFailedIndexes);
  if (maxFailedIndexes !== undefined && backoffLimitPerIndex === undefined) {
    errors.required(`${field}.backoffLimitPerIndex`, 'when maxFailedIndexes is specified');
  }
  if (spec.completionMode === 'Indexed') {
    if (completions === undefined) errors.required(`${field}.completions`, 'when completion mode is Indexed');
    else if (maxFailedIndexes !== undefined && maxFailedIndexes > completions) {
      errors.invalid(`${field}.maxFailedIndexes`, maxFailedIndexes, 'must be less than or equal to completions');
    }
    return;
  }
  for (const [member, value] of Object.entries({ backoffLimitPerIndex, maxFailedIndexes, successPolicy })) {
    if (value !== undefined) errors.invalid(`${field}.${member}`, value, 'requires indexed completion mode');
  }
}
