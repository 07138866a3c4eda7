// The key of an object in the store, from its metadata.

import type { ObjectKey } from '../store/store.ts';

/** `namespace/name`, or the bare name without a namespace. */
export function objectKeyOf({ namespace, name }: { readonly namespace?: string; readonly name: string }): ObjectKey {
  return namespace === undefined ? name : `${namespace}/${name}`;
}
