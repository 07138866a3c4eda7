// Reads `field:` of clauses, changes, remembered values and `valueOf`: a word of the kind (`restarts`), else a path.

import { parsePath, readPath } from '../../kubernetes/path.ts';
import { wordOf } from '../../trace/states.ts';
import type { Json, KubernetesObject } from '../../kubernetes/object.ts';
import type { KindKey } from '../../kubernetes/kind.ts';
import type { PathSegment } from '../../kubernetes/path.ts';
import type { Word } from '../../trace/states.ts';
import type { Place } from './place.ts';

/** A field of a kind, ready to be read many times. */
export interface FieldReader {
  /** The word, when the field is one. */
  readonly word?: Word;
  /** Undefined where the object has no such value; null counts as none. */
  read(object: KubernetesObject, place: Omit<Place, 'object'>): Json | undefined;
}

/** Prepares a field. A path that cannot be read (the reader of scenarios refuses it before) has no value anywhere. */
export function fieldReader(field: string, kind: KindKey): FieldReader {
  const word = wordOf(kind, field);
  // `metadata`, `spec`, `status` and `kind` are members of objects and never words.
  if (word !== undefined) return { word, read: (object, place) => word.read(object, place) };
  const parsed = parsePath(field);
  const segments: readonly PathSegment[] | undefined = parsed.ok ? parsed.segments : undefined;
  return {
    read: (object) =>
      segments === undefined ? undefined : ((readPath(object, segments) as Json | undefined) ?? undefined),
  };
}
