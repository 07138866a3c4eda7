// The field names and types of built-in kinds, out of the generated table. Large: to be imported by `decode.ts` and its users alone.

import { fieldTable } from './fields.gen.ts';
import type { Kind } from './kind.ts';

/** The type of a field. */
export type FieldType =
  | { readonly kind: 'scalar'; readonly scalar: Scalar }
  /** Anything may stand here. */
  | { readonly kind: 'any' }
  | { readonly kind: 'object'; readonly type: string }
  /** `kept`: an empty one is written (no `omitempty`). */
  | { readonly kind: 'list' | 'map'; readonly of: FieldType; readonly kept: boolean };

/** Scalars, under the names that Go has for them where it has one. */
export type Scalar =
  | 'string'
  | 'bytes'
  | 'int32'
  | 'int64'
  | 'float64'
  | 'bool'
  | 'time'
  | 'microTime'
  | 'intOrString'
  | 'quantity';

const scalars: Readonly<Record<string, Scalar>> = {
  s: 'string',
  y: 'bytes',
  i: 'int32',
  l: 'int64',
  d: 'float64',
  b: 'bool',
  t: 'time',
  u: 'microTime',
  o: 'intOrString',
  q: 'quantity',
};

const namesInModels: Readonly<Record<string, string>> = {
  'v1 Event': 'CoreV1Event',
  'events.k8s.io/v1 Event': 'EventsV1Event',
};

/** Rows of the table that were read, by type. Filled as types are asked for; the same whatever the order. */
class Fields {
  readonly #rows = new Map<string, string>();
  readonly #read = new Map<string, ReadonlyMap<string, FieldType>>();

  constructor(table: string) {
    for (const row of table.trim().split('\n')) this.#rows.set(row.slice(0, row.indexOf(' ')), row);
  }

  has(type: string): boolean {
    return this.#rows.has(type);
  }

  of(type: string): ReadonlyMap<string, FieldType> {
    let fields = this.#read.get(type);
    if (fields === undefined) {
      const pairs = (this.#rows.get(type) ?? '').split(' ').slice(1);
      fields = new Map(
        pairs.map((pair) => [pair.slice(0, pair.lastIndexOf(':')), readType(pair.slice(pair.lastIndexOf(':') + 1))]),
      );
      this.#read.set(type, fields);
    }
    return fields;
  }
}

const fields = new Fields(fieldTable);

/** The name of a kind's type in the table; undefined for kinds that are not built in. */
export function typeOfKind(kind: Pick<Kind, 'group' | 'version' | 'kind'>): string | undefined {
  const apiVersion = kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
  const name = namesInModels[`${apiVersion} ${kind.kind}`] ?? `${kind.version.toUpperCase()}${kind.kind}`;
  return fields.has(name) ? name : undefined;
}

/** The fields of a type, by name. Empty for a type that is not in the table. */
export function fieldsOf(type: string): ReadonlyMap<string, FieldType> {
  return fields.of(type);
}

/** The type's name in Go, without its package: `V1StatefulSetSpec` is `StatefulSetSpec`. */
export function goNameOf(type: string): string {
  return type.replace(/^(?:[A-Z][a-z]+)?V\d+(?=[A-Z])/, '');
}

/** A field's type as Go prints it: `int32`, `[]v1.Container`, `map[string]string`. */
export function goTypeOf(type: FieldType): string {
  switch (type.kind) {
    case 'any':
      return 'interface {}';
    case 'list':
      return `[]${goTypeOf(type.of)}`;
    case 'map':
      return `map[string]${goTypeOf(type.of)}`;
    case 'object':
      return `${/V\d+(?=[A-Z])/.exec(type.type)?.[0].toLowerCase() ?? ''}.${goNameOf(type.type)}`;
    case 'scalar':
      break;
  }
  return goScalars[type.scalar] ?? type.scalar;
}

const goScalars: Partial<Readonly<Record<Scalar, string>>> = {
  bytes: '[]uint8',
  time: 'v1.Time',
  microTime: 'v1.MicroTime',
  intOrString: 'intstr.IntOrString',
  quantity: 'resource.Quantity',
};

function readType(code: string): FieldType {
  const kept = code.endsWith('!');
  const plain = kept ? code.slice(0, -1) : code;
  if (plain.startsWith('[')) return { kind: 'list', of: readType(plain.slice(1)), kept };
  if (plain.startsWith('{')) return { kind: 'map', of: readType(plain.slice(1)), kept };
  if (plain === '*') return { kind: 'any' };
  const scalar = scalars[plain];
  return scalar === undefined ? { kind: 'object', type: plain } : { kind: 'scalar', scalar };
}
