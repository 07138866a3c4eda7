// Lists in strategic merge patches: elements merge by key, and the order of the result is a zip of both lists (API-SMP-03).

import { sameJson } from '../json-equal.ts';
import type { Json, JsonObject } from '../object.ts';
import { goFormat } from './go-format.ts';
import {
  deleteDirective,
  directive,
  identityOf,
  PatchRefusal,
  plain,
  replaceDirective,
} from './strategic-directives.ts';
import { isJsonObject, memberOf } from './with-members.ts';

/** Merges a patch list into a stored one. `key` is empty for lists of scalars. */
export function mergeLists({
  original,
  patch,
  key,
  merge,
}: {
  readonly original: readonly Json[];
  readonly patch: readonly Json[];
  readonly key: string;
  readonly merge: (original: JsonObject, patch: JsonObject) => JsonObject;
}): readonly Json[] {
  const elements = [...original, ...patch];
  if (!elements.some(isJsonObject)) {
    const merged = elements.filter((item, at) => elements.indexOf(item) === at);
    return orderLists({ merged, order: patch, stored: original, key: '' });
  }
  if (key === '') throw new PatchRefusal('cannot merge lists without merge key');
  const { stored, wanted, replaced } = obeyDirectives({ original, patch, key });
  if (replaced) return wanted.map((element) => plain(element)).filter((element) => element !== undefined);
  const merged = [...stored];
  for (const element of wanted) {
    const identity = identityOf(element, key);
    const at = merged.findIndex((old) => isJsonObject(old) && sameJson(memberOf(old, key), identity));
    const old = merged[at];
    if (isJsonObject(old)) merged[at] = merge(old, element);
    else merged.push(...[plain(element)].filter((kept) => kept !== undefined));
  }
  return orderLists({ merged, order: wanted, stored, key });
}

/**
 * Puts merged elements in order: those that `order` names, in its order, zipped with those of the server alone, in theirs. The head of
 * the server's elements goes first where it stood before the head of the others in the stored list.
 */
export function orderLists({
  merged,
  order,
  stored,
  key,
}: {
  readonly merged: readonly Json[];
  readonly order: readonly Json[];
  readonly stored: readonly Json[];
  readonly key: string;
}): readonly Json[] {
  const placeIn = (list: readonly Json[]): ((element: Json) => number) => {
    const identities = list.map((element) => identityOf(element, key));
    return (element) => identities.findIndex((identity) => sameJson(identity, identityOf(element, key)));
  };
  const [inOrder, inStored] = [placeIn(order), placeIn(stored)];
  const named = merged.filter((element) => inOrder(element) >= 0).sort((a, b) => inOrder(a) - inOrder(b));
  const others = merged.filter((element) => inOrder(element) < 0).sort((a, b) => inStored(a) - inStored(b));
  const result: Json[] = [];
  while (named.length > 0 && others.length > 0) {
    const place = inStored(named[0] as Json);
    const serverFirst = place >= 0 && inStored(others[0] as Json) >= 0 && inStored(others[0] as Json) < place;
    result.push(...(serverFirst ? others : named).splice(0, 1));
  }
  return [...result, ...named, ...others];
}

/** Takes out what `$patch: delete` names; says whether `$patch: replace` asks for the patch alone. */
function obeyDirectives({
  original,
  patch,
  key,
}: {
  readonly original: readonly Json[];
  readonly patch: readonly Json[];
  readonly key: string;
}): { readonly stored: readonly Json[]; readonly wanted: readonly JsonObject[]; readonly replaced: boolean } {
  let stored = original;
  let replaced = false;
  const wanted: JsonObject[] = [];
  for (const element of patch) {
    if (!isJsonObject(element)) throw new PatchRefusal('expected all elements of a list to be objects');
    const marker = memberOf(element, directive);
    if (marker === undefined) {
      wanted.push(element);
    } else if (marker === deleteDirective) {
      const identity = identityOf(element, key);
      stored = stored.filter((old) => !(isJsonObject(old) && sameJson(memberOf(old, key), identity)));
    } else if (marker === replaceDirective) {
      replaced = true;
    } else if (marker === 'merge') {
      throw new PatchRefusal('merging lists cannot yet be specified in the patch');
    } else {
      throw new PatchRefusal(`unknown patch type: ${goFormat(marker)} in map: ${goFormat(element)}`);
    }
  }
  return { stored, wanted, replaced };
}
