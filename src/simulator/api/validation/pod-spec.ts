// What the spec of a pod or of a pod template has to keep to. Follows ValidatePodSpec of pkg/apis/core/validation; the
// members that neither the simulator nor its scenarios look at (security contexts, affinity terms) are not checked.

import { validateContainer } from './container.ts';
import { labelProblems, subdomainProblems } from './names.ts';
import { validateAnnotations, validateLabels } from './metadata.ts';
import { validateVolumes } from './volume.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { PodSpec, PodTemplate, Toleration } from '../shapes.ts';

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** Checks a pod's spec at `field`. `volumes` are names that exist besides the pod's own (claim templates). */
export function validatePodSpec(
  field: string,
  spec: PodSpec,
  errors: FieldErrors,
  volumes: readonly string[] = [],
): void {
  const known = new Set([...validateVolumes(`${field}.volumes`, spec.volumes, errors), ...volumes]);
  const surroundings = { volumes: known, names: new Set<string>() };
  if ((spec.containers ?? []).length === 0) errors.required(`${field}.containers`);
  for (const [at, container] of (spec.containers ?? []).entries()) {
    validateContainer(`${field}.containers[${at}]`, container, surroundings, errors);
  }
  for (const [at, container] of (spec.initContainers ?? []).entries()) {
    const path = `${field}.initContainers[${at}]`;
    validateContainer(path, container, surroundings, errors);
    errors.oneOf(`${path}.restartPolicy`, container.restartPolicy, ['Always']);
  }
  errors.oneOf(`${field}.restartPolicy`, spec.restartPolicy, ['Always', 'OnFailure', 'Never']);
  errors.oneOf(`${field}.dnsPolicy`, spec.dnsPolicy, ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']);
  validateLabels(`${field}.nodeSelector`, spec.nodeSelector, errors);
  named(`${field}.serviceAccountName`, spec.serviceAccountName, subdomainProblems, errors);
  named(`${field}.nodeName`, spec.nodeName, subdomainProblems, errors);
  if (spec.activeDeadlineSeconds !== undefined && !(spec.activeDeadlineSeconds >= 1)) {
    const told = 'must be between 1 and 2147483647, inclusive';
    errors.invalid(`${field}.activeDeadlineSeconds`, spec.activeDeadlineSeconds, told);
  }
  named(`${field}.hostname`, spec.hostname, labelProblems, errors);
  named(`${field}.subdomain`, spec.subdomain, labelProblems, errors);
  for (const [at, toleration] of (spec.tolerations ?? []).entries()) {
    validateToleration(`${field}.tolerations[${at}]`, toleration, errors);
  }
  named(`${field}.priorityClassName`, spec.priorityClassName, subdomainProblems, errors);
}

/** Checks a template at `field`: labels, annotations, spec. */
export function validatePodTemplate(
  field: string,
  template: PodTemplate,
  errors: FieldErrors,
  volumes: readonly string[] = [],
): void {
  validateLabels(`${field}.metadata.labels`, template.metadata?.labels, errors);
  validateAnnotations(`${field}.metadata.annotations`, template.metadata?.annotations, errors);
  validatePodSpec(`${field}.spec`, template.spec ?? {}, errors, volumes);
}

function validateToleration(path: string, toleration: Toleration, errors: FieldErrors): void {
  const { key = '', operator = 'Equal', value = '', effect, tolerationSeconds } = toleration;
  if (key === '' && operator !== 'Exists') {
    errors.invalid(
      `${path}.operator`,
      operator,
      'operator must be Exists when `key` is empty, which means "match all values and all keys"',
    );
  }
  if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
    errors.invalid(`${path}.effect`, effect ?? '', "effect must be 'NoExecute' when `tolerationSeconds` is set");
  }
  if (operator === 'Exists' && value !== '') {
    errors.invalid(path, toleration, "value must be empty when `operator` is 'Exists'", JSON.stringify(toleration));
  }
  if (operator !== 'Exists' && operator !== 'Equal')
    errors.notSupported(`${path}.operator`, operator, ['Equal', 'Exists']);
  if (effect !== undefined && effect !== '') errors.oneOf(`${path}.effect`, effect, effects);
}

function named(
  field: string,
  value: string | undefined,
  problems: (name: string) => readonly string[],
  errors: FieldErrors,
): void {
  if (value === undefined || value === '') return;
  for (const problem of problems(value)) errors.invalid(field, value, problem);
}
