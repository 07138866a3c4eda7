// What may be written at a place of a manifest. Pure; `complete-manifest.ts` puts it into the editor.

import { apiVersionOf, kinds, qualifiedKind } from '../../../../kubernetes/kinds.ts';
import { fieldsOf } from '../../../../kubernetes/fields.ts';
import { fieldAt, typeWord } from './field-at.ts';
import { wordsOf } from './values.ts';
import type { FieldType } from '../../../../kubernetes/fields.ts';
import type { Descriptions } from './field-at.ts';
import type { Place } from './place-at.ts';

/** One thing that may be written. */
export interface Suggestion {
  readonly label: string;
  /** What is put into the text. */
  readonly insert: string;
  /** Its type in a word. */
  readonly detail: string;
  /** Where its description stands. */
  readonly of?: { readonly type: string; readonly field?: string };
}

/** Fields that the cluster writes and nobody else. */
const written: ReadonlySet<string> = new Set([
  'status',
  'managedFields',
  'selfLink',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
]);

/** What is known beside the place. */
export interface Known {
  /** Kinds that the exercise takes (`StatefulSet.apps`); empty: all. */
  readonly allowed: readonly string[];
  readonly descriptions: Descriptions;
}

/** Everything that fits. */
export function suggest(place: Place, known: Known): readonly Suggestion[] {
  if (place.part === 'value') return suggestValues(place, known);
  const found = fieldAt(place, place.path);
  if (found === undefined) return place.path.length === 0 ? topLevel(place) : [];
  const { type } = found;
  if (type.kind === 'object') return suggestFields(type.type, place);
  // An item of a list of words: `accessModes`.
  const list = fieldAt(place, place.path.slice(0, -1));
  if (place.path.at(-1) === '[]' && list?.owner !== undefined) {
    return asWords({ owner: list.owner, name: list.name }, known);
  }
  return [];
}

function suggestFields(type: string, { siblings, column, path }: Place): readonly Suggestion[] {
  return [...fieldsOf(type)]
    .filter(([name]) => !siblings.has(name) && !(written.has(name) && path.length < 2))
    .map(([name, field]) => ({
      label: name,
      insert: name + openingOf(field, column),
      detail: typeWord(field),
      of: { type, field: name },
    }));
}

/** What follows a name, so that the next word can be written at once. */
function openingOf(type: FieldType, column: number): string {
  const indent = ' '.repeat(column + 2);
  switch (type.kind) {
    case 'scalar':
    case 'any':
      return ': ';
    case 'list':
      return `:\n${indent}- `;
    case 'object':
    case 'map':
      break;
  }
  return `:\n${indent}`;
}

function topLevel({ siblings }: Place): readonly Suggestion[] {
  return ['apiVersion', 'kind', 'metadata', 'spec']
    .filter((name) => !siblings.has(name))
    .map((name) => ({
      label: name,
      insert: name === 'metadata' || name === 'spec' ? `${name}:\n  ` : `${name}: `,
      detail: name === 'metadata' || name === 'spec' ? 'object' : 'string',
    }));
}

function suggestValues(place: Place, known: Known): readonly Suggestion[] {
  const [name = ''] = place.path;
  if (place.path.length === 1 && name === 'kind') return suggestKinds(place, known);
  if (place.path.length === 1 && name === 'apiVersion') return suggestVersions(place, known);
  const found = fieldAt(place, place.path);
  if (found?.owner === undefined) return [];
  if (found.type.kind === 'scalar' && found.type.scalar === 'bool') {
    return ['true', 'false'].map((label) => ({ label, insert: label, detail: 'bool' }));
  }
  return asWords({ owner: found.owner, name: found.name }, known);
}

function suggestKinds({ apiVersion }: Place, { allowed }: Known): readonly Suggestion[] {
  return kinds
    .filter((kind) => apiVersion === undefined || apiVersionOf(kind) === apiVersion)
    .filter((kind) => allowed.length === 0 || allowed.includes(qualifiedKind(kind)))
    .map((kind) => ({
      label: kind.kind,
      insert: kind.kind,
      detail: apiVersionOf(kind),
      of: { type: `${kind.version.toUpperCase()}${kind.kind}` },
    }));
}

function suggestVersions({ kind }: Place, { allowed }: Known): readonly Suggestion[] {
  const fitting = kinds.filter((known) => (kind === undefined ? isAllowed(known) : known.kind === kind));
  return [...new Set(fitting.map(apiVersionOf))].map((label) => ({ label, insert: label, detail: kind ?? '' }));
  function isAllowed(known: (typeof kinds)[number]): boolean {
    return allowed.length === 0 || allowed.includes(qualifiedKind(known));
  }
}

function asWords(
  field: { readonly owner: string; readonly name: string },
  { descriptions }: Known,
): readonly Suggestion[] {
  return wordsOf(descriptions, field).map((label) => ({ label, insert: label, detail: field.name }));
}
