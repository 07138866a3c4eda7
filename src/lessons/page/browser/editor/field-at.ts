// What Kubernetes knows of a place in a manifest: the type that stands there, and what its fields are for.

import { fieldsOf, goNameOf, goTypeOf, typeOfKind } from '../../../../kubernetes/fields.ts';
import { kindOfObject } from '../../../../kubernetes/kinds.ts';
import type { FieldType } from '../../../../kubernetes/fields.ts';

/** schema/kubernetes-descriptions.json: what types and fields are for, by the type's name. */
export interface Descriptions {
  readonly types: Readonly<Record<string, DescribedType | undefined>>;
}

/** A type. Fields that take one of a few words have these beside their text. */
export interface DescribedType {
  readonly description?: string;
  readonly fields: Readonly<
    Record<string, string | { readonly text: string; readonly values?: readonly string[] } | undefined>
  >;
}

/** A field of a kind: its own type, and the type that has it. */
export interface FoundField {
  readonly type: FieldType;
  readonly owner: string | undefined;
  readonly name: string;
}

/** The field at a path of a document; undefined where the kind or a field is not known. */
export function fieldAt(
  { apiVersion, kind }: { readonly apiVersion: string | undefined; readonly kind: string | undefined },
  path: readonly string[],
): FoundField | undefined {
  const known = apiVersion === undefined || kind === undefined ? undefined : kindOfObject({ apiVersion, kind });
  const root = known === undefined ? undefined : typeOfKind(known);
  if (root === undefined) return undefined;
  let found: FoundField | undefined = { type: { kind: 'object', type: root }, owner: undefined, name: '' };
  for (const name of path) {
    found = found === undefined ? undefined : below(found.type, name);
  }
  return found;
}

function below(type: FieldType, name: string): FoundField | undefined {
  if (name === '[]') return type.kind === 'list' ? { type: type.of, owner: undefined, name } : undefined;
  if (type.kind === 'map') return { type: type.of, owner: undefined, name };
  const field = type.kind === 'object' ? fieldsOf(type.type).get(name) : undefined;
  return field === undefined || type.kind !== 'object' ? undefined : { type: field, owner: type.type, name };
}

/** A type in a word that a reader of manifests knows: `string`, `integer`, `list of Container`. */
export function typeWord(type: FieldType): string {
  switch (type.kind) {
    case 'object':
      return goNameOf(type.type);
    case 'list':
      return `[]${typeWord(type.of)}`;
    case 'map':
      return 'map';
    case 'any':
      return 'any';
    case 'scalar':
      break;
  }
  return type.scalar === 'intOrString' ? 'int | string' : goTypeOf(type).replace(/^.*\./, '');
}
