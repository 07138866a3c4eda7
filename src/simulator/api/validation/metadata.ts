// What metadata of any kind has to keep to (API-META-14, API-GC-01, API-GC-13). Follows
// apimachinery/pkg/api/validation/objectmeta.go.

import { goJson, goQuote } from '../go-value.ts';
import { labelValueProblems, qualifiedNameProblems } from './names.ts';
import type { ObjectMeta, OwnerReference } from '../../../kubernetes/object.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Strategy } from '../strategy.ts';

const annotationBytesMax = 262_144;
const standardFinalizers: readonly string[] = ['kubernetes', 'orphan', 'foregroundDeletion'];

/** Checks the metadata of a new object. */
export function validateMetadata(metadata: ObjectMeta, strategy: Strategy, errors: FieldErrors): void {
  const { name, generateName, namespace } = metadata;
  if (generateName !== undefined && generateName !== '') {
    for (const problem of strategy.nameProblems(generateName, true)) {
      errors.invalid('metadata.generateName', generateName, problem);
    }
  }
  if (name === '') errors.required('metadata.name', 'name or generateName is required');
  else for (const problem of strategy.nameProblems(name, false)) errors.invalid('metadata.name', name, problem);
  if (!strategy.kind.namespaced && namespace !== undefined) {
    errors.forbidden('metadata.namespace', 'not allowed on this type');
  }
  validateLabels('metadata.labels', metadata.labels, errors);
  validateAnnotations('metadata.annotations', metadata.annotations, errors);
  validateOwners(metadata.ownerReferences, errors);
  validateFinalizers(metadata.finalizers, errors);
}

/** Checks what an update changed. Every error stands twice, as two validators report it upstream (API-ERR-22). */
export function validateMetadataUpdate(next: ObjectMeta, current: ObjectMeta, errors: FieldErrors): void {
  const first = errors.list.length;
  if (next.labels !== current.labels) validateLabels('metadata.labels', next.labels, errors);
  if (next.annotations !== current.annotations) {
    validateAnnotations('metadata.annotations', next.annotations, errors);
  }
  if (next.ownerReferences !== current.ownerReferences) validateOwners(next.ownerReferences, errors);
  if (next.finalizers !== current.finalizers) {
    validateFinalizers(next.finalizers, errors);
    forbidNewFinalizers(next, current, errors);
  }
  if (next.uid !== current.uid) errors.invalid('metadata.uid', next.uid, 'field is immutable');
  errors.list.push(...errors.list.slice(first));
}

/** Keys and values of labels, wherever they stand. */
export function validateLabels(
  field: string,
  labels: Readonly<Record<string, string>> | undefined,
  errors: FieldErrors,
): void {
  for (const key in labels) {
    for (const problem of qualifiedNameProblems(key)) errors.invalid(field, key, problem);
    const value = labels[key] ?? '';
    for (const problem of labelValueProblems(value)) errors.invalid(field, value, problem);
  }
}

/** Keys of annotations and their size in all. */
export function validateAnnotations(
  field: string,
  annotations: Readonly<Record<string, string>> | undefined,
  errors: FieldErrors,
): void {
  if (annotations === undefined) return;
  let length = 0;
  for (const key in annotations) {
    for (const problem of qualifiedNameProblems(key.toLowerCase())) errors.invalid(field, key, problem);
    length += key.length + (annotations[key]?.length ?? 0);
  }
  // Only texts that could be too long are measured: a UTF-16 unit is at most three bytes of UTF-8.
  if (length * 3 > annotationBytesMax && bytesOf(annotations) > annotationBytesMax) {
    errors.tooLong(field, annotationBytesMax);
  }
}

function validateOwners(owners: readonly OwnerReference[] | undefined, errors: FieldErrors): void {
  if (owners === undefined) return;
  const field = 'metadata.ownerReferences';
  let controller: string | undefined;
  for (const owner of owners) {
    // Members that the API requires may be missing from what was sent.
    const apiVersion = (owner.apiVersion as string | undefined) ?? '';
    const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
    if (version === '') errors.invalid(`${field}.apiVersion`, apiVersion, 'version must not be empty');
    for (const member of ['kind', 'name', 'uid'] as const) {
      if (!owner[member]) errors.invalid(`${field}.${member}`, '', 'must not be empty');
    }
    if (owner.kind === 'Event' && (owner.apiVersion === 'v1' || owner.apiVersion === 'events.k8s.io/v1')) {
      const group = owner.apiVersion === 'v1' ? '' : 'events.k8s.io';
      const told = `${group}/v1, Kind=Event is disallowed from being an owner`;
      errors.invalid(field, owner, told, JSON.stringify(owner));
    }
    if (owner.controller !== true) continue;
    if (controller === undefined) controller = owner.name;
    else {
      const found = `Found "true" in references for ${controller} and ${owner.name}`;
      errors.invalid(
        field,
        owners,
        `Only one reference can have Controller set to true. ${found}`,
        JSON.stringify(owners),
      );
    }
  }
}

function validateFinalizers(finalizers: readonly string[] | undefined, errors: FieldErrors): void {
  if (finalizers === undefined) return;
  const field = 'metadata.finalizers';
  for (const finalizer of finalizers) {
    for (const problem of qualifiedNameProblems(finalizer)) errors.invalid(field, finalizer, problem);
    if (!finalizer.includes('/') && !standardFinalizers.includes(finalizer)) {
      errors.invalid(field, finalizer, 'name is neither a standard finalizer name nor is it fully qualified');
    }
  }
  if (finalizers.includes('orphan') && finalizers.includes('foregroundDeletion')) {
    const told = 'finalizer orphan and foregroundDeletion cannot be both set';
    errors.invalid(field, finalizers, told, goJson(finalizers));
  }
}

/** A terminating object may only lose finalizers (API-UPD-07). */
function forbidNewFinalizers(next: ObjectMeta, current: ObjectMeta, errors: FieldErrors): void {
  if (current.deletionTimestamp === undefined) return;
  const added = (next.finalizers ?? []).filter((finalizer) => !current.finalizers?.includes(finalizer));
  if (added.length === 0) return;
  const found = `found new finalizers []string{${added.map(goQuote).join(', ')}}`;
  errors.forbidden('metadata.finalizers', `no new finalizers can be added if the object is being deleted, ${found}`);
}

function bytesOf(annotations: Readonly<Record<string, string>>): number {
  let bytes = 0;
  for (const [key, value] of Object.entries(annotations)) bytes += utf8Length(key) + utf8Length(value);
  return bytes;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}
