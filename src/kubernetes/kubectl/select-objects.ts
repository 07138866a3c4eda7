// The objects that a command line asks for, and its complaints about those that are not there.

import { readPath } from '../path.ts';
import { matchesRequirements } from '../selector.ts';
import { shownKindOf } from './cluster-view.ts';
import { shownValue } from './json-path.ts';
import type { FieldTerm } from '../field-selector.ts';
import type { KubernetesObject } from '../object.ts';
import type { LabelRequirement } from '../selector-text.ts';
import type { ClusterView, ShownKind } from './cluster-view.ts';
import type { ResourceTarget } from './request.ts';

/** Objects of one kind. */
export interface ShownObjects {
  readonly kind: ShownKind;
  readonly objects: readonly KubernetesObject[];
}

/** What was found. */
export interface Selected {
  readonly groups: readonly ShownObjects[];
  /** `Error from server (NotFound): …`, one a line. */
  readonly errors: readonly string[];
}

/** What objects must have. */
export interface ObjectFilter {
  readonly labels: readonly LabelRequirement[];
  readonly fields: readonly FieldTerm[];
}

/** Finds the objects, those of a kind by name as the API server lists them. */
export function selectObjects(targets: readonly ResourceTarget[], filter: ObjectFilter, view: ClusterView): Selected {
  const groups: ShownObjects[] = [];
  const errors: string[] = [];
  for (const { word, names } of targets) {
    const kind = shownKindOf(word, view);
    if (kind === undefined) {
      // kubectl looks at the words before it asks for anything.
      return { groups: [], errors: [`error: the server doesn't have a resource type "${word}"`] };
    }
    const all = view.objects(kind.key).filter((object) => passes(object, filter));
    if (names.length === 0) groups.push({ kind, objects: all.toSorted(byName) });
    else {
      for (const name of names) {
        const object = all.find(({ metadata }) => metadata.name === name);
        if (object === undefined) errors.push(notFoundText(kind, name));
        else addTo(groups, { kind, objects: [object] });
      }
    }
  }
  return { groups, errors };
}

/** Whether an object is among those that are asked for. A field that is not there is empty. */
export function passes(object: KubernetesObject, { labels, fields }: ObjectFilter): boolean {
  if (!matchesRequirements(labels, object.metadata.labels)) return false;
  return fields.every(({ field, operator, value }) => {
    const found = readPath(object, field);
    const text = found === undefined || found === null ? '' : shownValue(found);
    return (text === value) === (operator === '=');
  });
}

/** What the API server says of a name that nothing bears. */
export function notFoundText({ plural, group }: ShownKind, name: string): string {
  return `Error from server (NotFound): ${group === '' ? plural : `${plural}.${group}`} "${name}" not found`;
}

function addTo(groups: ShownObjects[], { kind, objects }: ShownObjects): void {
  const last = groups.at(-1);
  if (last?.kind.key === kind.key) groups[groups.length - 1] = { kind, objects: [...last.objects, ...objects] };
  else groups.push({ kind, objects });
}

function byName(a: KubernetesObject, b: KubernetesObject): number {
  return a.metadata.name < b.metadata.name ? -1 : 1;
}
