// How server-side apply sees a value: as one leaf, as an object of owned members, as a list of owned elements (API-SSA-09).

import type { Json, JsonObject } from '../../../kubernetes/object.ts';
import type { Shape } from '../../../kubernetes/patch/shape.ts';
import { isJsonList, isJsonObject, memberOf } from '../../../kubernetes/patch/with-members.ts';
import type { FieldStep } from './field-set.ts';

/** What a value is to ownership. */
export type Topology = 'leaf' | 'object' | 'elements';

/** The topology that two versions of a value share; `leaf` when they have none in common. An absent version fits everything. */
export function topologyOf(shape: Shape | undefined, a: Json | undefined, b: Json | undefined): Topology {
  if (shape?.ownership === 'atomic' && shape.applyKeys === undefined) return 'leaf';
  const present = [a, b].filter((value) => value !== undefined && value !== null);
  if (present.every(isJsonObject)) return present.length === 0 ? 'leaf' : 'object';
  const elements = shape?.applyKeys !== undefined || shape?.ownership === 'set';
  return elements && present.every(isJsonList) ? 'elements' : 'leaf';
}

/** The shape of a list's elements. */
export function elementShape(list: Shape | undefined): Shape {
  return {
    ...(list?.fields === undefined ? {} : { fields: list.fields }),
    ...(list?.ownership === 'atomic' ? { ownership: 'atomic' } : {}),
  };
}

/** The step that leads to an element; undefined for one without its keys. */
export function stepOf(element: Json, list: Shape | undefined): FieldStep | undefined {
  if (list?.applyKeys === undefined) return `v:${JSON.stringify(element)}`;
  if (!isJsonObject(element)) return undefined;
  const keys: JsonObject = Object.fromEntries(
    list.applyKeys.map((key) => [key.name, memberOf(element, key.name) ?? key.default] as const),
  );
  const names = Object.keys(keys).sort();
  if (names.some((name) => keys[name] === undefined || keys[name] === null)) return undefined;
  return `k:${JSON.stringify(Object.fromEntries(names.map((name) => [name, keys[name]])))}`;
}

/** The elements of a list by their steps, in order; of several with one step the first. */
export function elementsOf(list: Json | undefined, shape: Shape | undefined): ReadonlyMap<FieldStep, Json> {
  const elements = new Map<FieldStep, Json>();
  for (const [at, element] of (isJsonList(list) ? list : []).entries()) {
    const step = stepOf(element, shape) ?? `i:${at}`;
    if (!elements.has(step)) elements.set(step, element);
  }
  return elements;
}
