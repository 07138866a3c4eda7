// Strategic merge patches (API-SMP): merge patches that know which lists merge by key, with directives. Follows
// apimachinery/pkg/util/strategicpatch/patch.go (mergeMap).

import { kindKey } from '../kind.ts';
import type { Json, JsonObject } from '../object.ts';
import { goFormat, goKindOf } from './go-format.ts';
import { shapeOfKind } from './merge-keys.ts';
import type { Shape } from './shape.ts';
import {
  deleteDirective,
  directive,
  listOrder,
  PatchRefusal,
  plain,
  replaceDirective,
} from './strategic-directives.ts';
import { mergeLists, orderLists } from './strategic-list.ts';
import { isJsonList, isJsonObject, memberOf, withMembers } from './with-members.ts';

/** The outcome of a strategic merge patch; `code` is the HTTP status, `reason` the Status' (`''`: as the API server does). */
export type StrategicPatchResult =
  | { readonly ok: true; readonly value: JsonObject }
  | { readonly ok: false; readonly code: 400 | 415 | 500; readonly reason: string; readonly message: string };

const setOrder = '$setElementOrder/';
const deleteFrom = '$deleteFromPrimitiveList/';
const retainKeys = '$retainKeys';

/**
 * Applies a strategic merge patch to an object of a built-in kind; others are refused with 415 (API-SMP-08). The target is not changed;
 * what the patch does not touch is shared with it.
 */
export function strategicPatch(
  target: JsonObject & { readonly apiVersion: string; readonly kind: string },
  patch: Json,
): StrategicPatchResult {
  const shape = shapeOfKind(kindKey(target));
  if (shape === undefined) {
    const message =
      'the body of the request was in an unknown format - accepted media types include: ' +
      'application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml';
    return { ok: false, code: 415, reason: 'UnsupportedMediaType', message };
  }
  if (!isJsonObject(patch)) {
    const message = `error decoding patch: json: cannot unmarshal ${goKindOf(patch)} into Go value of type map[string]interface {}`;
    return { ok: false, code: 400, reason: 'BadRequest', message };
  }
  try {
    return { ok: true, value: mergeObjects(target, patch, shape) };
  } catch (error) {
    if (!(error instanceof PatchRefusal)) throw error;
    return { ok: false, code: 500, reason: '', message: error.message };
  }
}

function mergeObjects(original: JsonObject, patch: JsonObject, shape: Shape | undefined): JsonObject {
  const marker = memberOf(patch, directive);
  if (marker === replaceDirective) return plainMembers(patch);
  if (marker === deleteDirective) return {};
  if (marker !== undefined) {
    throw new PatchRefusal(`unknown patch type: ${goFormat(marker)} in map: ${goFormat(patch)}`);
  }
  const changes = clearedByRetainKeys(original, patch);
  const current = (name: string): Json | undefined =>
    changes.has(name) ? changes.get(name) : memberOf(original, name);
  const ordered = mergeOrderedLists({ patch, shape, changes, current });
  for (const [name, value] of Object.entries(patch)) {
    if (name === retainKeys || name.startsWith(setOrder) || ordered.has(name) || value === undefined) continue;
    if (name.startsWith(deleteFrom)) deleteFromList(name.slice(deleteFrom.length), value, { changes, current });
    else changes.set(name, value === null ? undefined : mergeValues(current(name), value, shape?.fields?.get(name)));
  }
  return withMembers(original, changes);
}

interface Merge {
  /** What has become of the members so far; undefined: removed. */
  readonly changes: Map<string, Json | undefined>;
  readonly current: (name: string) => Json | undefined;
}

function mergeValues(original: Json | undefined, patch: Json, shape: Shape | undefined): Json | undefined {
  if (isJsonObject(original) && isJsonObject(patch)) {
    return shape?.strategy === 'replace' ? plainMembers(patch) : mergeObjects(original, patch, shape);
  }
  if (isJsonList(original) && isJsonList(patch) && shape?.mergeKey !== undefined) {
    return mergeLists({ original, patch, key: shape.mergeKey, merge: (a, b) => mergeObjects(a, b, shape) });
  }
  return plain(patch);
}

/** `$retainKeys` clears what it does not name, and must name what the patch sets. */
function clearedByRetainKeys(original: JsonObject, patch: JsonObject): Map<string, Json | undefined> {
  const kept = memberOf(patch, retainKeys);
  const changes = new Map<string, Json | undefined>();
  if (kept === undefined) return changes;
  const set = Object.keys(patch).filter((name) => !name.startsWith('$') && patch[name] !== null);
  if (!isJsonList(kept) || set.some((name) => !kept.includes(name))) {
    throw new PatchRefusal('invalid patch format of retainKeys');
  }
  for (const name of Object.keys(original)) {
    if (!kept.includes(name)) changes.set(name, undefined);
  }
  return changes;
}

/** Lists with a `$setElementOrder`; gives the names of those that are done with. */
function mergeOrderedLists({
  patch,
  shape,
  changes,
  current,
}: Merge & { readonly patch: JsonObject; readonly shape: Shape | undefined }): ReadonlySet<string> {
  const done = new Set<string>();
  for (const [member, order] of Object.entries(patch)) {
    if (!member.startsWith(setOrder)) continue;
    const name = member.slice(setOrder.length);
    const key = shape?.fields?.get(name)?.mergeKey ?? '';
    const original = current(name);
    const list = memberOf(patch, name);
    if (list === null) continue;
    const [stored, wanted, places] = [original ?? [], list ?? [], order ?? []];
    if (!isJsonList(stored) || !isJsonList(wanted) || !isJsonList(places)) {
      throw new PatchRefusal(`invalid patch format of setElementOrder list`);
    }
    listOrder({ patch: wanted, order: places, key });
    const merged = list === undefined ? stored : mergeValues(original, list, shape?.fields?.get(name));
    done.add(name);
    if (isJsonList(merged) && (original !== undefined || list !== undefined)) {
      changes.set(name, orderLists({ merged, order: places, stored, key }));
    }
  }
  return done;
}

function deleteFromList(name: string, value: Json, { changes, current }: Merge): void {
  const list = current(name);
  if (!isJsonList(list) || !isJsonList(value)) return;
  changes.set(
    name,
    list.filter((item) => !value.includes(item)),
  );
}

function plainMembers(patch: JsonObject): JsonObject {
  const { [directive]: _, ...rest } = patch;
  return plain(rest) as JsonObject;
}
