// Errors about single fields, collected while an object is validated, with the texts of apimachinery's field package
// (API-ERR-16, -17).

import { goJson, goQuote } from './go-value.ts';
import type { StatusCause } from '../../kubernetes/status.ts';

/** One error about one field. */
export interface FieldError {
  readonly reason: string;
  /** `spec.template.spec.containers[0].name`. */
  readonly field: string;
  /** Without the field. */
  readonly message: string;
}

/** What validation has found so far, in its order. Empty as long as everything is right. */
export class FieldErrors {
  readonly list: FieldError[] = [];

  /** Shows the value as JSON; for structs whose Go names are shown, give `shown`. */
  invalid(field: string, value: unknown, detail: string, shown: string = goJson(value)): void {
    this.#add('FieldValueInvalid', field, `Invalid value: ${shown}: ${detail}`);
  }

  required(field: string, detail?: string): void {
    this.#add('FieldValueRequired', field, detail === undefined ? 'Required value' : `Required value: ${detail}`);
  }

  forbidden(field: string, detail: string): void {
    this.#add('FieldValueForbidden', field, `Forbidden: ${detail}`);
  }

  notSupported(field: string, value: unknown, supported: readonly string[]): void {
    const allowed = supported.map(goQuote).join(', ');
    this.#add('FieldValueNotSupported', field, `Unsupported value: ${goJson(value)}: supported values: ${allowed}`);
  }

  duplicate(field: string, value: unknown): void {
    this.duplicateShown(field, goJson(value));
  }

  /** For a struct whose Go names are shown. */
  duplicateShown(field: string, shown: string): void {
    this.#add('FieldValueDuplicate', field, `Duplicate value: ${shown}`);
  }

  notFound(field: string, value: unknown): void {
    this.#add('FieldValueNotFound', field, `Not found: ${goJson(value)}`);
  }

  tooLong(field: string, bytesMax: number): void {
    this.#add('FieldValueTooLong', field, `Too long: may not be more than ${bytesMax} bytes`);
  }

  /** One of `supported`, else `notSupported`; nothing is said about an absent value. */
  oneOf(field: string, value: unknown, supported: readonly string[]): void {
    if (value !== undefined && !supported.includes(value as string)) this.notSupported(field, value, supported);
  }

  /** Absent or at least zero. */
  nonNegative(field: string, value: unknown): void {
    if (typeof value === 'number' && value < 0) this.invalid(field, value, 'must be greater than or equal to 0');
  }

  #add(reason: string, field: string, message: string): void {
    this.list.push({ reason, field, message });
  }
}

/** The text behind `… is invalid: `: duplicates once, several in brackets (API-ERR-18). */
export function joinFieldErrors(errors: readonly FieldError[]): string {
  const texts = [...new Set(errors.map(({ field, message }) => `${field}: ${message}`))];
  return texts.length === 1 ? texts.join('') : `[${texts.join(', ')}]`;
}

/** `details.causes`: every error, also those that say the same twice. */
export function causesOf(errors: readonly FieldError[]): readonly StatusCause[] {
  return errors.map(({ reason, message, field }) => ({ reason, message, field }));
}
