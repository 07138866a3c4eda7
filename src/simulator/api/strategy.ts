// What differs between kinds: a strategy holds a kind's defaults, validation, generation and deletion rules. The pipeline
// (`requests/`) is the same for all.

import { same } from '../store/same.ts';
import { without } from './defaults/fields.ts';
import { subdomainProblems } from './validation/names.ts';
import type { Kind } from '../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { ApiContext } from './context.ts';
import type { FieldErrors } from './field-errors.ts';
import type { Result } from './server.ts';

/** The subresources that are modelled. */
export type Subresource = 'status' | 'scale' | 'finalize' | 'binding' | 'eviction';

/** The rules of one kind. Functions that return an object return the one that they were given when nothing differs. */
export interface Strategy {
  readonly kind: Kind;
  readonly subresources: ReadonlySet<Subresource>;
  /** Whether objects carry `metadata.generation` (API-META-05). */
  readonly hasGeneration: boolean;
  /** PUT without a resourceVersion is taken (API-UPD-02). */
  readonly unconditionalUpdate: boolean;
  /** PUT to an absent name creates (API-CREATE-07). */
  readonly createsOnUpdate: boolean;
  /** DELETE answers with the object rather than with a Status (API-DEL-02). */
  readonly answersDeleted: boolean;
  /** Dependents are orphaned when a deletion does not say (API-GC-02). */
  readonly orphansByDefault: boolean;
  /** Labels that fieldSelector may name, besides metadata.name and metadata.namespace (API-LIST-06). */
  readonly fieldLabels: ReadonlyMap<string, (object: KubernetesObject) => string>;
  /** What is wrong with a name; a `prefix` is a generateName and may end in a dash. */
  nameProblems(name: string, prefix: boolean): readonly string[];
  /** Fills what is not set, and writes values in their stored form. */
  default(object: KubernetesObject): KubernetesObject;
  /** Admission at create: may change or refuse. */
  admit(object: KubernetesObject, context: ApiContext): Result;
  /** The initial status, and what else a client cannot choose. */
  prepareForCreate(object: KubernetesObject, context: ApiContext): KubernetesObject;
  validate(object: KubernetesObject, errors: FieldErrors, context: ApiContext): void;
  /** Takes back what a write of the main resource cannot change; `status` is handled for every kind alike. */
  prepareForUpdate(next: KubernetesObject, current: KubernetesObject, context: ApiContext): KubernetesObject;
  /** Called with the two objects sharing what did not change, so that equal subtrees cost a comparison of references. */
  validateUpdate(next: KubernetesObject, current: KubernetesObject, errors: FieldErrors, context: ApiContext): void;
  /** Takes back what a write of `/status` cannot change besides the spec (API-UPD-05). */
  prepareForStatus(next: KubernetesObject, current: KubernetesObject): KubernetesObject;
  validateStatus(next: KubernetesObject, current: KubernetesObject, errors: FieldErrors): void;
  /** Admission at update: may refuse. */
  admitUpdate(next: KubernetesObject, current: KubernetesObject, context: ApiContext): Result;
  /** Takes what is shared between objects (addresses), after validation; `current` is absent at create. */
  allocate?(next: KubernetesObject, current: KubernetesObject | undefined, context: ApiContext): Result;
  /** Whether a write of the main resource raises the generation (API-META-06). */
  movesGeneration(next: KubernetesObject, current: KubernetesObject): boolean;
  /** Seconds for which a deletion leaves the object; undefined for kinds that are not deleted gracefully. */
  gracePeriod?(object: KubernetesObject, requested: number | undefined): number;
  /** Replaces the whole deletion (namespaces). */
  delete?(object: KubernetesObject, context: ApiContext): Result | undefined;
  /** Whether an update has taken the last obstacle to the removal of a terminating object. */
  removable(next: KubernetesObject): boolean;
  /** Texts for `Warning` headers of creates and updates. */
  warnings(object: KubernetesObject): readonly string[];
  /** Texts for `Warning` headers of reads. */
  readonly warnsAlways: readonly string[];
}

/** A strategy as kinds define it: what is left out behaves as for a plain object such as a ConfigMap. */
export type StrategyDefinition = { readonly kind: Kind } & Partial<Omit<Strategy, 'kind' | 'subresources'>> & {
    readonly subresources?: readonly Subresource[];
  };

/** Completes a definition. */
export function completeStrategy(definition: StrategyDefinition): Strategy {
  const subresources = new Set(definition.subresources ?? []);
  // A status that has a subresource of its own cannot be sent with a creation (API-CREATE-02).
  const statusless = subresources.has('status') ? { prepareForCreate: withoutStatus } : {};
  return { ...plain, ...statusless, ...definition, subresources };
}

function withoutStatus(object: KubernetesObject): KubernetesObject {
  return without(object, 'status');
}

const plain: Omit<Strategy, 'kind' | 'subresources'> = {
  hasGeneration: false,
  unconditionalUpdate: true,
  createsOnUpdate: false,
  answersDeleted: false,
  orphansByDefault: false,
  fieldLabels: new Map(),
  nameProblems: subdomainProblems,
  default: (object) => object,
  admit: (value) => ({ ok: true, value }),
  prepareForCreate: (object) => object,
  validate: () => undefined,
  prepareForUpdate: (next) => next,
  validateUpdate: () => undefined,
  prepareForStatus: (next) => next,
  validateStatus: () => undefined,
  admitUpdate: (value) => ({ ok: true, value }),
  movesGeneration: (next, current) => !same(next['spec'], current['spec']),
  removable: ({ metadata }) =>
    metadata.deletionTimestamp !== undefined &&
    metadata.deletionGracePeriodSeconds === 0 &&
    (metadata.finalizers === undefined || metadata.finalizers.length === 0),
  warnings: () => [],
  warnsAlways: [],
};
