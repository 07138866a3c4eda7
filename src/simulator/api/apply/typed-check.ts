// Whether an applied manifest fits its kind: fields that it declares, types, and lists whose elements can be told apart. The words are
// those of structured-merge-diff.

import { kindKey } from '../../../kubernetes/kind.ts';
import { kindOfObject } from '../../../kubernetes/kinds.ts';
import { fieldsOf, typeOfKind } from '../../../kubernetes/fields.ts';
import type { FieldType, Scalar } from '../../../kubernetes/fields.ts';
import type { Json, JsonObject } from '../../../kubernetes/object.ts';
import { goFormat } from '../../../kubernetes/patch/go-format.ts';
import { shapeOfKind } from '../../../kubernetes/patch/merge-keys.ts';
import type { Shape } from '../../../kubernetes/patch/shape.ts';
import { isJsonList, isJsonObject } from '../../../kubernetes/patch/with-members.ts';
import { formatFieldPath } from './field-path.ts';
import type { FieldStep } from './field-set.ts';
import { elementShape, stepOf } from './topology.ts';

type Manifest = JsonObject & { readonly apiVersion: string; readonly kind: string };

/** All that keeps a manifest from being applied, in its own order; nothing is known of kinds that are not built in. */
export function typeErrors(manifest: Manifest): readonly string[] {
  const kind = kindOfObject(manifest);
  const type = kind === undefined ? undefined : typeOfKind(kind);
  if (type === undefined) return [];
  const errors: string[] = [];
  checkValue(manifest, { kind: 'object', type }, { path: [], shape: shapeOfKind(kindKey(manifest)), errors });
  return errors;
}

interface Place {
  readonly path: readonly FieldStep[];
  readonly shape: Shape | undefined;
  readonly errors: string[];
}

function checkValue(value: Json, type: FieldType, place: Place): void {
  if (value === null || type.kind === 'any') return;
  const { errors, path } = place;
  if (type.kind === 'scalar') {
    const why = scalarError(value, type.scalar);
    if (why !== undefined) errors.push(`${formatFieldPath(path)}: ${why}`);
  } else if (type.kind === 'list') {
    if (isJsonList(value)) checkList(value, type.of, place);
    else errors.push(`${formatFieldPath(path)}: expected list, got &{${goFormat(value)}}`);
  } else if (isJsonObject(value)) {
    checkMembers(value, type, place);
  } else {
    errors.push(`${formatFieldPath(path)}: expected map, got &{${goFormat(value)}}`);
  }
}

function checkMembers(
  value: JsonObject,
  type: Exclude<FieldType, { readonly kind: 'any' | 'scalar' }>,
  { path, shape, errors }: Place,
): void {
  const fields = type.kind === 'object' ? fieldsOf(type.type) : undefined;
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const below = { path: [...path, `f:${name}`], shape: shape?.fields?.get(name), errors };
    const memberType = type.kind === 'object' ? fields?.get(name) : type.of;
    if (memberType === undefined) errors.push(`${formatFieldPath(below.path)}: field not declared in schema`);
    else checkValue(member, memberType, below);
  }
}

function checkList(list: readonly Json[], type: FieldType, { path, shape, errors }: Place): void {
  const where = formatFieldPath(path);
  const seen = new Set<FieldStep>();
  for (const [at, element] of list.entries()) {
    const associative = shape?.applyKeys !== undefined || shape?.ownership === 'set';
    const step = associative ? stepOf(element, shape) : `i:${at}`;
    if (step === undefined) {
      const key = shape?.applyKeys?.find(
        ({ name, default: value }) => value === undefined && !hasMember(element, name),
      )?.name;
      errors.push(
        `${where}: element ${at}: associative list with keys has an element that omits key field ${JSON.stringify(key)} (and doesn't have default value)`,
      );
      continue;
    }
    if (seen.has(step)) errors.push(`${where}: duplicate entries for key ${formatFieldPath([step])}`);
    seen.add(step);
    checkValue(element, type, { path: [...path, step], shape: elementShape(shape), errors });
  }
}

function hasMember(element: Json, name: string): boolean {
  return isJsonObject(element) && element[name] !== undefined && element[name] !== null;
}

function scalarError(value: Json, scalar: Scalar): string | undefined {
  switch (scalar) {
    case 'bool':
      return typeof value === 'boolean' ? undefined : `expected boolean, got &{${goFormat(value)}}`;
    case 'int32':
    case 'int64':
    case 'float64':
      return typeof value === 'number' ? undefined : `expected numeric (int or float), got ${goTypeName(value)}`;
    case 'intOrString':
    case 'quantity':
      return typeof value === 'number' || typeof value === 'string'
        ? undefined
        : `expected string, got &{${goFormat(value)}}`;
    case 'string':
    case 'bytes':
    case 'time':
    case 'microTime':
      break;
  }
  return typeof value === 'string'
    ? undefined
    : `expected string, got &value.valueUnstructured{Value:${goFormat(value)}}`;
}

function goTypeName(value: Json): string {
  if (isJsonList(value)) return '[]interface {}';
  if (isJsonObject(value)) return 'map[string]interface {}';
  return typeof value === 'boolean' ? 'bool' : 'string';
}
