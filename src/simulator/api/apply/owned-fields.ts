// Which fields an object sets, and which differ between two of its versions: the raw material of ownership. Follows
// structured-merge-diff's typed.ToFieldSet and typed.Compare.

import { sameJson } from '../../../kubernetes/json-equal.ts';
import type { Json, JsonObject } from '../../../kubernetes/object.ts';
import type { Shape } from '../../../kubernetes/patch/shape.ts';
import { isJsonObject, memberOf } from '../../../kubernetes/patch/with-members.ts';
import { setOfPaths } from './field-set.ts';
import type { FieldSet, FieldStep } from './field-set.ts';
import { elementShape, elementsOf, topologyOf } from './topology.ts';

type Path = readonly FieldStep[];

/** The fields that a manifest sets, as its applier will own them. */
export function fieldsSetBy(manifest: JsonObject, shape: Shape): FieldSet {
  const paths: Path[] = [];
  collectSet(manifest, shape, [], paths);
  return setOfPaths(paths);
}

function collectSet(value: Json, shape: Shape | undefined, path: Path, into: Path[]): void {
  const topology = topologyOf(shape, value, undefined);
  if (topology === 'leaf') {
    into.push(path);
  } else if (topology === 'object') {
    const members = Object.entries(value as JsonObject).filter(([, member]) => member !== undefined);
    if (members.length === 0 && path.length > 0) into.push(path);
    for (const [name, member] of members) {
      collectSet(member as Json, shape?.fields?.get(name), [...path, `f:${name}`], into);
    }
  } else {
    for (const [step, element] of elementsOf(value, shape)) {
      into.push([...path, step]);
      if (isJsonObject(element)) collectSet(element, elementShape(shape), [...path, step], into);
    }
  }
}

/** How two versions of an object differ. */
export interface Comparison {
  readonly added: FieldSet;
  readonly modified: FieldSet;
  readonly removed: FieldSet;
}

/** Compares two versions; parts that they share are not looked at. */
export function compareFields(before: JsonObject, after: JsonObject, shape: Shape): Comparison {
  const paths: Differences = { added: [], modified: [], removed: [] };
  collectDifferences(before, after, { shape, path: [] }, paths);
  return { added: setOfPaths(paths.added), modified: setOfPaths(paths.modified), removed: setOfPaths(paths.removed) };
}

interface Differences {
  readonly added: Path[];
  readonly modified: Path[];
  readonly removed: Path[];
}

interface Place {
  readonly shape: Shape | undefined;
  readonly path: Path;
}

function collectDifferences(before: Json | undefined, after: Json | undefined, place: Place, into: Differences): void {
  if (before === after) return;
  const { path, shape } = place;
  const topology = topologyOf(shape, before, after);
  if (topology === 'object') {
    collectMembers(before, after, place, into);
  } else if (topology === 'elements') {
    const [old, now] = [elementsOf(before, shape), elementsOf(after, shape)];
    for (const step of new Set([...old.keys(), ...now.keys()])) {
      const below = { shape: elementShape(shape), path: [...path, step] };
      collectDifferences(old.get(step), now.get(step), below, into);
    }
  }
  // What Go has in every object is neither added nor removed along with what is in it.
  if (topology !== 'leaf' && shape?.always === true) return;
  if (before === undefined) into.added.push(path);
  else if (after === undefined) into.removed.push(path);
  else if (topology === 'leaf' && !sameJson(before, after)) into.modified.push(path);
}

function collectMembers(before: Json | undefined, after: Json | undefined, place: Place, into: Differences): void {
  const { path, shape } = place;
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  for (const name of names) {
    const [old, now] = [memberIn(before, name), memberIn(after, name)];
    if (old === now) continue;
    collectDifferences(old, now, { shape: shape?.fields?.get(name), path: [...path, `f:${name}`] }, into);
  }
}

function memberIn(value: Json | undefined, name: string): Json | undefined {
  return isJsonObject(value) ? memberOf(value, name) : undefined;
}
