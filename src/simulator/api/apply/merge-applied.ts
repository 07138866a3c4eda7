// The object that server-side apply makes: the manifest laid over the live object, and fields taken away again that nobody wants any
// more. Follows structured-merge-diff's typed.Merge and typed.RemoveItems.

import type { Json, JsonObject } from '../../../kubernetes/object.ts';
import type { Shape } from '../../../kubernetes/patch/shape.ts';
import { isJsonList, isJsonObject, memberOf, withMembers } from '../../../kubernetes/patch/with-members.ts';
import { emptySet } from './field-set.ts';
import type { FieldSet, FieldStep } from './field-set.ts';
import { elementShape, elementsOf, stepOf, topologyOf } from './topology.ts';

/** Lays a manifest over a live value. What the manifest does not touch is shared with the live value. */
export function mergeApplied(live: Json | undefined, applied: Json, shape: Shape | undefined): Json {
  if (live === undefined || live === null || applied === null) return applied;
  const topology = topologyOf(shape, live, applied);
  if (topology === 'leaf') return applied;
  if (topology === 'elements') return mergeElements(live, applied, shape);
  const changes = new Map<string, Json | undefined>();
  for (const [name, value] of Object.entries(applied as JsonObject)) {
    if (value === undefined) continue;
    changes.set(name, mergeApplied(memberOf(live as JsonObject, name), value, shape?.fields?.get(name)));
  }
  return withMembers(live as JsonObject, changes);
}

/**
 * Both lists keep their order. Elements of the live list alone stay in front of the shared element that they stood in front of; where
 * the orders of shared elements contradict, the manifest's wins.
 */
function mergeElements(live: Json, applied: Json, shape: Shape | undefined): Json {
  const [old, wanted] = [elementsOf(live, shape), elementsOf(applied, shape)];
  const waiting = [...wanted.keys()];
  const shared = waiting.filter((step) => old.has(step));
  const done = new Set<FieldStep>();
  const merged: Json[] = [];
  const takeWanted = (): void => {
    const step = waiting.shift() ?? '';
    const element = mergeApplied(old.get(step), wanted.get(step) ?? null, elementShape(shape));
    merged.push(element);
    done.add(step);
    if (shared[0] === step) shared.shift();
  };
  for (const element of live as readonly Json[]) {
    const step = stepOf(element, shape) ?? '';
    if (!wanted.has(step)) {
      merged.push(element);
    } else if (!done.has(step) && shared[0] === step) {
      while (!done.has(step)) takeWanted();
    }
    // A shared element that is not the manifest's next one is taken when its turn in the manifest comes.
  }
  while (waiting.length > 0) takeWanted();
  return merged;
}

/** Takes fields away; an object or list of elements that is left empty goes too. Undefined when nothing is left. */
export function removeFields(value: Json, fields: FieldSet, shape: Shape | undefined): Json | undefined {
  const topology = topologyOf(shape, value, undefined);
  if (topology === 'leaf') return value;
  if (topology === 'elements' && isJsonList(value)) {
    const kept = value.map((element) =>
      keep(element, fields.below.get(stepOf(element, shape) ?? ''), elementShape(shape)),
    );
    const left = kept.filter((element) => element !== undefined);
    return left.length === 0 ? undefined : left;
  }
  const changes = new Map<string, Json | undefined>();
  for (const [step, below] of fields.below) {
    const name = step.slice(2);
    const member = memberOf(value as JsonObject, name);
    if (member !== undefined) changes.set(name, keep(member, below, shape?.fields?.get(name)));
  }
  const left = withMembers(value as JsonObject, changes);
  return Object.keys(left).length === 0 ? undefined : left;
}

function keep(value: Json, fields: FieldSet = emptySet, shape: Shape | undefined): Json | undefined {
  if (fields.member) return undefined;
  const container = isJsonObject(value) || isJsonList(value);
  return container && fields.below.size > 0 ? removeFields(value, fields, shape) : value;
}
