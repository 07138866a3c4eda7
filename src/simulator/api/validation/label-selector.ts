// What a label selector in a spec has to keep to. Follows apimachinery/pkg/apis/meta/v1/validation.

import { labelValueProblems, qualifiedNameProblems } from './names.ts';
import { validateLabels } from './metadata.ts';
import type { LabelSelector } from '../../../kubernetes/selector.ts';
import type { FieldErrors } from '../field-errors.ts';

/** Checks a selector at `field`; an absent one is the caller's matter. */
export function validateLabelSelector(field: string, selector: LabelSelector | undefined, errors: FieldErrors): void {
  if (selector === undefined) return;
  validateLabels(`${field}.matchLabels`, selector.matchLabels, errors);
  for (const [at, requirement] of (selector.matchExpressions ?? []).entries()) {
    const path = `${field}.matchExpressions[${at}]`;
    // Members that the API requires may be missing from what was sent.
    const { key = '', operator = '', values = [] } = requirement as Requirement;
    if (operator === 'In' || operator === 'NotIn') {
      if (values.length === 0) {
        errors.required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'");
      }
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (values.length > 0) {
        errors.forbidden(`${path}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
      }
    } else {
      errors.invalid(`${path}.operator`, operator, 'not a valid selector operator');
    }
    for (const problem of qualifiedNameProblems(key)) errors.invalid(`${path}.key`, key, problem);
    for (const [place, value] of values.entries()) {
      for (const problem of labelValueProblems(value)) errors.invalid(`${path}.values[${place}]`, value, problem);
    }
  }
}

interface Requirement {
  readonly key?: string;
  readonly operator?: string;
  readonly values?: readonly string[];
}

/** Whether a selector asks for nothing, and so selects everything. */
export function selectsEverything(selector: LabelSelector): boolean {
  return Object.keys(selector.matchLabels ?? {}).length === 0 && (selector.matchExpressions ?? []).length === 0;
}
