// What `kubectl get` shows of the objects at a point.

import { ColumnWriter } from './column-writer.ts';
import { prefixOf } from './cluster-view.ts';
import { parseJsonPath, runJsonPath, shownValue, valuesOf } from './json-path.ts';
import { headerRow, objectRow } from './object-rows.ts';
import { selectObjects } from './select-objects.ts';
import { plainObject, jsonText } from './plain-object.ts';
import { yamlText } from './yaml-text.ts';
import type { Json, KubernetesObject } from '../object.ts';
import type { ClusterView } from './cluster-view.ts';
import type { GetRequest } from './request.ts';
import type { Selected, ShownObjects } from './select-objects.ts';

/** The output, errors behind what was found, as a terminal shows both. */
export function showGet(request: GetRequest, view: ClusterView): string {
  const found = selectObjects(request.targets, request, view);
  const errors = request.ignoreNotFound ? found.errors.filter((error) => !error.includes('(NotFound)')) : found.errors;
  const groups = found.groups.map((group) => sortGroup(group, request));
  const none = groups.every(({ objects }) => objects.length === 0);
  const lines = none && errors.length === 0 ? noneLines(request, found) : linesOf(request, groups, view);
  const text = [...lines, ...errors].map((line) => `${line}\n`).join('');
  // What a template prints ends where the template ends.
  return request.output.kind === 'jsonpath' && errors.length === 0 ? text.replace(/\n$/u, '') : text;
}

function noneLines({ output, ignoreNotFound }: GetRequest, { groups }: Selected): readonly string[] {
  if (ignoreNotFound || output.kind === 'name' || output.kind === 'jsonpath') return [];
  if (output.kind === 'yaml') return textLines(yamlText(listOf([])));
  if (output.kind === 'json') return textLines(jsonText(listOf([])));
  if (groups.length === 0) return [];
  return [`No resources found${groups.some(({ kind }) => kind.namespaced) ? ' in default namespace.' : ''}`];
}

function linesOf(request: GetRequest, groups: readonly ShownObjects[], view: ClusterView): readonly string[] {
  const { output } = request;
  const filled = groups.filter(({ objects }) => objects.length > 0);
  if (output.kind === 'table' || output.kind === 'custom-columns') return tableLines(request, groups, view);
  if (output.kind === 'name') {
    return filled.flatMap(({ kind, objects }) => objects.map(({ metadata }) => `${prefixOf(kind)}/${metadata.name}`));
  }
  if (filled.length === 0) return [];
  const objects = filled.flatMap((group) => group.objects.map((object) => plainObject(object, view)));
  const [first] = objects;
  const whole = first !== undefined && isSingle(request) ? first : listOf(objects);
  if (output.kind === 'yaml') return textLines(yamlText(whole));
  if (output.kind === 'json') return textLines(jsonText(whole));
  return output.kind === 'jsonpath' ? [runJsonPath(parseJsonPath(output.template) ?? [], whole)] : [];
}

/** One table a kind that has objects, with a blank line between; a list of custom columns has one header for all. */
function tableLines(request: GetRequest, groups: readonly ShownObjects[], view: ClusterView): readonly string[] {
  const prefixed = request.showKind || new Set(groups.map(({ kind }) => kind.key)).size > 1;
  const custom = request.output.kind === 'custom-columns';
  const filled = groups.filter(({ objects }) => objects.length > 0);
  const tables = filled.map(({ kind, objects }, at) => {
    const header = request.headers && !(custom && at > 0) ? [headerRow({ request, kind })] : [];
    return header.concat(objects.map((object) => objectRow(object, { request, kind, view, prefixed })));
  });
  if (custom) return new ColumnWriter().write(tables.flat());
  return tables.flatMap((rows, at) => (at === 0 ? [] : ['']).concat(new ColumnWriter().write(rows)));
}

function isSingle({ targets }: GetRequest): boolean {
  return targets.length === 1 && targets[0]?.names.length === 1;
}

function listOf(items: readonly Json[]): Json {
  return { apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } };
}

function textLines(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/u, '').split('\n');
}

function sortGroup(group: ShownObjects, { sortBy }: GetRequest): ShownObjects {
  const path = sortBy === undefined ? undefined : parseJsonPath(sortBy);
  if (path === undefined) return group;
  const keyOf = (object: KubernetesObject): unknown => valuesOf(path, object)[0];
  return { ...group, objects: group.objects.toSorted((a, b) => compareValues(keyOf(a), keyOf(b))) };
}

/** Numbers by size, the rest as text; what lacks the field comes first. */
function compareValues(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [shownValue(a), shownValue(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
