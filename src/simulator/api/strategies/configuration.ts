// Kinds that carry data and no state: ConfigMap, Secret, ServiceAccount, PriorityClass.

import { same } from '../../store/same.ts';
import { omitEmpty, withDefaults, without } from '../defaults/fields.ts';
import { configKeyProblems } from '../validation/names.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { Fields } from '../defaults/fields.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { StrategyDefinition } from '../strategy.ts';

const dataZeros = new Set(['data', 'binaryData', 'stringData']);

/** The rules of ConfigMaps. */
export const configMap: Omit<StrategyDefinition, 'kind'> = {
  default: (object) => omitEmpty(object, dataZeros),
  validate: (object, errors) => {
    validateKeys('data', object, errors);
    validateKeys('binaryData', object, errors);
  },
  validateUpdate(next, current, errors) {
    refuseImmutable(next, current, ['data', 'binaryData'], errors);
    if (next['data'] !== current['data']) validateKeys('data', next, errors);
  },
};

/** The rules of Secrets. */
export const secret: Omit<StrategyDefinition, 'kind'> = {
  fieldLabels: new Map([['type', (object) => (object['type'] ?? '') as string]]),
  default: (object) => withDefaults(omitEmpty(encodeStrings(object), dataZeros), { type: 'Opaque' }),
  validate: (object, errors) => validateKeys('data', object, errors),
  validateUpdate(next, current, errors) {
    if (next['type'] !== current['type']) errors.invalid('type', next['type'], 'field is immutable');
    refuseImmutable(next, current, ['data'], errors);
    if (next['data'] !== current['data']) validateKeys('data', next, errors);
  },
};

/** The rules of ServiceAccounts. */
export const serviceAccount: Omit<StrategyDefinition, 'kind'> = { answersDeleted: true };

/** The rules of PriorityClasses. */
export const priorityClass: Omit<StrategyDefinition, 'kind'> = {
  default: (object) => withDefaults(object, { preemptionPolicy: 'PreemptLowerPriority', value: 0 }),
  validateUpdate(next, current, errors) {
    if (next['value'] !== current['value']) errors.forbidden('value', 'may not be changed in an update.');
  },
};

function validateKeys(member: string, object: KubernetesObject, errors: FieldErrors): void {
  for (const key of Object.keys(object[member] ?? {})) {
    for (const problem of configKeyProblems(key)) errors.invalid(`${member}[${key}]`, key, problem);
  }
}

function refuseImmutable(
  next: KubernetesObject,
  current: KubernetesObject,
  members: readonly string[],
  errors: FieldErrors,
): void {
  if (current['immutable'] !== true) return;
  const told = 'field is immutable when `immutable` is set';
  if (next['immutable'] !== true) errors.forbidden('immutable', told);
  for (const member of members) if (!same(next[member], current[member])) errors.forbidden(member, told);
}

/** `stringData` is written into `data` and never read back. */
function encodeStrings(object: KubernetesObject): KubernetesObject {
  const strings = object['stringData'] as Readonly<Record<string, string>> | undefined;
  if (strings === undefined || strings === null) return object;
  const encoded = Object.entries(strings).map(([key, value]) => [key, toBase64(value)] as const);
  const data = { ...(object['data'] as Fields | undefined), ...Object.fromEntries(encoded) };
  return { ...without(object, 'stringData'), data };
}

function toBase64(text: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}
