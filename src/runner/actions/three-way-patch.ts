// The patch that client-side apply sends (API-CSA-02, -03): what the new manifest sets against the live object, and what it
// no longer has against the one applied last. Follows apimachinery/pkg/util/strategicpatch/patch.go (CreateThreeWayMergePatch).

import { sameJson } from '../../kubernetes/json-equal.ts';
import { isJsonList, isJsonObject, memberOf } from '../../kubernetes/patch/with-members.ts';
import type { Json, JsonObject } from '../../kubernetes/object.ts';
import type { Shape } from '../../kubernetes/patch/shape.ts';

/** The three states of an object, or of a part of it. */
export interface ThreeWay<T extends Json = Json> {
  /** What was applied last; `{}` when nobody knows. */
  readonly last: T | undefined;
  /** What is to be applied. */
  readonly wanted: T;
  /** What is there. */
  readonly live: T | undefined;
}

/**
 * The patch; `{}` when there is nothing to do. With a shape it is a strategic merge patch, whose lists merge by key; without
 * one a merge patch.
 */
export function threeWayPatch({ last, wanted, live }: ThreeWay<JsonObject>, shape: Shape | undefined): JsonObject {
  const patch: Record<string, Json> = {};
  for (const [name, value] of Object.entries(wanted)) {
    if (value === undefined) continue;
    const part = {
      last: memberOf(last ?? {}, name),
      wanted: value,
      live: memberOf(live ?? {}, name),
    };
    addMember(patch, name, { part, shape: shape?.fields?.get(name) });
  }
  for (const name of Object.keys(last ?? {})) {
    if (!Object.hasOwn(wanted, name)) patch[name] = null;
  }
  if (shape?.strategy === 'retainKeys' && Object.keys(patch).length > 0) patch['$retainKeys'] = Object.keys(wanted);
  return patch;
}

interface Part {
  readonly part: ThreeWay;
  readonly shape: Shape | undefined;
}

function addMember(patch: Record<string, Json>, name: string, { part, shape }: Part): void {
  const { last, wanted, live } = part;
  if (isJsonObject(wanted) && isJsonObject(live) && shape?.strategy !== 'replace') {
    const below = threeWayPatch({ last: isJsonObject(last) ? last : undefined, wanted, live }, shape);
    if (Object.keys(below).length > 0) patch[name] = below;
    return;
  }
  if (isJsonList(wanted) && isJsonList(live) && shape?.mergeKey !== undefined) {
    const lists = { last: isJsonList(last) ? last : [], wanted, live };
    if (shape.mergeKey === '') addSet(patch, name, lists);
    else addKeyed(patch, name, { lists, shape, key: shape.mergeKey });
    return;
  }
  if (live === undefined || !sameJson(wanted, live)) patch[name] = wanted;
}

interface Lists {
  readonly last: readonly Json[];
  readonly wanted: readonly Json[];
  readonly live: readonly Json[];
}

function addSet(patch: Record<string, Json>, name: string, { last, wanted, live }: Lists): void {
  const added = wanted.filter((item) => !live.includes(item));
  const removed = last.filter((item) => !wanted.includes(item));
  if (added.length > 0) patch[name] = added;
  if (removed.length > 0) patch[`$deleteFromPrimitiveList/${name}`] = removed;
  if (added.length > 0 || removed.length > 0) patch[`$setElementOrder/${name}`] = wanted;
}

function addKeyed(
  patch: Record<string, Json>,
  name: string,
  { lists, shape, key }: { readonly lists: Lists; readonly shape: Shape; readonly key: string },
): void {
  const { last, wanted, live } = lists;
  const changed = wanted.flatMap((element) => {
    const before = elementOf(live, element, key);
    if (!isJsonObject(element) || before === undefined) return [element];
    const below = threeWayPatch({ last: elementOf(last, element, key), wanted: element, live: before }, shape);
    return Object.keys(below).length > 0 ? [{ ...below, [key]: element[key] ?? null }] : [];
  });
  const removed = last.flatMap((element) =>
    isJsonObject(element) && elementOf(wanted, element, key) === undefined
      ? [{ $patch: 'delete', [key]: element[key] ?? null }]
      : [],
  );
  const same = changed.length === 0 && removed.length === 0;
  if (same && inSameOrder(wanted, live, key)) return;
  if (!same) patch[name] = [...changed, ...removed];
  patch[`$setElementOrder/${name}`] = wanted.map((element) =>
    isJsonObject(element) ? { [key]: element[key] ?? null } : element,
  );
}

/** Whether the wanted elements stand in the live list in the order in which they are wanted. */
function inSameOrder(wanted: readonly Json[], live: readonly Json[], key: string): boolean {
  const places = wanted.map((element) => {
    const found = elementOf(live, element, key);
    return found === undefined ? -1 : live.indexOf(found);
  });
  return places.every((place, at) => at === 0 || place > (places[at - 1] ?? -1));
}

function elementOf(list: readonly Json[], like: Json, key: string): JsonObject | undefined {
  if (!isJsonObject(like)) return undefined;
  return list.filter(isJsonObject).find((element) => sameJson(memberOf(element, key), memberOf(like, key)));
}
