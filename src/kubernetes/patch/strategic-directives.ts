// Directives inside strategic merge patches, and what is left of a patch without them.

import { sameJson } from '../json-equal.ts';
import type { Json } from '../object.ts';
import { goFormat } from './go-format.ts';
import { isJsonList, isJsonObject, memberOf } from './with-members.ts';

/** The member that carries a directive for its object or list. */
export const directive = '$patch';
/** Value of `$patch`: the object goes. */
export const deleteDirective = 'delete';
/** Value of `$patch`: the patch is the new value. */
export const replaceDirective = 'replace';

/** Unwinds a merge that cannot be done; never leaves `strategicPatch`. */
export class PatchRefusal extends Error {
  override readonly name = 'PatchRefusal';
}

/** A patch as a value where there was none: without nulls and directives; undefined when the value itself carries one. */
export function plain(patch: Json): Json | undefined {
  if (isJsonList(patch)) return patch.map(plain).filter((item) => item !== undefined);
  if (!isJsonObject(patch)) return patch;
  if (Object.hasOwn(patch, directive)) return undefined;
  const members = Object.entries(patch)
    .filter(([name, value]) => value !== null && value !== undefined && !name.startsWith('$'))
    .map(([name, value]) => [name, plain(value as Json)] as const)
    .filter(([, value]) => value !== undefined);
  return Object.fromEntries(members);
}

/** The value that tells an element from others; scalars are their own. Refuses objects without the key (API-SMP-04). */
export function identityOf(element: Json, key: string): Json {
  if (key === '') return element;
  if (!isJsonObject(element)) throw new PatchRefusal(`expected an object in a list with merge key ${key}`);
  const value = memberOf(element, key);
  if (value === undefined) {
    throw new PatchRefusal(`map: ${goFormat(element)} does not contain declared merge key: ${key}`);
  }
  return value;
}

/** Refuses a patch list whose elements do not stand in the order of its `$setElementOrder`. */
export function listOrder({
  patch,
  order,
  key,
}: {
  readonly patch: readonly Json[];
  readonly order: readonly Json[];
  readonly key: string;
}): void {
  const places = order.map((element) => identityOf(element, key));
  const wanted = patch.filter((element) => !isJsonObject(element) || !Object.hasOwn(element, directive));
  let at = 0;
  for (const element of order.length === 0 ? [] : wanted) {
    const identity = identityOf(element, key);
    while (at < places.length && !sameJson(places[at], identity)) at += 1;
    if (at === places.length) {
      throw new PatchRefusal(
        `The order in patch list:\n${goFormat(patch)}\n doesn't match $setElementOrder list:\n${goFormat(order)}\n`,
      );
    }
    at += 1;
  }
}
