// What the spec of a claim has to keep to, in claims and in claim templates (PVC-NEW-01).

import { compareQuantities } from '../../../kubernetes/quantity.ts';
import { validateLabelSelector } from './label-selector.ts';
import { subdomainProblems } from './names.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { ClaimSpec } from '../shapes.ts';

const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];

/** Checks the spec of a new claim at `field`. */
export function validateClaimSpec(field: string, spec: ClaimSpec, errors: FieldErrors): void {
  const modes = spec.accessModes ?? [];
  if (modes.length === 0) errors.required(`${field}.accessModes`, 'at least 1 access mode is required');
  validateLabelSelector(`${field}.selector`, spec.selector, errors);
  validateAccessModes(`${field}.accessModes`, modes, errors);
  const storage = spec.resources?.requests?.['storage'];
  if (storage === undefined) errors.required(`${field}.resources[storage]`);
  else if ((compareQuantities(storage, '0') ?? 1) <= 0) {
    errors.invalid(`${field}.resources[storage]`, storage, 'must be greater than zero');
  }
  if (spec.storageClassName) {
    for (const problem of subdomainProblems(spec.storageClassName)) {
      errors.invalid(`${field}.storageClassName`, spec.storageClassName, problem);
    }
  }
  errors.oneOf(`${field}.volumeMode`, spec.volumeMode, ['Block', 'Filesystem']);
}

/** Known modes; the one for a single pod stands alone. */
export function validateAccessModes(field: string, modes: readonly string[], errors: FieldErrors): void {
  for (const mode of modes) errors.oneOf(field, mode, accessModes);
  if (modes.includes('ReadWriteOncePod') && modes.length > 1) {
    errors.forbidden(field, 'may not use ReadWriteOncePod with other access modes');
  }
}
