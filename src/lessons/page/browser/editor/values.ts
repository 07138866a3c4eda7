// The words that a field takes, where it takes one of a few.

import type { Descriptions } from './field-at.ts';

/** Of fields whose types in Kubernetes are plain strings, by the type that has them. */
const more: Readonly<Record<string, readonly string[]>> = {
  'V1StatefulSetPersistentVolumeClaimRetentionPolicy.whenDeleted': ['Delete', 'Retain'],
  'V1StatefulSetPersistentVolumeClaimRetentionPolicy.whenScaled': ['Delete', 'Retain'],
  'V1LabelSelectorRequirement.operator': ['DoesNotExist', 'Exists', 'In', 'NotIn'],
  'V1ServiceSpec.clusterIP': ['None'],
};

/** The words; empty where it takes any. */
export function wordsOf(
  { types }: Descriptions,
  { owner, name }: { readonly owner: string; readonly name: string },
): readonly string[] {
  const described = types[owner]?.fields[name];
  return (typeof described === 'object' ? described.values : undefined) ?? more[`${owner}.${name}`] ?? [];
}
