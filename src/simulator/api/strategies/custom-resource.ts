// Custom kinds: what a CustomResourceDefinition names is served under its schema. Their generation moves with everything but
// metadata and status (API-META-05).

import { same } from '../../store/same.ts';
import { without } from '../defaults/fields.ts';
import { completeStrategy } from '../strategy.ts';
import { completeBySchema, validateBySchema } from '../validation/structural-schema.ts';
import { subdomainProblems } from '../validation/names.ts';
import { specOf, withStatus } from './members.ts';
import type { Kind } from '../../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import { composeKindKey } from '../../../kubernetes/kind.ts';
import type { Fields } from '../defaults/fields.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Strategy, StrategyDefinition } from '../strategy.ts';
import type { StructuralSchema } from '../validation/structural-schema.ts';

interface DefinitionSpec {
  readonly group?: string;
  readonly scope?: string;
  readonly names?: {
    readonly kind?: string;
    readonly listKind?: string;
    readonly plural?: string;
    readonly singular?: string;
    readonly shortNames?: readonly string[];
  };
  readonly versions: readonly {
    readonly name?: string;
    readonly served?: boolean;
    readonly storage?: boolean;
    readonly subresources?: { readonly status?: object; readonly scale?: object };
    readonly schema?: { readonly openAPIV3Schema?: StructuralSchema };
  }[];
}

/** What a definition serves. */
export interface DefinedKind {
  readonly kind: Kind;
  readonly statusSubresource: boolean;
  readonly schema?: StructuralSchema;
}

/** A list that is left out is stored as null here, as in Go. */
function definitionOf(object: KubernetesObject): DefinitionSpec {
  const spec = specOf<Partial<DefinitionSpec>>(object);
  return { ...spec, versions: spec.versions ?? [] };
}

/** The rules of a custom kind. Without a status subresource, the status is written with the rest; without a schema, anything is. */
export function customStrategy(kind: Kind, statusSubresource: boolean, schema?: StructuralSchema): Strategy {
  const cover = (object: KubernetesObject): unknown =>
    statusSubresource ? without(object, 'metadata', 'status') : without(object, 'metadata');
  return completeStrategy({
    kind,
    hasGeneration: true,
    unconditionalUpdate: false,
    subresources: statusSubresource ? ['status'] : [],
    nameProblems: subdomainProblems,
    ...(schema !== undefined && rulesOf(schema)),
    prepareForCreate: (object) => (statusSubresource ? without(object, 'status') : object),
    prepareForStatus: (next, current) => ({ ...next, metadata: current.metadata }),
    movesGeneration: (next, current) => !same(cover(next), cover(current)),
  });
}

/** What the schema of a kind makes of its objects. Their metadata is every object's, and not the schema's. */
function rulesOf(
  schema: StructuralSchema,
): Pick<Strategy, 'default' | 'validate' | 'validateUpdate' | 'validateStatus'> {
  const validate = (object: KubernetesObject, errors: FieldErrors): void =>
    validateBySchema('', object, { schema, errors });
  return {
    default(object) {
      const { apiVersion, kind, metadata } = object;
      const content = without(object, 'apiVersion', 'kind', 'metadata');
      const completed = completeBySchema(content, schema);
      return completed === content ? object : { apiVersion, kind, metadata, ...(completed as Fields) };
    },
    validate,
    validateUpdate: (next, _, errors) => validate(next, errors),
    validateStatus: (next, _, errors) => validate(next, errors),
  };
}

/** The kind that a definition serves: its storage version. Undefined when it names none. */
export function definedKind(definition: KubernetesObject): DefinedKind | undefined {
  const { group = '', scope, names = {}, versions } = definitionOf(definition);
  const version = versions.find(({ storage }) => storage === true);
  if (
    version?.name === undefined ||
    version.served === false ||
    names.kind === undefined ||
    names.plural === undefined
  ) {
    return undefined;
  }
  const kind: Kind = {
    key: composeKindKey(group, names.kind),
    group,
    version: version.name,
    kind: names.kind,
    plural: names.plural,
    shortNames: names.shortNames ?? [],
    namespaced: scope !== 'Cluster',
  };
  const schema = version.schema?.openAPIV3Schema;
  const statusSubresource = version.subresources?.status !== undefined;
  return { kind, statusSubresource, ...(schema !== undefined && { schema }) };
}

/** The rules of CustomResourceDefinitions. */
export const customResourceDefinition: Omit<StrategyDefinition, 'kind'> = {
  hasGeneration: true,
  subresources: ['status'],
  prepareForCreate: (object) => withStatus(object, establishedStatus(object, undefined)),
  validate(object, errors) {
    const { group = '', scope, names = {}, versions } = definitionOf(object);
    const wanted = `${names.plural ?? ''}.${group}`;
    if (object.metadata.name !== wanted) {
      errors.invalid('metadata.name', object.metadata.name, 'must be spec.names.plural+"."+spec.group');
    }
    if (group === '') errors.required('spec.group');
    if (!scope) errors.required('spec.scope');
    else errors.oneOf('spec.scope', scope, ['Cluster', 'Namespaced']);
    if (!versions.some(({ storage }) => storage === true)) {
      errors.invalid('spec.versions', versions, 'must have exactly one version marked as storage version');
    }
    if (!names.plural) errors.required('spec.names.plural');
    if (!names.kind) errors.required('spec.names.kind');
  },
};

/** The status of a definition before (`at` absent) and after its kind is served. */
export function establishedStatus(definition: KubernetesObject, at: string | undefined): object {
  const { names = {}, versions } = definitionOf(definition);
  const storedVersions = versions.filter(({ storage }) => storage === true).map(({ name }) => name);
  if (at === undefined) return { conditions: null, acceptedNames: { plural: '', kind: '' }, storedVersions };
  const condition = (type: string, reason: string, message: string): object => ({
    type,
    status: 'True',
    lastTransitionTime: at,
    reason,
    message,
  });
  const conditions = [
    condition('NamesAccepted', 'NoConflicts', 'no conflicts found'),
    condition('Established', 'InitialNamesAccepted', 'the initial names have been accepted'),
  ];
  const kind = names.kind ?? '';
  const singular = names.singular ?? kind.toLowerCase();
  return {
    conditions,
    acceptedNames: { ...names, singular, listKind: names.listKind ?? `${kind}List` },
    storedVersions,
  };
}
