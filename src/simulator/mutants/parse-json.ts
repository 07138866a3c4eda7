// Reads JSON that may be none.

import type { Json } from '../../kubernetes/object.ts';

/** The value that a text says; undefined when it is no JSON. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
