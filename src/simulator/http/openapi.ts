// OpenAPI v3, as far as clients need it: kubectl asks it whether a kind takes `fieldValidation`, and explains fields by it.
// PATCH does not list strategic merge patches, so that kubectl merges with its built-in types (API-DISC-10).

import { createHash } from 'node:crypto';
import { fieldsOf, goNameOf, typeOfKind } from '../../kubernetes/fields.ts';
import type { FieldType, Scalar } from '../../kubernetes/fields.ts';
import type { JsonObject } from '../../kubernetes/object.ts';
import type { ServedKind } from './catalogue.ts';
import type { Descriptions } from './descriptions.ts';

/** `/openapi/v3`: where the document of each group and version is. */
export function openapiIndex(served: readonly ServedKind[]): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const path of new Set(served.map(pathOf))) {
    paths[path] = { serverRelativeURL: `/openapi/v3/${path}?hash=${hashOf(path, served)}` };
  }
  return { paths };
}

/** The document of a path such as `apis/apps/v1`; undefined when nothing is served there. */
export function openapiDocument(
  path: string,
  served: readonly ServedKind[],
  descriptions: Descriptions,
): JsonObject | undefined {
  const kinds = served.filter((kind) => pathOf(kind) === path);
  if (kinds.length === 0) return undefined;
  const schemas = new Schemas(descriptions);
  const paths: Record<string, JsonObject> = {};
  for (const kind of kinds) {
    schemas.addKind(kind);
    paths[objectPath(kind)] = operationsOf(kind);
  }
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.36.2' },
    paths,
    components: { schemas: schemas.written },
  };
}

function pathOf({ kind }: Pick<ServedKind, 'kind'>): string {
  return kind.group === '' ? `api/${kind.version}` : `apis/${kind.group}/${kind.version}`;
}

/** Clients keep a document for as long as its hash stays. */
function hashOf(path: string, served: readonly ServedKind[]): string {
  const hash = createHash('sha256').update('2');
  for (const { kind, definition } of served) {
    if (pathOf({ kind }) !== path) continue;
    hash.update(`${kind.plural} ${definition?.metadata.uid ?? ''} ${definition?.metadata.generation ?? ''}\n`);
  }
  return hash.digest('hex').toUpperCase();
}

function objectPath(served: ServedKind): string {
  const { kind } = served;
  return `/${pathOf(served)}/${kind.namespaced ? 'namespaces/{namespace}/' : ''}${kind.plural}/{name}`;
}

function operationsOf(served: ServedKind): JsonObject {
  const { kind } = served;
  const gvk = { group: kind.group, version: kind.version, kind: kind.kind };
  const answer = { description: 'OK', content: { 'application/json': { schema: reference(schemaName(served)) } } };
  const operation = (action: string): JsonObject => ({
    parameters: ['dryRun', 'fieldManager', 'fieldValidation'].map((name) => ({
      name,
      in: 'query',
      schema: { type: 'string', uniqueItems: true },
    })),
    responses: { '200': answer },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': gvk,
  });
  return { get: operation('get'), put: operation('put'), patch: operation('patch') };
}

function schemaName({ kind, definition }: ServedKind): string {
  const type = typeOfKind(kind);
  if (definition === undefined && type !== undefined) return typeName(type);
  return [...kind.group.split('.').toReversed(), kind.version, kind.kind].join('.');
}

/** kubectl shows what stands behind the last dot. */
function typeName(type: string): string {
  return `io.k8s.${type}.${goNameOf(type)}`;
}

function reference(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}

/** The schemas of a document: each type once, with all that it is made of. */
class Schemas {
  readonly written: Record<string, JsonObject> = {};
  readonly #descriptions: Descriptions;

  constructor(descriptions: Descriptions) {
    this.#descriptions = descriptions;
  }

  addKind(served: ServedKind): void {
    const { kind, definition } = served;
    const gvk = [{ group: kind.group, kind: kind.kind, version: kind.version }];
    const name = schemaName(served);
    const type = typeOfKind(kind);
    if (definition === undefined && type !== undefined) this.#addType(type);
    else this.written[name] = this.#customSchema(served);
    this.written[name] = { ...this.written[name], 'x-kubernetes-group-version-kind': gvk };
  }

  /** The schema that the definition gives; kind, version and metadata are those of every object. */
  #customSchema({ kind, definition }: ServedKind): JsonObject {
    const { spec = {} } = (definition ?? {}) as {
      readonly spec?: {
        readonly versions?: readonly {
          readonly name: string;
          readonly schema?: { readonly openAPIV3Schema?: JsonObject };
        }[];
      };
    };
    const schema = spec.versions?.find(({ name }) => name === kind.version)?.schema?.openAPIV3Schema ?? {};
    const { properties } = schema as { readonly properties?: JsonObject };
    this.#addType('V1ObjectMeta');
    const metadata = { allOf: [reference(typeName('V1ObjectMeta'))], default: {} };
    const common = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata };
    return { ...schema, type: 'object', properties: { ...common, ...properties } };
  }

  #addType(type: string): void {
    const name = typeName(type);
    if (this.written[name] !== undefined) return;
    // Set first: types refer to themselves (JSONSchemaProps).
    this.written[name] = {};
    const { description = '', required, fields = {} } = this.#descriptions[type] ?? {};
    const properties: Record<string, JsonObject> = {};
    for (const [field, fieldType] of fieldsOf(type)) {
      const told = fields[field] ?? '';
      const said = typeof told === 'string' ? { description: told } : { description: told.text, enum: told.values };
      properties[field] = { ...said, ...this.#schemaOf(fieldType) };
    }
    this.written[name] = { description, type: 'object', ...(required === undefined ? {} : { required }), properties };
  }

  #schemaOf(type: FieldType): JsonObject {
    switch (type.kind) {
      case 'any':
        return { 'x-kubernetes-preserve-unknown-fields': true };
      case 'list':
        return { type: 'array', items: this.#schemaOf(type.of) };
      case 'map':
        return { type: 'object', additionalProperties: this.#schemaOf(type.of) };
      case 'object':
        this.#addType(type.type);
        return { allOf: [reference(typeName(type.type))] };
      case 'scalar':
        break;
    }
    const named = namedScalars[type.scalar];
    if (named === undefined) return scalarSchemas[type.scalar];
    this.written[named] = scalarSchemas[type.scalar];
    return { allOf: [reference(named)] };
  }
}

/** Scalars that are types of their own, which clients show by name. */
const namedScalars: Partial<Readonly<Record<Scalar, string>>> = {
  intOrString: 'io.k8s.apimachinery.pkg.util.intstr.IntOrString',
  quantity: 'io.k8s.apimachinery.pkg.api.resource.Quantity',
};

const scalarSchemas: Readonly<Record<Scalar, JsonObject>> = {
  string: { type: 'string' },
  bytes: { type: 'string', format: 'byte' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  float64: { type: 'number', format: 'double' },
  bool: { type: 'boolean' },
  time: { type: 'string', format: 'date-time' },
  microTime: { type: 'string', format: 'date-time' },
  intOrString: { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
  quantity: { oneOf: [{ type: 'string' }, { type: 'number' }] },
};
