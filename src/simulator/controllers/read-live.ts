// A GET of a controller: the live object instead of the cached one, where upstream reads it so.

import { kindOfKey } from '../../kubernetes/kinds.ts';
import { notFound, refuse } from '../api/refusals.ts';
import type { KindKey } from '../../kubernetes/kind.ts';
import type { ApiServer, Result } from '../api/server.ts';
import type { ObjectKey } from '../store/store.ts';

/** Reads an object from the API server; NotFound (404) when there is none. */
export function readLive(api: ApiServer, kind: KindKey, key: ObjectKey): Result {
  const found = api.store.get(kind, key);
  if (found !== undefined) return { ok: true, value: found };
  const served = api.kind(kind) ?? kindOfKey(kind);
  if (served === undefined) throw new TypeError(`the kind ${kind} is not served`);
  return refuse(notFound(served, key.slice(key.indexOf('/') + 1)));
}
