// Who owns which fields: `metadata.managedFields`, read and written. Follows apimachinery/pkg/util/managedfields.

import type { Json, JsonObject, KubernetesObject } from '../../../kubernetes/object.ts';
import { decodeSet, difference, encodeSet, isEmptySet, setOfPaths, union } from './field-set.ts';
import type { FieldSet } from './field-set.ts';

/** One owner of fields. Applies and updates of one name are two owners, and so are a name's writes to a subresource. */
export interface Manager {
  readonly name: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly subresource: string;
  /** RFC 3339, whole seconds; absent in entries that somebody wrote without. */
  readonly time: string | undefined;
  readonly fields: FieldSet;
}

/** Owners by identity. */
export type Managers = ReadonlyMap<string, Manager>;

const serverMetadata =
  'name namespace creationTimestamp selfLink uid clusterName generation managedFields resourceVersion'.split(' ');

/** Fields that belong to the server and are owned by nobody. */
const serverOwned: FieldSet = setOfPaths([
  ['f:apiVersion'],
  ['f:kind'],
  ['f:metadata'],
  ...serverMetadata.map((name) => ['f:metadata', `f:${name}`]),
]);

const updatersMax = 10;
const ancient = 'ancient-changes';

/** What tells owners apart; for appliers the version does not. Sorting by it is the order of messages. */
export function identityOf({
  name,
  operation,
  apiVersion,
  subresource,
}: Pick<Manager, 'name' | 'operation' | 'apiVersion' | 'subresource'>): string {
  const version = operation === 'Update' ? `,"apiVersion":${JSON.stringify(apiVersion)}` : '';
  const part = subresource === '' ? '' : `,"subresource":${JSON.stringify(subresource)}`;
  return `{"manager":${JSON.stringify(name)},"operation":"${operation}"${version}${part}}`;
}

/** Reads the owners of an object. Entries of other formats than FieldsV1 count for nothing. */
export function managersOf(
  object: { readonly metadata?: { readonly managedFields?: readonly JsonObject[] } } | undefined,
): Managers {
  const managers = new Map<string, Manager>();
  for (const entry of object?.metadata?.managedFields ?? []) {
    if (entry['fieldsType'] !== 'FieldsV1') continue;
    const manager = managerOf(entry);
    managers.set(identityOf(manager), manager);
  }
  return managers;
}

/** The object with these owners written into it; owners of nothing are left out. */
export function withManagers<T extends Pick<KubernetesObject, 'metadata'>>(object: T, managers: Managers): T {
  const entries = [...managers.values()].filter(({ fields }) => !isEmptySet(fields)).sort(compareManagers);
  const { managedFields: _, ...metadata } = object.metadata;
  const managedFields = entries.map(entryOf);
  return { ...object, metadata: entries.length === 0 ? metadata : { ...metadata, managedFields } };
}

/** The set without what belongs to the server (`metadata.name`, `uid`, …). */
export function withoutServerFields(fields: FieldSet): FieldSet {
  return difference(fields, serverOwned);
}

/** Bounds the number of updaters: the oldest become one, `ancient-changes`. */
export function capUpdaters(managers: Managers): Managers {
  if (managers.size <= updatersMax) return managers;
  const updaters = [...managers.values()].filter(({ operation }) => operation === 'Update').sort(compareManagers);
  const surplus = updaters.slice(0, Math.max(0, updaters.length - updatersMax + 1));
  if (updaters.length <= updatersMax) return managers;
  const capped = new Map(managers);
  for (const manager of surplus) {
    capped.delete(identityOf(manager));
    const merged = { ...manager, name: ancient, subresource: '' };
    const known = capped.get(identityOf(merged));
    capped.set(
      identityOf(merged),
      known === undefined ? merged : { ...merged, fields: union(known.fields, manager.fields) },
    );
  }
  return capped;
}

/** What entries that were written here say: an object's writes seldom concern more than one of its owners. */
const managerOfEntry = new WeakMap<JsonObject, Manager>();
const entryOfManager = new WeakMap<Manager, JsonObject>();

function managerOf(entry: JsonObject): Manager {
  return (
    managerOfEntry.get(entry) ?? {
      name: text(entry['manager']),
      operation: entry['operation'] === 'Apply' ? 'Apply' : 'Update',
      apiVersion: text(entry['apiVersion']),
      subresource: text(entry['subresource']),
      time: typeof entry['time'] === 'string' ? entry['time'] : undefined,
      fields: decodeSet(entry['fieldsV1']),
    }
  );
}

function entryOf(manager: Manager): JsonObject {
  let entry = entryOfManager.get(manager);
  if (entry === undefined) {
    entry = encodeManager(manager);
    entryOfManager.set(manager, entry);
    managerOfEntry.set(entry, manager);
  }
  return entry;
}

function encodeManager({ name, operation, apiVersion, subresource, time, fields }: Manager): JsonObject {
  return {
    manager: name,
    operation,
    apiVersion,
    ...(time === undefined ? {} : { time }),
    fieldsType: 'FieldsV1',
    fieldsV1: encodeSet(fields),
    ...(subresource === '' ? {} : { subresource }),
  };
}

function compareManagers(a: Manager, b: Manager): number {
  return (
    compareText(a.operation, b.operation) ||
    compareText(a.time ?? '', b.time ?? '') ||
    compareText(a.name, b.name) ||
    compareText(a.apiVersion, b.apiVersion) ||
    compareText(a.subresource, b.subresource)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
