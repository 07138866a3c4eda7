// The schema of a custom kind: unknown members are dropped, defaults filled in, values checked, with the texts of
// kube-openapi's validation as the API server gives them. Follows apiextensions-apiserver's pkg/apiserver/schema. Rules in CEL
// (`x-kubernetes-validations`), formats, `oneOf` and its relatives are not evaluated.

import { goQuote } from '../go-value.ts';
import { isFields } from '../defaults/fields.ts';
import { same } from '../../store/same.ts';
import type { Fields } from '../defaults/fields.ts';
import type { FieldErrors } from '../field-errors.ts';

/** An OpenAPI v3 schema, as far as it is used here. */
export interface StructuralSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, StructuralSchema>>;
  readonly additionalProperties?: StructuralSchema | boolean;
  readonly items?: StructuralSchema;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly nullable?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-embedded-resource'?: boolean;
}

/** The value without members that the schema does not know, and with its defaults; the value itself when nothing differs. */
export function completeBySchema(value: unknown, schema: StructuralSchema): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    if (items === undefined) return value;
    const completed = (value as unknown[]).map((item) => completeBySchema(item, items));
    return completed.some((item, place) => item !== value[place]) ? completed : value;
  }
  if (!isFields(value)) return value;
  const completed: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    const known = memberSchema(schema, name);
    if (known === undefined && !keepsUnknown(schema)) continue;
    // A null that is not allowed counts as left out where there is a default.
    if (member === null && known?.nullable !== true && known?.default !== undefined) continue;
    completed[name] = known === undefined ? member : completeBySchema(member, known);
  }
  for (const [name, known] of Object.entries(schema.properties ?? {})) {
    if (completed[name] === undefined && known.default !== undefined)
      completed[name] = completeBySchema(known.default, known);
  }
  return same(completed, value) ? value : completed;
}

/** Tells what is wrong with a value. `field` is its path, empty for the object itself. */
export function validateBySchema(field: string, value: unknown, { schema, errors }: SchemaCheck): void {
  if (value === null || value === undefined) {
    if (value === null && schema.nullable !== true) wrongType(field, value, { schema, errors });
    return;
  }
  if (!fitsType(value, schema)) {
    wrongType(field, value, { schema, errors });
    return;
  }
  validateEnum(field, value, { schema, errors });
  if (typeof value === 'number') validateNumber(field, value, { schema, errors });
  else if (typeof value === 'string') validateString(field, value, { schema, errors });
  else if (Array.isArray(value)) validateList(field, value, { schema, errors });
  else if (isFields(value)) validateObject(field, value, { schema, errors });
}

/** A schema, and where errors go. */
export interface SchemaCheck {
  readonly schema: StructuralSchema;
  readonly errors: FieldErrors;
}

/** Members that every object has, whatever its schema says. */
const ofEveryObject = ['apiVersion', 'kind', 'metadata'];

function memberSchema(
  { properties, additionalProperties }: StructuralSchema,
  name: string,
): StructuralSchema | undefined {
  const known = properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (known !== undefined) return known;
  if (additionalProperties === true) return {};
  return additionalProperties === false ? undefined : additionalProperties;
}

function keepsUnknown(schema: StructuralSchema): boolean {
  // A schema that says nothing about members at all is that of a value which may be anything.
  return schema['x-kubernetes-preserve-unknown-fields'] === true || schema.type === undefined;
}

function fitsType(value: unknown, schema: StructuralSchema): boolean {
  if (schema['x-kubernetes-int-or-string'] === true) return typeof value === 'string' || Number.isInteger(value);
  const { type } = schema;
  if (type === 'object') return isFields(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  return type === undefined || typeof value === type;
}

function wrongType(field: string, value: unknown, { schema, errors }: SchemaCheck): void {
  const found = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  const shown = typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'number') : found;
  const wanted = schema['x-kubernetes-int-or-string'] === true ? 'integer,string' : (schema.type ?? '');
  errors.invalid(field, value, `${field} in body must be of type ${wanted}: ${goQuote(shown)}`, goQuote(shown));
}

function validateEnum(field: string, value: unknown, { schema, errors }: SchemaCheck): void {
  if (schema.enum === undefined || schema.enum.some((allowed) => same(allowed, value))) return;
  errors.notSupported(
    field,
    value,
    schema.enum.map((allowed) => (typeof allowed === 'string' ? allowed : JSON.stringify(allowed))),
  );
}

function validateNumber(field: string, value: number, { schema, errors }: SchemaCheck): void {
  const { minimum, maximum } = schema;
  if (minimum !== undefined && value < minimum) {
    errors.invalid(field, value, `${field} in body should be greater than or equal to ${minimum}`);
  }
  if (maximum !== undefined && value > maximum) {
    errors.invalid(field, value, `${field} in body should be less than or equal to ${maximum}`);
  }
}

function validateString(field: string, value: string, { schema, errors }: SchemaCheck): void {
  const { minLength, maxLength, pattern } = schema;
  const length = Array.from(value).length;
  if (minLength !== undefined && length < minLength) {
    errors.invalid(field, value, `${field} in body should be at least ${minLength} chars long`);
  }
  if (maxLength !== undefined && length > maxLength) errors.tooLong(field, maxLength);
  if (pattern !== undefined && !matches(pattern, value)) {
    errors.invalid(field, value, `${field} in body should match '${pattern}'`);
  }
}

function validateList(field: string, value: readonly unknown[], { schema, errors }: SchemaCheck): void {
  const { items, minItems, maxItems } = schema;
  if (minItems !== undefined && value.length < minItems) {
    errors.invalid(field, value.length, `${field} in body should have at least ${minItems} items`);
  }
  if (maxItems !== undefined && value.length > maxItems) {
    errors.invalid(field, value.length, `${field} in body should have at most ${maxItems} items`);
  }
  if (items === undefined) return;
  for (const [place, item] of value.entries()) validateBySchema(`${field}[${place}]`, item, { schema: items, errors });
}

function validateObject(field: string, value: Fields, { schema, errors }: SchemaCheck): void {
  const at = (name: string): string => (field === '' ? name : `${field}.${name}`);
  for (const name of schema.required ?? []) if (value[name] === undefined) errors.required(at(name));
  for (const [name, member] of Object.entries(value)) {
    const known = field === '' && ofEveryObject.includes(name) ? undefined : memberSchema(schema, name);
    if (known !== undefined) validateBySchema(at(name), member, { schema: known, errors });
  }
}

/** A pattern that this runtime cannot read holds for everything. */
function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return true;
  }
}
